using Microsoft.EntityFrameworkCore;
using TwinHub.Core;
using TwinHub.Core.Lessons;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Lessons;

public sealed class LessonServiceTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private const string Observer = "karim.hammoud@saida.example.org", ObserversGroup = "nablus-saida", Archive = "duhok-mardin";

    private TestHub Hub => fixture.Hub;

    private LessonService Lessons => Hub.Get<LessonService>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_marked_message_is_a_lesson_in_its_own_words_of_its_author_s_side_and_time()
    {
        var message = await Hub.Say(People.Selin, "**Ask** owners where they *sell*.\n\n- before prices");
        var lesson = await Kept((await Mark(People.Rana, message, "practice")).Value);
        Assert.Equal("Ask owners where they sell.\nbefore prices", lesson.Text);
        Assert.Equal((await Hub.Side(People.Selin), await Hub.PersonId(People.Rana), "practice"), (lesson.OrganisationId, lesson.PersonId, lesson.Kind));
        Assert.Equal(await Hub.Db(db => db.Set<TwinHub.Core.Channels.Message>().Where(m => m.Id == message).Select(m => m.SentAt).SingleAsync()), lesson.HappenedAt);
    }

    [Fact]
    public async Task Marking_twice_and_at_the_same_time_leaves_one_lesson()
    {
        var message = await Hub.Say(People.Selin, "Said once");
        var marked = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => Mark(i % 2 == 0 ? People.Rana : People.Selin, message, "lesson")));
        Assert.Single(marked.Select(one => one.Value).Distinct());
        Assert.NotEqual(marked[0].Value, (await Mark(People.Rana, message, "decision")).Value);
    }

    [Fact]
    public async Task A_mark_taken_off_can_be_set_again_and_is_taken_off_once()
    {
        var message = await Hub.Say(People.Selin, "On and off");
        var first = (await Mark(People.Rana, message, "lesson")).Value;
        for (var i = 0; i < 2; i++)
        {
            Assert.True((await Lessons.Unmark(await Hub.PersonId(People.Selin), People.TheirGroup, message, "lesson", Cancel)).Value);
        }
        Assert.NotNull((await Kept(first)).RemovedAt);
        Assert.NotEqual(first, (await Mark(People.Rana, message, "lesson")).Value);
    }

    [Fact]
    public async Task A_long_message_is_shortened_to_a_lesson_s_length()
    {
        var text = (await Kept((await Mark(People.Rana, await Hub.Say(People.Rana, string.Concat(Enumerable.Repeat("words ", 1_500))), "lesson")).Value)).Text;
        Assert.InRange(text.Length, 3_900, 4_000);
        Assert.EndsWith("words…", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Marking_is_told_to_who_watches_and_takes_no_number_in_the_channel()
    {
        await using var selin = await Hub.Live(People.Selin);
        await selin.Call("Watch", People.TheirGroup);
        var message = await Hub.Say(People.Selin, "To be marked");
        var before = await Revision(message);
        await Mark(People.Rana, message, "lesson");
        var hint = await selin.Event("GroupChanged", e => e.GetProperty("what").GetString() == "lessons");
        Assert.Equal((People.TheirGroup, message), (hint.GetProperty("groupSlug").GetString(), hint.GetProperty("id").GetGuid()));
        Assert.Equal(before, await Revision(message));
    }

    [Fact]
    public async Task Only_living_messages_of_the_own_group_can_be_marked()
    {
        var deleted = await Hub.Say(People.Selin, "Gone");
        await Hub.Execute("update messages set deleted = true where id = $1", deleted);
        var foreign = await Hub.Say(People.Lina, "Elsewhere", People.OtherGroup);
        foreach (var message in new[] { deleted, foreign, Guid.NewGuid() })
        {
            Assert.Equal(RefusalCode.NotFound, (await Mark(People.Rana, message, "lesson")).Refusal?.Code);
        }
        Assert.Equal("kind", (await Mark(People.Rana, await Hub.Say(People.Rana, "Kinds"), "idea")).Refusal?.Field);
    }

    [Theory]
    [InlineData(People.Lina, People.TheirGroup, RefusalCode.NotFound)]
    [InlineData(People.ForeignFacilitator, People.TheirGroup, RefusalCode.NotFound)]
    [InlineData(Observer, ObserversGroup, RefusalCode.NotAllowed)]
    [InlineData(People.Claire, Archive, RefusalCode.Closed)]
    public async Task Who_may_not_write_may_not_mark_write_rewrite_or_remove(string email, string slug, RefusalCode code)
    {
        var person = await Hub.PersonId(email);
        var member = await Hub.Db(db => db.Memberships.Where(m => db.Groups.Any(g => g.Id == m.GroupId && g.Slug == slug) && !m.Roles.Contains("observer")).Join(db.People, m => m.PersonId, p => p.Id, (m, p) => p.Email).FirstAsync());
        var lesson = await Hub.Lesson(member, slug);
        var message = (await Kept(lesson)).SourceId!.Value;
        if (code == RefusalCode.Closed)
        {
            await Hub.Execute("update twinning_groups set status = 'completed' where slug = $1", slug);
        }
        Assert.Equal(code, (await Lessons.Mark(person, slug, message, "decision", Cancel)).Refusal?.Code);
        Assert.Equal(code, (await Lessons.Unmark(person, slug, message, "lesson", Cancel)).Refusal?.Code);
        Assert.Equal(code, (await Lessons.Write(person, slug, new(Guid.NewGuid(), "lesson", "Words"), Cancel)).Refusal?.Code);
        Assert.Equal(code, (await Lessons.Rewrite(person, slug, lesson, "Other words", Cancel)).Refusal?.Code);
        Assert.Equal(code, (await Lessons.Remove(person, slug, lesson, Cancel)).Refusal?.Code);
        Assert.Null((await Kept(lesson)).RemovedAt);
    }

    [Fact]
    public async Task A_facilitator_marks_and_rewrites_too()
    {
        var lesson = (await Mark(People.Claire, await Hub.Say(People.Rana, "First words"), "lesson")).Value;
        Assert.Equal(lesson, (await Lessons.Rewrite(await Hub.PersonId(People.Claire), People.TheirGroup, lesson, "Better words", Cancel)).Value);
        Assert.Equal("Better words", (await Kept(lesson)).Text);
        Assert.Equal(RefusalCode.NotFound, (await Lessons.Rewrite(await Hub.PersonId(People.Claire), People.OtherGroup, lesson, "Elsewhere", Cancel)).Refusal?.Code);
    }

    [Theory]
    [InlineData("lesson", "", "text", RefusalCode.Invalid)]
    [InlineData("lesson", " \n ", "text", RefusalCode.Invalid)]
    [InlineData("lesson", "a\0b", "text", RefusalCode.Invalid)]
    [InlineData("idea", "Words", "kind", RefusalCode.Invalid)]
    [InlineData(null, "Words", "kind", RefusalCode.Invalid)]
    [InlineData("lesson", "4001", "text", RefusalCode.TooLong)]
    public async Task What_is_written_by_hand_has_a_kind_and_words(string? kind, string text, string field, RefusalCode code)
    {
        var written = await Write(People.Rana, new(Guid.NewGuid(), kind, text == "4001" ? new string('x', 4_001) : text));
        Assert.Equal((code, field), (written.Refusal!.Code, written.Refusal.Field));
    }

    [Fact]
    public async Task A_form_sent_twice_is_one_lesson_and_another_group_s_id_is_no_lesson()
    {
        var id = Guid.NewGuid();
        var written = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Write(People.Rana, new(id, "decision", "We meet in May"))));
        Assert.All(written, one => Assert.Equal(id, one.Value));
        var lesson = await Kept(id);
        Assert.Equal((await Hub.Side(People.Rana), null, "We meet in May"), (lesson.OrganisationId, lesson.SourceKind, lesson.Text));
        Assert.Equal(RefusalCode.Conflict, (await Lessons.Write(await Hub.PersonId(People.Lina), People.OtherGroup, new(id, "decision", "Ours"), Cancel)).Refusal?.Code);
    }

    [Fact]
    public async Task Several_groups_learn_from_one_webinar_each_once_a_kind()
    {
        var webinar = await Hub.Webinar(Hub.InDays(-2), People.Claire, People.TheirGroup, People.OtherGroup);
        var input = new LessonInput(Guid.NewGuid(), "lesson", "Show the numbers first", new(LessonSource.Webinar, webinar));
        var ours = (await Write(People.Rana, input)).Value;
        Assert.Equal(ours, (await Write(People.Selin, input with { Id = Guid.NewGuid() })).Value);
        Assert.Equal((RefusalCode.Conflict, "text"), (await Write(People.Selin, input with { Id = Guid.NewGuid(), Text = "Other words" })).Refusal is { } refused ? (refused.Code, refused.Field) : default);
        Assert.Null((await Lessons.Write(await Hub.PersonId(People.Lina), People.OtherGroup, input with { Id = Guid.NewGuid() }, Cancel)).Refusal);
        Assert.Equal((await Hub.Db(db => db.Webinars.SingleAsync(w => w.Id == webinar))).EndsAt, (await Kept(ours)).HappenedAt);
        Assert.Null((await Kept(ours)).OrganisationId);
    }

    [Theory]
    [InlineData(2, People.TheirGroup)]
    [InlineData(-2, People.OtherGroup)]
    public async Task A_webinar_to_come_or_of_others_teaches_nothing(int days, string slug)
    {
        var webinar = await Hub.Webinar(Hub.InDays(days), People.Claire, slug);
        Assert.Equal(RefusalCode.NotFound, (await Write(People.Rana, new(Guid.NewGuid(), "lesson", "Words", new(LessonSource.Webinar, webinar)))).Refusal?.Code);
    }

    [Theory]
    [InlineData(3, false)]
    [InlineData(0, false)]
    [InlineData(-1, true)]
    public async Task A_review_can_be_marked_once_its_answers_are_open(int dueInDays, bool open)
    {
        var review = await Hub.Review(dueInDays);
        var written = await Write(People.Rana, new(Guid.NewGuid(), "practice", "Words", new(LessonSource.Review, review)));
        Assert.Equal(open ? null : RefusalCode.NotFound, written.Refusal?.Code);
        if (open)
        {
            var network = await Hub.Db(db => db.Networks.SingleAsync(n => n.Slug == "hmln"));
            Assert.Equal(network.Midnight(await Hub.Today()), (await Kept(written.Value)).HappenedAt);
        }
    }

    [Fact]
    public async Task Marks_are_those_of_living_lessons_on_the_stretch_that_is_shown()
    {
        var (first, second) = (await Hub.Say(People.Rana, "Earlier"), await Hub.Say(People.Rana, "Later"));
        foreach (var kind in new[] { "decision", "lesson" })
        {
            await Mark(People.Rana, first, kind);
            await Mark(People.Rana, second, kind);
        }
        await Lessons.Unmark(await Hub.PersonId(People.Rana), People.TheirGroup, second, "decision", Cancel);
        var (group, place) = (await Hub.GroupId(People.TheirGroup), await Revision(second));
        var all = await Hub.Get<LessonReader>().Marks(group, 0, null, Cancel);
        Assert.Equal(["lesson", "decision"], all[first]);
        Assert.Equal(["lesson"], all[second]);
        Assert.DoesNotContain(first, await Hub.Get<LessonReader>().Marks(group, place, null, Cancel));
        Assert.DoesNotContain(second, await Hub.Get<LessonReader>().Marks(group, 0, place, Cancel));
    }

    [Fact]
    public async Task A_quarter_s_lessons_are_those_that_happened_in_it_the_oldest_first()
    {
        var (from, until) = (new DateTimeOffset(2026, 6, 30, 21, 0, 0, TimeSpan.Zero), new DateTimeOffset(2026, 9, 30, 21, 0, 0, TimeSpan.Zero));
        var made = new List<Guid>();
        foreach (var at in new[] { from.AddSeconds(-1), until.AddSeconds(-1), from, until })
        {
            made.Add(await Hub.Lesson(People.Lina, People.OtherGroup));
            await Hub.Execute("update lessons set happened_at = $2 where id = $1", made[^1], at);
        }
        var group = await Hub.GroupId(People.OtherGroup);
        var lines = await Hub.Db(db => LessonReader.InPeriod(db, group, from, until, Cancel));
        Assert.Equal([made[2], made[1]], lines.Select(line => line.Id));
        Assert.Equal(LessonSource.Message, lines[0].Source?.Kind);
        await Lessons.Remove(await Hub.PersonId(People.Lina), People.OtherGroup, made[2], Cancel);
        Assert.Equal([made[1]], (await Hub.Db(db => LessonReader.InPeriod(db, group, from, until, Cancel))).Select(line => line.Id));
    }

    private async Task<Outcome<Guid>> Mark(string email, Guid message, string kind) => await Lessons.Mark(await Hub.PersonId(email), People.TheirGroup, message, kind, Cancel);

    private async Task<Outcome<Guid>> Write(string email, LessonInput input) => await Lessons.Write(await Hub.PersonId(email), People.TheirGroup, input, Cancel);

    private Task<Lesson> Kept(Guid id) => Hub.Db(db => db.Lessons.AsNoTracking().SingleAsync(l => l.Id == id));

    private Task<long> Revision(Guid message) => Hub.Db(db => db.Set<TwinHub.Core.Channels.Message>().Where(m => m.Id == message).Select(m => m.Revision).SingleAsync());
}
