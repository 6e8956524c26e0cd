using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core;
using TwinHub.Core.Reminders;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Reminders;

/// <summary>Sixty days of answers, moves, cancellations and removals on two nodes that sweep at the same time, beside a plain model of who is to hear what when.</summary>
public sealed class ReminderStoryTests(TwoHubs hubs) : IClassFixture<TwoHubs>
{
    private static readonly string[] Invitees = [People.Rana, People.Ziad, People.Selin, People.Emre, People.Lina];
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly List<Planned> _webinars = [];
    private readonly List<string> _expected = [];
    private TestHub _node = hubs.One;
    private Guid _claire;

    [Theory]
    [InlineData(20261126)]
    public async Task Each_due_reminder_arrives_once_at_its_time(int seed)
    {
        var random = new Random(seed);
        await hubs.One.Execute("update people set time_zone = 'UTC'");
        _claire = await hubs.One.PersonId(People.Claire);
        var end = await Now() + TimeSpan.FromDays(60);
        while (await Now() < end)
        {
            _node = random.Next(2) == 0 ? hubs.One : hubs.Two;
            for (var i = random.Next(1, 5); i > 0; i--)
            {
                await Act(random, await Now());
            }
            await Advance(TimeSpan.FromMinutes(random.Next(6 * 60, 72 * 60)));
        }
        Assert.InRange(_expected.Count, 30, 1_000);
        var arrived = await Arrived();
        Assert.Equal(([], []), (_expected.Except(arrived).ToArray(), arrived.Except(_expected).ToArray()));
        Assert.Equal(_expected.Order(StringComparer.Ordinal), arrived.Order(StringComparer.Ordinal));
    }

    private Task Act(Random random, DateTimeOffset now)
    {
        var open = _webinars.Where(w => !w.Cancelled && w.Start > now + TimeSpan.FromHours(1)).ToList();
        if (open.Count < 2)
        {
            return Schedule(random, now);
        }
        var (webinar, guest) = (open[random.Next(open.Count)], Invitees[random.Next(Invitees.Length)]);
        return random.Next(12) switch
        {
            < 6 => Answer(webinar, guest, new[] { "accepted", "tentative", "declined" }[random.Next(3)]),
            < 8 => Move(webinar, random, now),
            < 10 => Remove(webinar, guest),
            10 => InviteAgain(webinar, guest, now),
            _ => Cancel(webinar),
        };
    }

    private async Task Schedule(Random random, DateTimeOffset now)
    {
        var webinar = new Planned { Start = Start(random, now) };
        var made = await Get<WebinarService>().Create(_claire, "hmln", new("Story", Wall(webinar.Start), "UTC", 90), new(People: Invitees), publish: true, None);
        webinar.Id = made.Value.Id;
        foreach (var email in Invitees)
        {
            webinar.Guests[email] = new() { Id = await Invitation(webinar, email), Due = Plan(webinar.Start, now) };
        }
        _webinars.Add(webinar);
    }

    private async Task Answer(Planned webinar, string email, string response)
    {
        var answered = await Get<AnswerService>().Answer(new(webinar.Guests[email].Id, response, "page"), None);
        Assert.Equal(webinar.Guests[email].IsInvited, answered.Refusal is null);
        webinar.Guests[email].Declined = response == "declined";
    }

    private async Task Move(Planned webinar, Random random, DateTimeOffset now)
    {
        webinar.Start = Start(random, now);
        _ = (await Get<WebinarService>().Edit(_claire, webinar.Id, null, new(StartsAt: Wall(webinar.Start)), None)).Value;
        foreach (var guest in webinar.Guests.Values)
        {
            (guest.Declined, guest.Due) = (false, guest.IsInvited ? Plan(webinar.Start, now) : []);
        }
    }

    private async Task Remove(Planned webinar, string email)
    {
        var removed = await Get<InvitationService>().Remove(_claire, webinar.Id, webinar.Guests[email].Id, None);
        Assert.Equal(webinar.Guests[email].IsInvited, removed.Refusal is null);
        (webinar.Guests[email].IsInvited, webinar.Guests[email].Declined, webinar.Guests[email].Due) = (false, false, []);
    }

    private async Task InviteAgain(Planned webinar, string email, DateTimeOffset now)
    {
        var added = await Get<InvitationService>().Invite(_claire, webinar.Id, new(People: [email]), None);
        Assert.Equal(webinar.Guests[email].IsInvited ? 0 : 1, added.Value);
        if (!webinar.Guests[email].IsInvited)
        {
            (webinar.Guests[email].IsInvited, webinar.Guests[email].Declined, webinar.Guests[email].Due) = (true, false, Plan(webinar.Start, now));
        }
    }

