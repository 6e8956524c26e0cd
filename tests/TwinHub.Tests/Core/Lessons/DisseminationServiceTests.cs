using Microsoft.EntityFrameworkCore;
using TwinHub.Core;
using TwinHub.Core.Lessons;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Lessons;

public sealed class DisseminationServiceTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    private DisseminationService Service => Hub.Get<DisseminationService>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_member_names_who_at_home_must_hear_and_a_form_sent_twice_is_one_row()
    {
        var (lesson, id) = (await Hub.Lesson(), Guid.NewGuid());
        var named = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Name(People.Rana, lesson, People.Rana, 30, id: id)));
        Assert.All(named, one => Assert.Equal(id, one.Value));
        var row = await Row(id);
        Assert.Equal((lesson, await Hub.Side(People.Rana), "Planning office", null), (row.LessonId, row.OrganisationId, row.Audience, row.DoneOn));
    }

    [Theory]
    [InlineData(People.Rana, People.Selin, RefusalCode.NotAllowed)]
    [InlineData(People.Claire, People.Selin, null)]
    [InlineData(People.Lina, People.Selin, RefusalCode.NotFound)]
    public async Task A_member_looks_after_the_own_partner_a_facilitator_after_all(string actor, string home, RefusalCode? code)
    {
        var lesson = await Hub.Lesson();
        Assert.Equal(code, (await Name(actor, lesson, home, 30)).Refusal?.Code);
        var row = (await Name(People.Selin, lesson, People.Selin, 30)).Value;
        var person = await Hub.PersonId(actor);
        Assert.Equal(code, (await Service.Tell(person, People.TheirGroup, row, null, null, Cancel)).Refusal?.Code);
        Assert.Equal(code, (await Service.TakeBack(person, People.TheirGroup, row, Cancel)).Refusal?.Code);
        Assert.Equal(code, (await Service.Drop(person, People.TheirGroup, row, Cancel)).Refusal?.Code);
        Assert.Equal(code is not null, await Hub.Db(db => db.Disseminations.AnyAsync(d => d.Id == row)));
    }

    [Theory]
    [InlineData("", 30, "audience")]
    [InlineData("301", 30, "audience")]
    [InlineData("Office", -1, "dueOn")]
    [InlineData("Office", 365 * 5 + 3, "dueOn")]
    [InlineData("Office", null, "dueOn")]
    [InlineData("Office", 0, null)]
    public async Task Somebody_is_named_and_a_day_to_come(string audience, int? inDays, string? field)
    {
        var lesson = await Hub.Lesson();
        Assert.Equal(field, (await Name(People.Rana, lesson, People.Rana, inDays, audience == "301" ? new string('x', 301) : audience)).Refusal?.Field);
    }

    [Fact]
    public async Task The_home_is_a_partner_of_the_group()
    {
        var lesson = await Hub.Lesson();
        Assert.Equal("organisation", (await Name(People.Claire, lesson, null, 30)).Refusal?.Field);
        var foreign = new DisseminationInput(Guid.NewGuid(), await Hub.Side(People.Lina, People.OtherGroup), "Office", (await Hub.Today()).AddDays(3));
        Assert.Equal("organisation", (await Service.Name(await Hub.PersonId(People.Claire), People.TheirGroup, lesson, foreign, Cancel)).Refusal?.Field);
    }

    [Fact]
    public async Task That_it_happened_is_recorded_with_day_and_note_and_can_be_taken_back()
    {
        var row = (await Name(People.Rana, await Hub.Lesson(), People.Rana, 30)).Value;
        var (rana, today) = (await Hub.PersonId(People.Rana), await Hub.Today());
        Assert.Null((await Service.Tell(rana, People.TheirGroup, row, today.AddDays(-3), "Council meeting", Cancel)).Refusal);
        Assert.Equal((today.AddDays(-3), rana, "Council meeting"), await Row(row) is var done ? (done.DoneOn!.Value, done.DoneBy!.Value, done.Note) : default);
        Assert.Equal(RefusalCode.Conflict, (await Service.Drop(rana, People.TheirGroup, row, Cancel)).Refusal?.Code);
        Assert.Null((await Service.TakeBack(rana, People.TheirGroup, row, Cancel)).Refusal);
        Assert.Equal((null, null, ""), await Row(row) is var open ? (open.DoneOn, open.DoneBy, open.Note) : default);
        Assert.Null((await Service.Tell(rana, People.TheirGroup, row, null, null, Cancel)).Refusal);
        Assert.Equal(today, (await Row(row)).DoneOn);
    }

    [Fact]
    public async Task Nothing_has_happened_tomorrow()
    {
        var row = (await Name(People.Rana, await Hub.Lesson(), People.Rana, 30)).Value;
        var told = await Service.Tell(await Hub.PersonId(People.Rana), People.TheirGroup, row, (await Hub.Today()).AddDays(1), null, Cancel);
        Assert.Equal("doneOn", told.Refusal?.Field);
        Assert.Equal("note", (await Service.Tell(await Hub.PersonId(People.Rana), People.TheirGroup, row, null, new string('x', 1_001), Cancel)).Refusal?.Field);
        Assert.Null((await Row(row)).DoneOn);
    }

    [Fact]
    public async Task A_lesson_taken_off_the_list_has_nobody_to_tell()
    {
        var lesson = await Hub.Lesson();
        var row = (await Name(People.Rana, lesson, People.Rana, 30)).Value;
        var rana = await Hub.PersonId(People.Rana);
        await Hub.Get<LessonService>().Remove(rana, People.TheirGroup, lesson, Cancel);
        Assert.Equal(RefusalCode.NotFound, (await Service.Tell(rana, People.TheirGroup, row, null, null, Cancel)).Refusal?.Code);
        Assert.Equal(RefusalCode.NotFound, (await Name(People.Rana, lesson, People.Rana, 30)).Refusal?.Code);
    }

    private async Task<Outcome<Guid>> Name(string actor, Guid lesson, string? home, int? inDays, string audience = "Planning office", Guid? id = null) =>
        await Service.Name(await Hub.PersonId(actor), People.TheirGroup, lesson,
            new(id ?? Guid.NewGuid(), home is null ? null : await Hub.Side(home), audience, inDays is { } days ? (await Hub.Today()).AddDays(days) : null), Cancel);

    private Task<Dissemination> Row(Guid id) => Hub.Db(db => db.Disseminations.AsNoTracking().SingleAsync(d => d.Id == id));
}
