using TwinHub.Core.Reminders;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Reminders;

/// <summary>What is due is said once, if it is still worth saying and not too late.</summary>
public sealed class ReminderServiceTests(CoreFixture fixture) : IClassFixture<CoreFixture>
{
    private static readonly TimeSpan Week = TimeSpan.FromDays(7), Day = TimeSpan.FromDays(1), Hour = TimeSpan.FromHours(1), Moment = TimeSpan.FromMinutes(2);

    private readonly HostedWebinars _webinars = new(fixture);

    [Fact]
    public async Task Each_step_is_said_once_when_it_is_due()
    {
        var webinar = await _webinars.Schedule(TimeSpan.FromDays(10), guests: 2);
        await SweepAt(webinar.StartsAt - Week - Moment);
        Assert.Empty(await _webinars.Mailed(webinar));
        foreach (var before in new[] { Week, Day, Hour })
        {
            await SweepAt(webinar.StartsAt - before + Moment);
            await Sweep();
        }
        Assert.Equal(["7d", "7d", "1d", "1d", "1h", "1h"], await _webinars.Mailed(webinar));
        Assert.Equal(6, await fixture.Scalar<long>("select count(distinct (r.person_id, r.step)) from reminders r join emails e on e.id = r.email_id where r.subject_id = $1 and r.state = 'sent'", webinar.Id));
    }

    [Fact]
    public async Task What_is_over_when_people_are_asked_is_not_planned()
    {
        var webinar = await _webinars.Schedule(TimeSpan.FromHours(5));
        Assert.Equal(["1h waiting"], await _webinars.Rows(webinar));
    }

    [Theory]
    [InlineData("declined", "7d sent, 1d cancelled, 1h waiting")]
    [InlineData("tentative", "7d sent, 1d sent, 1h waiting")]
    [InlineData("accepted", "7d sent, 1d sent, 1h waiting")]
    [InlineData("removed", "7d sent, 1d cancelled, 1h cancelled")]
    [InlineData("cancelled", "7d sent, 1d cancelled, 1h cancelled")]
    [InlineData("disabled", "7d sent, 1d cancelled, 1h waiting")]
    [InlineData("unsubscribed", "7d sent, 1d cancelled, 1h waiting")]
    public async Task What_is_not_worth_saying_any_more_is_not_said(string what, string rows)
    {
        var webinar = await _webinars.Schedule(TimeSpan.FromDays(8));
        await SweepAt(webinar.StartsAt - Week + Moment);
        await Happen(what, webinar);
        await SweepAt(webinar.StartsAt - Day + Moment);
        Assert.Equal(rows, string.Join(", ", await _webinars.Rows(webinar)));
        Assert.Equal(rows.Split(", ").Count(row => row.EndsWith("sent", StringComparison.Ordinal)), (await _webinars.Mailed(webinar)).Count);
    }

    [Fact]
    public async Task Who_changes_their_mind_hears_of_what_follows()
    {
        var webinar = await _webinars.Schedule(TimeSpan.FromDays(8));
        await _webinars.Answer(webinar, Invitation.Declined);
        await SweepAt(webinar.StartsAt - Week + Moment);
        await _webinars.Answer(webinar, Invitation.Accepted);
        await SweepAt(webinar.StartsAt - Day + Moment);
        Assert.Equal(["1d"], await _webinars.Mailed(webinar));
    }

    [Theory]
    [InlineData(11, "7d sent")]
    [InlineData(13, "7d missed")]
    public async Task More_than_twelve_hours_late_is_too_late(int hours, string row)
    {
        var webinar = await _webinars.Schedule(TimeSpan.FromDays(8));
        await SweepAt(webinar.StartsAt - Week + TimeSpan.FromHours(hours));
        Assert.Equal(row, (await _webinars.Rows(webinar))[0]);
    }

    [Fact]
    public async Task After_a_week_without_sweeps_only_the_newest_step_is_said()
    {
        var webinar = await _webinars.Schedule(TimeSpan.FromDays(8), guests: 3);
        await SweepAt(webinar.StartsAt - TimeSpan.FromMinutes(30));
        Assert.Equal(["1h", "1h", "1h"], await _webinars.Mailed(webinar));
        Assert.Equal(["1d missed", "1d missed", "1d missed", "1h sent", "1h sent", "1h sent", "7d missed", "7d missed", "7d missed"], (await _webinars.Rows(webinar)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Of_two_steps_that_are_not_late_only_the_newest_is_said()
    {
        var webinar = await _webinars.Schedule(TimeSpan.FromHours(25));
        await fixture.Execute("update reminders set due_at = due_at + interval '20 hours' where subject_id = $1 and step = '1d'", webinar.Id);
        await SweepAt(webinar.StartsAt - TimeSpan.FromMinutes(30));
        Assert.Equal(["1d missed", "1h sent"], await _webinars.Rows(webinar));
    }

    [Theory]
    [InlineData(30, "1h missed")]
    [InlineData(61, "1h cancelled")]
    public async Task After_the_start_nothing_is_said(int minutes, string row)
    {
        var webinar = await _webinars.Schedule(TimeSpan.FromHours(5));
        await SweepAt(webinar.StartsAt + TimeSpan.FromMinutes(minutes));
        Assert.Equal([row], await _webinars.Rows(webinar));
        Assert.Empty(await _webinars.Mailed(webinar));
    }

    [Fact]
    public async Task A_move_plans_anew()
    {
        var webinar = await _webinars.Schedule(TimeSpan.FromDays(8));
        await SweepAt(webinar.StartsAt - Week + Moment);
        await _webinars.Move(webinar, TimeSpan.FromDays(20));
        await SweepAt(webinar.StartsAt - Hour + Moment);
        Assert.Equal(["7d"], await _webinars.Mailed(webinar));
        foreach (var before in new[] { Week, Day, Hour })
        {
            await SweepAt(await fixture.Scalar<DateTime>("select starts_at from webinars where id = $1", webinar.Id) - before + Moment);
        }
        Assert.Equal(["7d", "7d", "1d", "1h"], await _webinars.Mailed(webinar));
    }

    [Fact]
    public async Task Many_sweeps_at_once_say_everything_once()
    {
        var webinar = await _webinars.Schedule(TimeSpan.FromDays(8), guests: 120);
        fixture.Time.Offset += webinar.StartsAt - Week + Moment - fixture.Time.GetUtcNow();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(Sweep, TestContext.Current.CancellationToken)));
        Assert.Equal(120, (await _webinars.Mailed(webinar)).Count);
        Assert.Equal(120, await fixture.Scalar<long>("select count(distinct recipient) from emails where kind = 'webinar-reminder' and about ->> 'webinarId' = $1", webinar.Id.ToString()));
    }

    private async Task Happen(string what, Webinar webinar)
    {
        await (what switch
        {
            "removed" => _webinars.Remove(webinar),
            "cancelled" => _webinars.Cancel(webinar),
            "disabled" => fixture.Execute("update people set disabled_at = now() where id in (select person_id from invitations where webinar_id = $1)", webinar.Id),
            "unsubscribed" => fixture.Execute("insert into unsubscribed (person_id, kind, at) select person_id, 'webinar-reminder', now() from invitations where webinar_id = $1", webinar.Id),
            _ => _webinars.Answer(webinar, what),
        });
    }

    private async Task SweepAt(DateTimeOffset instant)
    {
        fixture.Time.Offset += instant - fixture.Time.GetUtcNow();
        await Sweep();
    }

    private Task Sweep() => fixture.Get<ReminderService>().SendDue(TestContext.Current.CancellationToken);
}
