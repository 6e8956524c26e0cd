using TwinHub.Core;
using TwinHub.Core.Groups.Plan;
using TwinHub.Core.Lessons;
using TwinHub.Core.Networks;
using TwinHub.Core.Register;
using TwinHub.Core.Text;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Register;

/// <summary>Drafts, what people make of them, and what becomes of a submission.</summary>
public sealed class RegisterServiceTests(CoreFixture fixture) : IClassFixture<CoreFixture>, IAsyncLifetime
{
    private const string Quarter = "2026-Q4";
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly StagedRegister _stage = new(fixture);
    private StagedGroup _group = null!;

    public async ValueTask InitializeAsync()
    {
        _stage.At("2027-01-05T12:00:00");
        await _stage.Begin();
        _group = await _stage.Group(("JO", "Asia/Amman"), ("TR", "Europe/Istanbul"));
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Fact]
    public async Task A_draft_tells_what_the_records_say_of_that_quarter_alone()
    {
        await Activity("Visit to the market", "visit", new(2026, 10, 3), new(2026, 10, 5), done: true);
        await Activity("Still going on", "workshop", new(2026, 12, 20), new(2027, 2, 1), done: false);
        await Activity("Of another quarter", "visit", new(2026, 9, 1), new(2026, 9, 30), done: true);
        await Lesson("practice", "Ask where they sell first", "2026-12-31T22:30:00Z");
        await Lesson("lesson", "Said in the new year already", "2026-12-31T23:30:00Z");

        var draft = await Draft(_group.First.Id);

        Assert.Equal(["Begun: Still going on (Workshop), 20 Dec 2026", "Done: Visit to the market (Visit), 3 Oct 2026 – 5 Oct 2026", "Ask where they sell first"], Told(draft, "en"));
        Assert.Equal("أُنجز: Visit to the market (زيارة)، 3 تشرين الأول 2026 – 5 تشرين الأول 2026", Told(draft, "ar")[1]);
    }

    [Fact]
    public async Task What_is_recorded_after_the_opening_is_in_the_draft_until_it_is_submitted()
    {
        await Activity("Early", "visit", new(2026, 10, 3), new(2026, 10, 5), done: true);
        await Save(new("page", null, "en") { Submit = false, Lines = [new((await Draft(_group.First.Id)).Lines[0].Id, "Early, in own words")] });
        await Activity("Entered late", "visit", new(2026, 11, 3), new(2026, 11, 5), done: true);
        Assert.Equal(["Early, in own words", "Done: Entered late (Visit), 3 Nov 2026 – 5 Nov 2026"], Told(await Draft(_group.Second.Id), "en"));

        await Save(new("page", null, "en"));
        await Activity("Too late", "visit", new(2026, 11, 3), new(2026, 11, 5), done: true);

        Assert.Equal(2, (await Draft(_group.Second.Id)).Lines.Count);
    }

    [Fact]
    public async Task A_line_left_out_stays_in_the_draft_and_out_of_the_report()
    {
        await Activity("Private", "visit", new(2026, 10, 3), new(2026, 10, 5), done: true);
        var line = (await Draft(_group.First.Id)).Lines.Single();
        await Save(new("page", null, "en") { Lines = [new(line.Id, line.Tell(Texts.Shared.For("en"), NetworkTemplate.Of("hosts")), Included: false), new(null, "Added by hand")] });

        var update = await Draft(_group.Second.Id);

        Assert.Equal([(false, null), (true, "Added by hand")], update.Lines.Select(one => (one.Included, one.Text)));
    }

    [Fact]
    public async Task The_other_partner_adds_to_a_submitted_update_and_it_stays_submitted()
    {
        await Save(new("page", null, "en"));
        var first = await Draft(_group.First.Id);
        Assert.Null((await _stage.Register.Save(_group.Second.Id, _group.Slug, Quarter, new("page", first.Update.Version, "tr") { Lines = [new(null, "Bir ek")], Texts = new("Özet", "", "", "") }, Cancel)).Refusal);

        var added = await Draft(_group.First.Id);

        Assert.Equal(("submitted", first.Update.SubmittedAt, "Bir ek", "Özet"), (added.State, added.Update.SubmittedAt, added.Lines.Single().Text, added.Texts.Summary));
        Assert.Equal(["changed", "submitted"], added.Log.Select(one => one.Entry.What));
    }

    [Fact]
    public async Task An_old_version_is_a_conflict_and_changes_nothing()
    {
        await Save(new("page", null, "en") { Submit = false, Texts = new("First", "", "", "") });

        var second = await _stage.Register.Save(_group.Second.Id, _group.Slug, Quarter, new("api", 1, "en") { Texts = new("Second", "", "", "") }, Cancel);

        Assert.Equal(RefusalCode.Conflict, second.Refusal?.Code);
        Assert.Equal("First", (await Draft(_group.First.Id)).Texts.Summary);
    }

    [Fact]
    public async Task Two_submissions_at_once_are_one_with_one_notice_each()
    {
        await Task.WhenAll(Enumerable.Range(0, 6).Select(i => _stage.Register.File((i % 2 == 0 ? _group.First : _group.Second).Id, _group.Slug, Quarter, new("mail", null, "en"), Cancel)));
        await _stage.Sweep();

        Assert.Equal(1, await fixture.Scalar<long>("select count(*) from update_log l join quarterly_updates u on u.id = l.update_id where u.group_id = $1 and l.what = 'submitted'", _group.Group.Id));
        Assert.Equal((1, 1), ((await _stage.Mails(_group.First, "other")).Count, (await _stage.Mails(_group.Second, "other")).Count));
    }