    private async Task Cancel(Planned webinar)
    {
        _ = (await Get<WebinarService>().Cancel(_claire, webinar.Id, null, None)).Value;
        webinar.Cancelled = true;
    }

    /// <summary>One node walks the clock while the other sweeps at each instant it hears of.</summary>
    private async Task Advance(TimeSpan by)
    {
        using var client = _node.ApiWith(null);
        var walk = client.Post("/demo/clock", new { advance = System.Xml.XmlConvert.ToString(by) });
        var other = (_node == hubs.One ? hubs.Two : hubs.One).App.Services.GetRequiredService<ReminderService>();
        while (!walk.IsCompleted)
        {
            await other.SendDue(None);
        }
        Assert.Equal(200, (int)(await walk).StatusCode);
        var now = await Now();
        await Eventually.True(() => hubs.One.App.Services.GetRequiredService<HubClock>().GetUtcNow() >= now - TimeSpan.FromSeconds(5) && hubs.Two.App.Services.GetRequiredService<HubClock>().GetUtcNow() >= now - TimeSpan.FromSeconds(5), "both nodes have one time");
        foreach (var (webinar, email, guest) in _webinars.SelectMany(w => w.Guests.Select(g => (w, g.Key, g.Value))))
        {
            var said = guest.Due.Where(due => due.At <= now).ToList();
            guest.Due = [.. guest.Due.Except(said)];
            _expected.AddRange(said.Where(_ => !webinar.Cancelled && guest.IsInvited && !guest.Declined).Select(due => Line(email, webinar.Id.ToString(), due.Step, due.At)));
        }
    }

    /// <summary>What arrived, each at the due instant to which its own time belongs.</summary>
    private async Task<List<string>> Arrived()
    {
        using var client = hubs.One.ApiWith(null);
        var mails = await (await client.Get("/demo/mailbox.json?limit=10000")).Json();
        return [.. mails.EnumerateArray().Where(mail => mail.GetProperty("kind").GetString() == "webinar-reminder").Select(mail =>
        {
            var (to, sent, about) = (mail.GetProperty("to").GetString()!, mail.GetProperty("sentAt").GetDateTimeOffset(), mail.GetProperty("about"));
            return Line(to, about.GetProperty("webinarId").GetString()!, about.GetProperty("step").GetString()!, new(sent.Ticks - (sent.Ticks % TimeSpan.TicksPerMinute), TimeSpan.Zero));
        })];
    }

    /// <summary>On a whole minute, and no step within minutes of now: what is still ahead is never in doubt.</summary>
    private static DateTimeOffset Start(Random random, DateTimeOffset now)
    {
        DateTimeOffset start;
        do
        {
            start = new DateTimeOffset(now.Year, now.Month, now.Day, now.Hour, now.Minute, 0, TimeSpan.Zero) + TimeSpan.FromMinutes(random.Next(3 * 60, 15 * 24 * 60));
        }
        while (Steps(start).Any(step => (step.At - now).Duration() < TimeSpan.FromMinutes(5)));
        return start;
    }

    private static List<(string Step, DateTimeOffset At)> Plan(DateTimeOffset start, DateTimeOffset now) => [.. Steps(start).Where(step => step.At > now)];

    /// <summary>All clocks are UTC here, so a day has 24 hours.</summary>
    private static (string Step, DateTimeOffset At)[] Steps(DateTimeOffset start) => [("7d", start.AddDays(-7)), ("1d", start.AddDays(-1)), ("1h", start.AddHours(-1))];

    private async Task<Guid> Invitation(Planned webinar, string email)
    {
        var person = await _node.PersonId(email);
        return await _node.Scalar<Guid>("select id from invitations where webinar_id = $1 and person_id = $2", webinar.Id, person);
    }

    private T Get<T>() where T : notnull => _node.App.Services.GetRequiredService<T>();

    private Task<DateTimeOffset> Now() => Task.FromResult(_node.App.Services.GetRequiredService<HubClock>().GetUtcNow());

    private static string Wall(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    private static string Line(string to, string webinar, string step, DateTimeOffset at) => string.Create(CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd HH:mm} {to} {webinar} {step}");

    private sealed class Planned
    {
        public Guid Id { get; set; }
        public DateTimeOffset Start { get; set; }
        public bool Cancelled { get; set; }
        public Dictionary<string, Guest> Guests { get; } = [];
    }

    private sealed class Guest
    {
        public Guid Id { get; init; }
        public bool IsInvited { get; set; } = true;
        public bool Declined { get; set; }
        public List<(string Step, DateTimeOffset At)> Due { get; set; } = [];
    }
}
