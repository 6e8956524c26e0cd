using System.Globalization;
using TwinHub.Core.Facilitation;
using TwinHub.Core.Reminders;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Facilitation;

/// <summary>A group that was silent for thirty days is asked once how it goes, at nine of a working day.</summary>
public sealed class DormancyServiceTests(CoreFixture core) : IClassFixture<CoreFixture>
{
    // A Monday. Its thirtieth day is a Wednesday, and nine o'clock of it lies before the thirty days are full.
    private static readonly DateTimeOffset Monday = At("2027-02-01T10:00Z");

    [Theory]
    [InlineData("2027-02-01T10:00Z", "TR", "Europe/Istanbul", "2027-03-04T06:00Z")]
    [InlineData("2027-02-01T04:00Z", "TR", "Europe/Istanbul", "2027-03-03T06:00Z")]
    [InlineData("2027-02-02T10:00Z", "TR", "Europe/Istanbul", "2027-03-05T06:00Z")]
    [InlineData("2027-02-02T10:00Z", "JO", "Asia/Amman", "2027-03-07T06:00Z")]
    [InlineData("2027-02-03T10:00Z", "FR", "Europe/Paris", "2027-03-08T08:00Z")]
    [InlineData("2027-02-27T10:00Z", "FR", "Europe/Paris", "2027-03-30T07:00Z")]
    public async Task The_question_falls_due_at_nine_of_a_working_day(string last, string country, string zone, string due)
    {
        var network = await StagedNetwork.Make(core, 1, country, zone);
        await network.Write(1, At(last));
        await SweepAt(At(last).AddDays(1));
        Assert.Equal(At(due), await core.Scalar<DateTimeOffset>("select r.due_at from reminders r join organisations o on o.id = r.organisation_id where r.subject_id = $1 and o.initials = 'R'", await network.GroupId(1)));
    }

    [Fact]
    public async Task Both_leads_are_asked_once_in_their_languages()
    {
        var network = await StagedNetwork.Make(core, 1);
        await network.Write(1, Monday);
        await SweepAt(Monday.AddDays(29));
        Assert.Empty(await Mailed(network));
        foreach (var days in new[] { 31, 31, 32, 45 })
        {
            await SweepAt(Monday.AddDays(days));
        }
        Assert.Equal(["ar", "tr"], await Mailed(network));
        Assert.Equal(["2027-02-01 sent", "2027-02-01 sent"], await Rows(network));
    }

    [Fact]
    public async Task A_new_sign_of_life_puts_the_question_off()
    {
        var network = await StagedNetwork.Make(core, 1);
        await network.Write(1, Monday);
        await SweepAt(Monday.AddDays(29));
        await network.Write(1, Monday.AddDays(29));
        await SweepAt(Monday.AddDays(31));
        Assert.Empty(await Mailed(network));
        Assert.Equal(["2027-03-02 waiting", "2027-03-02 waiting"], await Rows(network));
    }

    [Fact]
    public async Task What_was_not_said_by_six_waits_for_the_next_working_morning()
    {
        var network = await StagedNetwork.Make(core, 1);
        // Due on a Friday: in Lebanon and Turkey the next working day is Monday.
        await network.Write(1, Monday.AddDays(1));
        await SweepAt(Monday.AddDays(2));
        await SweepAt(At("2027-03-05T16:00Z"));
        Assert.Empty(await Mailed(network));
        Assert.Equal(["2027-02-02 waiting", "2027-02-02 waiting"], await Rows(network));
        await SweepAt(At("2027-03-08T06:01Z"));
        Assert.Equal(2, (await Mailed(network)).Count);
    }

    [Fact]
    public async Task More_than_a_week_late_it_is_not_asked_any_more()
    {
        var network = await StagedNetwork.Make(core, 1);
        await network.Write(1, Monday);
        await SweepAt(Monday.AddDays(1));
        await SweepAt(Monday.AddDays(60));
        Assert.Equal(["2027-02-01 missed", "2027-02-01 missed"], await Rows(network));
        Assert.Empty(await Mailed(network));
    }

    [Theory]
    [InlineData("update twinning_groups set status = 'paused' where id = $1")]
    [InlineData("update twinning_groups set status = 'completed' where id = $1")]
    [InlineData("update people set disabled_at = now() where id in (select person_id from memberships where group_id = $1)")]
    [InlineData("delete from memberships where group_id = $1")]
    public async Task Nobody_is_asked_who_does_not_lead_an_active_group(string happened)
    {
        var network = await StagedNetwork.Make(core, 1);
        await network.Write(1, Monday);
        await SweepAt(Monday.AddDays(29));
        await core.Execute(happened, await network.GroupId(1));
        await SweepAt(Monday.AddDays(31));
        Assert.Empty(await Mailed(network));
    }

    [Fact]
    public async Task An_old_silence_is_asked_about_at_the_next_morning()
    {
        var network = await StagedNetwork.Make(core, 1);
        await network.Write(1, Monday.AddDays(-300));
        await SweepAt(Monday);
        Assert.Empty(await Mailed(network));
        await SweepAt(Monday.AddDays(1));
        Assert.Equal(2, (await Mailed(network)).Count);
    }

    private async Task SweepAt(DateTimeOffset at)
    {
        core.Time.Offset = at - TimeProvider.System.GetUtcNow();
        await core.Get<ReminderService>().SendDue(TestContext.Current.CancellationToken);
    }

    private Task<List<string>> Mailed(StagedNetwork network) => core.Rows<string>("select language from emails where about ->> 'group' = $1 and about ? 'step' order by language", network.Group(1));

    private async Task<List<string>> Rows(StagedNetwork network) => await core.Rows<string>("select step || ' ' || state from reminders where kind = $1 and subject_id = $2 order by id", DormancyService.Kind, await network.GroupId(1));

    private static DateTimeOffset At(string instant) => DateTimeOffset.Parse(instant, CultureInfo.InvariantCulture);
}
