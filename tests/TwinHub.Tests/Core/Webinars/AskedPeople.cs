using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using TwinHub.Tests.Core.Calendar;
using TwinHub.Tests.Core.Mail.Inbound;
using TwinHub.Tests.Support;
using TwinHub.Tests.Web.Pages.Webinars;
using Xunit;

namespace TwinHub.Tests.Core.Webinars;

/// <summary>Many people who were asked by mail; each answers on the page, by the mailed link or from a calendar.</summary>
internal sealed class AskedPeople(InboundHub world, Guid webinar, string uid, IReadOnlyList<AskedPerson> all)
{
    public Guid Webinar => webinar;

    public IReadOnlyList<AskedPerson> All => all;

    private TestHub Hub => world.Hub;

    /// <summary>A webinar with seats, sent by the organiser's form, and everything its invitees need for pressing a button.</summary>
    public static async Task<AskedPeople> Ask(InboundHub world, int count, int seats)
    {
        var hub = world.Hub;
        await hub.Execute("""
            with p as (insert into people (id, email, name, language, time_zone, created_at)
                       select gen_random_uuid(), 'asked' || n || '@amman.example.org', 'Asked ' || n, 'en', 'Asia/Amman', now() from generate_series(1, $1) n returning id)
            insert into organisation_people select (select o.id from organisations o join networks n on n.id = o.network_id where n.slug = 'hmln' order by o.id limit 1), id, now() from p
            """, count);
        var emails = Enumerable.Range(1, count).Select(n => $"asked{n}@amman.example.org").ToList();
        using var organiser = await hub.Browser(People.Claire);
        using var sent = await organiser.PostForm(WebinarPages.Page, "/webinars/new", WebinarPages.Filled("send", ("Input.Capacity", $"{seats}"), ("Invite.People", string.Join('\n', emails))));
        var webinar = Guid.Parse(sent.Headers.Location!.ToString().Split('/')[2]);
        await Eventually.True(async () => await hub.Scalar<long>("select count(*) from emails where state = 'sent' and kind = 'invitation' and about ->> 'webinarId' = $1", webinar.ToString()) == count, "everybody is asked", 30);
        var mails = await hub.MailsAbout(webinar);
        var people = new List<AskedPerson>();
        foreach (var (email, n) in emails.Select((email, n) => (email, n)))
        {
            people.Add(await Prepare(hub, webinar, email, n, await hub.Eml(mails.Single(mail => mail.To == email).Id)));
        }
        return new(world, webinar, (await hub.Present(webinar)).Uid, people);
    }

    /// <summary>Gives an answer so often at the same moment.</summary>
    public Task Answer(AskedPerson person, string answer, int sequence, int times = 1) =>
        Task.WhenAll(Enumerable.Range(0, times).Select(time => person.Browser is { } browser ? Press(person, browser, answer) : Reply(person, answer, sequence, time)));

    /// <summary>What a calendar sent comes again: as it was, on another way, and written anew by a careless server.</summary>
    public Task Replay(AskedPerson person) =>
        Task.WhenAll(person.Sent.ToList().SelectMany(mail => new[] { mail, [.. "Received: by again.example.org\r\n"u8, .. mail], Anew(mail) }).Select(mail => Deliver(person, mail)));

    /// <summary>Until every mail that came in is worked off and every mail that goes out is settled.</summary>
    public Task Settled() => Eventually.True(async () => !await Hub.Scalar<bool>("""
        select exists (select 1 from inbound_mails where state = 'waiting') or exists (select 1 from emails where state in ('queued', 'sending'))
        """), "all mails are settled", 60);

    private static async Task Press(AskedPerson person, HttpClient browser, string answer)
    {
        using var pressed = await browser.Send(HttpMethod.Post, person.Action, Forms.Content([("answer", answer), .. person.Fields]));
        Assert.Equal(HttpStatusCode.Redirect, pressed.StatusCode);
    }

    /// <summary>The first time it is a mail of its own, later the same on another way, then written anew.</summary>
    private Task Reply(AskedPerson person, string answer, int sequence, int time)
    {
        var calendar = ReplySamples.Answer(person.Calendar, uid, person.Email, answer.ToUpperInvariant(), sequence, Hub.Now());
        if (time == 0)
        {
            person.Sent.Add(Replies.Mixed(calendar, person.Email));
        }
        return Deliver(person, time switch { 0 => person.Sent[^1], 1 => [.. "Received: by again.example.org\r\n"u8, .. person.Sent[^1]], _ => Anew(person.Sent[^1]) });
    }

    private static byte[] Anew(byte[] mail) => Encoding.UTF8.GetBytes(Regex.Replace(Encoding.UTF8.GetString(mail), "Message-ID: <[^>]+>", $"Message-ID: <{Guid.NewGuid()}@again.example.org>", RegexOptions.NonBacktracking));

    private async Task Deliver(AskedPerson person, byte[] mail)
    {
        using var answer = await world.Deliver(mail, person.Rsvp);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    private static async Task<AskedPerson> Prepare(TestHub hub, Guid webinar, string email, int number, byte[] mail)
    {
        var (page, calendar) = ($"/webinars/{webinar}", ReplySamples.Answers[number / 3 % ReplySamples.Answers.Count]);
        switch (number % 3)
        {
            case 0:
                var browser = await hub.Browser(email);
                return new(email, page) { Browser = browser, Fields = [("__RequestVerificationToken", await browser.FormToken(page))] };
            case 1:
                return new(email, "/invitations/" + Regex.Match(SignIns.Text(mail), "/invitations/([A-Za-z0-9_-]+)", RegexOptions.NonBacktracking).Groups[1].Value) { Browser = hub.BrowserWith(null) };
            default:
                return new(email, "") { Calendar = calendar, Rsvp = Regex.Match(Encoding.ASCII.GetString(mail), "rsvp\\+[a-z0-9]+@reply.example.org", RegexOptions.NonBacktracking).Value };
        }
    }
}

/// <summary>One of them, with the way in which they answer.</summary>
internal sealed record AskedPerson(string Email, string Action)
{
    /// <summary>Null: a calendar answers.</summary>
    public HttpClient? Browser { get; init; }
    public (string Name, string Value)[] Fields { get; init; } = [];

    /// <summary>The sample after which the calendar writes.</summary>
    public string Calendar { get; init; } = "";
    public string Rsvp { get; init; } = "";

    /// <summary>The calendar's mails so far.</summary>
    public List<byte[]> Sent { get; } = [];
}
