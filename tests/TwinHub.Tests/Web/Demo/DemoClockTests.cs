using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.People;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Demo;

/// <summary>The demo's clock goes forward only; what people are trusted with lives by the real one (contract, Demo).</summary>
public sealed class DemoClockTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(20);

    private TestHub Hub => fixture.Hub;

    [Theory]
    [InlineData("PT1S", 1)]
    [InlineData("PT1M30S", 90)]
    [InlineData("P1DT2H", 93_600)]
    [InlineData("P30D", 2_592_000)]
    [InlineData("P400D", 34_560_000)]
    public async Task It_moves_as_far_as_it_is_told_and_says_what_ran(string advance, int seconds)
    {
        await NobodyIsChased(Hub);
        var (before, offset) = (await Now(Hub), await Offset());
        using var client = Hub.ApiWith(null);
        var moved = await (await client.Post("/demo/clock", new { advance })).Json();

        Assert.Equal(["now", "ran"], moved.EnumerateObject().Select(one => one.Name));
        Assert.Equal(TimeSpan.FromSeconds(seconds), await Offset() - offset);
        Assert.InRange(moved.GetProperty("now").GetDateTimeOffset() - before - TimeSpan.FromSeconds(seconds), TimeSpan.Zero, Moment);
        Assert.InRange(await Now(Hub) - moved.GetProperty("now").GetDateTimeOffset(), TimeSpan.Zero, Moment);
        Assert.Contains("DeliverMail", moved.GetProperty("ran").EnumerateObject().Select(one => one.Name));
    }

    [Theory]
    [InlineData("-P1D")]
    [InlineData("-PT1S")]
    [InlineData("PT0S")]
    [InlineData("P400DT1S")]
    [InlineData("P401D")]
    [InlineData("P1M")]
    [InlineData("P1Y")]
    [InlineData("P0Y1D")]
    [InlineData("P99999999999D")]
    [InlineData("30")]
    [InlineData("P")]
    [InlineData("a month")]
    [InlineData("")]
    [InlineData(null)]
    public async Task It_takes_no_way_back_no_months_and_no_more_than_400_days(string? advance)
    {
        var offset = await Offset();
        using var client = Hub.ApiWith(null);
        Assert.Equal("advance", (await (await client.Post("/demo/clock", new { advance })).Problem(400, "invalid")).GetProperty("field").GetString());
        Assert.Equal(offset, await Offset());
    }

    [Fact]
    public async Task While_it_moves_a_second_call_is_a_conflict_at_every_node()
    {
        await using var two = await TestHub.StartOn(fixture.Postgres, Hub.Database, demo: true);
        using var one = Hub.ApiWith(null);
        using var other = two.ApiWith(null);
        var offset = await Offset();
        // Who holds the row on which the offset stands holds up the move.
        await using var connection = await Hub.Source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using (var hold = connection.CreateCommand())
        {
            hold.CommandText = "select 1 from installation for update";
            await hold.ExecuteScalarAsync(TestContext.Current.CancellationToken);
        }
        var first = one.Post("/demo/clock", new { advance = "PT1H" });
        await Eventually.True(async () => await Hub.Scalar<long>("select count(*) from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()") > 0, "the move is under way");

        await (await one.Post("/demo/clock", new { advance = "PT1H" })).Problem(409, "conflict");
        await (await other.Post("/demo/clock", new { advance = "PT1H" })).Problem(409, "conflict");
        await transaction.RollbackAsync(TestContext.Current.CancellationToken);

        Assert.Equal(200, (int)(await first).StatusCode);
        Assert.Equal(200, (int)(await other.Post("/demo/clock", new { advance = "PT1H" })).StatusCode);
        Assert.Equal(TimeSpan.FromHours(2), await Offset() - offset);
        await Eventually.True(async () => await Now(two) - await Now(Hub) is var apart && apart < Moment && apart > -Moment, "both nodes have one time");
    }

    [Fact]
    public async Task It_reaches_a_second_node_and_outlives_a_restart()
    {
        using var client = Hub.ApiWith(null);
        await using (var two = await TestHub.StartOn(fixture.Postgres, Hub.Database, demo: true))
        {
            await client.Post("/demo/clock", new { advance = "P3D" });
            await Eventually.True(async () => await Now(two) >= await Now(Hub) - Moment, "the second node is told");
        }
        await using var again = await TestHub.StartOn(fixture.Postgres, Hub.Database, demo: true);
        Assert.InRange(await Now(again) - await Now(Hub), -Moment, Moment);
        Assert.True(await Now(again) - DateTimeOffset.UtcNow >= TimeSpan.FromDays(3) - Moment);
    }

    [Fact]
    public async Task Messages_and_mails_carry_its_time_while_sessions_tokens_and_links_keep_the_real_one()
    {
        await NobodyIsChased(Hub);
        var cookie = await Hub.SessionOf(People.Rana);
        var rana = await Hub.PersonId(People.Rana);
        var token = (await Hub.App.Services.GetRequiredService<Credentials>().MakeToken(rana, "one day", 1, TestContext.Current.CancellationToken)).Value;
        var link = await Hub.LinkByMail(People.Rana);
        using var api = Hub.ApiWith(token);
        await api.Post("/demo/clock", new { advance = "P399D" });

        using var browser = Hub.BrowserWith(cookie);
        Assert.Equal(200, (int)(await browser.Get("/account")).StatusCode);
        using var fresh = Hub.BrowserWith(null);
        var signedIn = await fresh.PostForm(link, link);
        Assert.Equal(302, (int)signedIn.StatusCode);
        Assert.StartsWith("twinhub=", signedIn.Cookie(), StringComparison.Ordinal);
        var channel = await Hub.ChannelOf(People.TheirGroup);
        var posted = await (await api.Post($"/api/v1/channels/{channel}/messages", new { clientMessageId = Guid.NewGuid(), body = "from the future" })).Json();
        Assert.True(posted.GetProperty("sentAt").GetDateTimeOffset() - DateTimeOffset.UtcNow > TimeSpan.FromDays(398));
        await Hub.LinkByMail(People.Rana);
        Assert.True((await Hub.MailTo(People.Rana))[0].GetProperty("sentAt").GetDateTimeOffset() - DateTimeOffset.UtcNow > TimeSpan.FromDays(398));
        Assert.True(await Hub.Scalar<bool>("select bool_and(expires_at < now() + interval '91 days') from sessions"));
    }

    [Fact]
    public async Task It_stops_wherever_a_reminder_is_due_and_each_mail_carries_its_own_time()
    {
        await using var hub = await TestHub.Start(fixture.Postgres);
        await NobodyIsChased(hub);
        using var client = hub.ApiWith(null);
        var start = await Schedule(hub, await Now(hub) + TimeSpan.FromDays(10), People.Rana, People.Selin);
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var moved = await (await client.Post("/demo/clock", new { advance = "P30D" })).Json();
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
        Assert.Equal((6, 8), (moved.GetProperty("ran").GetProperty("SendDueReminders").GetInt32(), (await hub.MailTo(People.Rana)).Concat(await hub.MailTo(People.Selin)).Count()));

        foreach (var email in new[] { People.Rana, People.Selin })
        {
            var reminders = (await hub.MailTo(email)).Reverse().Where(mail => mail.GetProperty("kind").GetString() == "webinar-reminder").ToList();
            Assert.Equal(["7d", "1d", "1h"], reminders.Select(mail => mail.GetProperty("about").GetProperty("step").GetString()));
            foreach (var (mail, before) in reminders.Zip([TimeSpan.FromDays(7), TimeSpan.FromDays(1), TimeSpan.FromHours(1)]))
            {
                Assert.InRange(mail.GetProperty("sentAt").GetDateTimeOffset() - (start - before), TimeSpan.Zero, Moment);
                Assert.InRange(await Written(hub, mail) - (start - before), TimeSpan.FromSeconds(-1), Moment);
            }
        }
        Assert.InRange(await Now(hub) - start, TimeSpan.FromDays(19), TimeSpan.FromDays(21));
    }

    [Fact]
    public async Task Who_declines_on_the_way_is_not_reminded_any_more()
    {
        await using var hub = await TestHub.Start(fixture.Postgres);
        using var client = hub.ApiWith(null);
        await Schedule(hub, await Now(hub) + TimeSpan.FromDays(10), People.Rana, People.Selin);
        await client.Post("/demo/clock", new { advance = "P4D" });
        using var rana = await hub.Api(People.Rana);
        var webinar = (await (await rana.Get("/api/v1/webinars")).Json()).GetProperty("items")[0].GetProperty("id").GetString();
        Assert.Equal(200, (int)(await rana.Put($"/api/v1/webinars/{webinar}/invitations/mine", new { response = "declined" })).StatusCode);
        await client.Post("/demo/clock", new { advance = "P30D" });
        Assert.Equal((1, 3), (await Reminders(hub, People.Rana), await Reminders(hub, People.Selin)));
    }

    [Fact]
    public async Task What_is_due_at_one_instant_is_one_stop()
    {
        await using var hub = await TestHub.Start(fixture.Postgres);
        await NobodyIsChased(hub);
        using var client = hub.ApiWith(null);
        var at = await Now(hub) + TimeSpan.FromDays(2);
        for (var i = 0; i < 4; i++)
        {
            await Schedule(hub, at, People.Rana, People.Selin, People.Emre, People.Lina);
        }
        await client.Post("/demo/clock", new { advance = "P30D" });
        Assert.Equal(32, await hub.Scalar<long>("select count(*) from emails where kind = 'webinar-reminder' and state = 'sent'"));
        Assert.Equal(2, await hub.Scalar<long>("select count(distinct due_at) from reminders"));
        Assert.Equal(0, await hub.Scalar<long>("select count(*) from reminders r join emails e on e.id = r.email_id where e.created_at not between r.due_at and r.due_at + interval '20 seconds'"));
    }

    /// <summary>All clocks are UTC here, so a day has 24 hours.</summary>
    private static async Task<DateTimeOffset> Schedule(TestHub hub, DateTimeOffset at, params string[] people)
    {
        await hub.Execute("update people set time_zone = 'UTC'");
        var startsAt = at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", System.Globalization.CultureInfo.InvariantCulture);
        return (await hub.App.Services.GetRequiredService<TwinHub.Core.Webinars.WebinarService>().Create(await hub.PersonId(People.Claire), "hmln",
            new("Ten days", startsAt, "UTC", 60), new(People: people), publish: true, TestContext.Current.CancellationToken)).Value.StartsAt;
    }

    private static async Task<int> Reminders(TestHub hub, string email) =>
        (await hub.MailTo(email)).Count(mail => mail.GetProperty("kind").GetString() == "webinar-reminder");

    /// <summary>The Date header.</summary>
    private static async Task<DateTimeOffset> Written(TestHub hub, System.Text.Json.JsonElement mail)
    {
        var head = System.Text.Encoding.ASCII.GetString(await hub.Eml(mail.GetProperty("id").GetString()!)).Split("\r\n");
        return DateTimeOffset.Parse(head.Single(line => line.StartsWith("Date: ", StringComparison.Ordinal))["Date: ".Length..], System.Globalization.CultureInfo.InvariantCulture);
    }

    private static async Task<DateTimeOffset> Now(TestHub hub)
    {
        using var client = hub.ApiWith(null);
        return (await (await client.Get("/demo/clock")).Json()).GetProperty("now").GetDateTimeOffset();
    }

    /// <summary>Nobody is asked how a resting group goes: a year of mails is DemoQuarterTests' matter and ChaseYearTests'.</summary>
    private static Task NobodyIsChased(TestHub hub) => hub.Execute("update twinning_groups set status = 'paused'");

    private Task<TimeSpan> Offset() => Hub.Scalar<TimeSpan>("select clock_offset from installation");
}