    [Theory]
    [InlineData(6.9, true), InlineData(7.1, false)]
    public async Task A_submission_can_be_taken_back_for_a_week(double days, bool possible)
    {
        await Save(new("page", null, "en"));
        _stage.At(_stage.Now + TimeSpan.FromDays(days));

        var undone = await _stage.Register.Undo(_group.Second.Id, _group.Slug, Quarter, Cancel);

        Assert.Equal(possible, undone.Refusal is null);
        Assert.Equal(possible ? "open" : "submitted", (await Draft(_group.First.Id)).State);
    }

    [Theory]
    [InlineData("2027-01-31T22:59:00", "open"), InlineData("2027-01-31T23:01:00", "late"), InlineData("2027-02-20T22:59:00", "late"), InlineData("2027-02-20T23:01:00", "missed")]
    public async Task States_change_at_midnight_of_the_network(string at, string state)
    {
        await _stage.Sweep();
        _stage.At(at);

        Assert.Equal(state, (await Draft(_group.First.Id)).State);
    }

    [Fact]
    public async Task A_late_submission_counts_and_says_when_it_came()
    {
        await _stage.Sweep();
        _stage.At("2027-04-20T12:00:00");
        Assert.Equal("missed", (await Draft(_group.First.Id)).State);
        await Save(new("api", null, "en") { NoChange = true });

        var update = await Draft(_group.First.Id);

        Assert.Equal(("submitted", true, true), (update.State, update.Update.NoChange, update.Update.SubmittedAt > _stage.Network.Midnight(update.Update.DueOn.AddDays(1))));
    }

    [Theory]
    // The quarter that is running, none at all, and one that ended before the group began.
    [InlineData("2027-Q1", RefusalCode.Invalid), InlineData("2027-Q5", RefusalCode.NotFound), InlineData("2019-Q4", RefusalCode.NotFound)]
    public async Task Only_quarters_that_are_over_and_the_group_has_seen_can_be_written(string quarter, RefusalCode refused) =>
        Assert.Equal(refused, (await _stage.Register.Save(_group.First.Id, _group.Slug, quarter, new("api", null, "en") { NoChange = true }, Cancel)).Refusal?.Code);

    [Fact]
    public async Task Drafts_are_the_group_s_own_and_what_was_submitted_is_the_network_s()
    {
        var other = await _stage.Group(("LB", "Asia/Beirut"), ("TR", "Europe/Istanbul"));
        var stranger = (await new StagedRegister(fixture).Begin()).Facilitator;
        await Save(new("page", null, "en") { Submit = false, Texts = new("Not yet", "", "", ""), Lines = [new(null, "Not yet either")] });
        var before = await Draft(other.First.Id);
        await Save(new("page", null, "en"));

        Assert.Equal((0, ""), (before.Lines.Count, before.Texts.Summary));
        Assert.Equal("Not yet", (await Draft(other.First.Id)).Texts.Summary);
        Assert.Equal(RefusalCode.NotAllowed, (await _stage.Register.Save(other.First.Id, _group.Slug, Quarter, new("api", null, "en"), Cancel)).Refusal?.Code);
        Assert.Equal(RefusalCode.NotFound, (await fixture.Get<UpdateReader>().Find(stranger.Id, _group.Slug, Quarter, Cancel)).Refusal?.Code);
        Assert.Equal(RefusalCode.NotFound, (await _stage.Register.Save(stranger.Id, _group.Slug, Quarter, new("api", null, "en"), Cancel)).Refusal?.Code);
    }

    [Fact]
    public async Task An_ended_group_is_an_archive()
    {
        await fixture.Execute("update twinning_groups set status = 'completed' where id = $1", _group.Group.Id);

        Assert.Equal(RefusalCode.Closed, (await _stage.Register.Save(_group.First.Id, _group.Slug, Quarter, new("page", null, "en"), Cancel)).Refusal?.Code);
    }

    [Theory]
    [InlineData(10_001, "summary"), InlineData(10_000, null)]
    public async Task Texts_have_limits(int length, string? refused) => Assert.Equal(refused,
        (await _stage.Register.Save(_group.First.Id, _group.Slug, Quarter, new("page", null, "en") { Texts = new(new string('x', length), "", "", "") }, Cancel)).Refusal?.Field);

    private async Task Save(UpdateDraft draft) => Assert.Null((await _stage.Register.Save(_group.First.Id, _group.Slug, Quarter, draft, Cancel)).Refusal);

    private async Task<UpdateView> Draft(Guid person) => (await fixture.Get<UpdateReader>().Find(person, _group.Slug, Quarter, Cancel)).Value.Updates.Single();

    private static List<string> Told(UpdateView view, string language) => [.. view.Lines.Select(line => line.Tell(Texts.Shared.For(language), NetworkTemplate.Of("hosts")))];

    private async Task Activity(string title, string kind, DateOnly from, DateOnly to, bool done)
    {
        var activity = new Activity(_group.Group.Id, new(title, kind, from, to, null, null, null, null), _group.First.Id, _stage.Now);
        activity.Become(TwinHub.Core.Groups.Plan.Activity.Begun, from, _stage.Now);
        if (done)
        {
            activity.Become(TwinHub.Core.Groups.Plan.Activity.Done, to, _stage.Now);
        }
        await _stage.Add(activity);
    }

    private Task Lesson(string kind, string text, string at) =>
        _stage.Add(new Lesson(_group.Group.Id, kind, text, null, null, _group.First.Id, DateTimeOffset.Parse(at, System.Globalization.CultureInfo.InvariantCulture), _stage.Now));
}
