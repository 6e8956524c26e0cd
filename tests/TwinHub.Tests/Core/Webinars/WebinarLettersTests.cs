using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using TwinHub.Core.Mail;
using TwinHub.Core.Text;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Webinars;

/// <summary>The mails about webinars as independent readers see them: Python's email package, python3-icalendar and ical.js.</summary>
public sealed class WebinarLettersTests
{
    private const string Rsvp = "rsvp+abcdefghijklmnopqrstuvwxyz@answers.example.org";
    private const string Title = "[HMLN Webinar] Twinning Arrangements";

    private static readonly MailDesk Desk = new();
    private static readonly string[] Zones = ["Europe/Paris", "Europe/Istanbul", "Asia/Amman", "Asia/Beirut", "Asia/Baghdad", "Asia/Hebron", "UTC"];

    /// <summary>Every letter: its kind, its method, and what has happened to the invitation by then.</summary>
    private static readonly (string Kind, string? Method, string Status, Action<Invitation> Happened, Func<WebinarMail, Letter> Write)[] Kinds =
    [
        ("invitation", "REQUEST", "NEEDS-ACTION", _ => { }, mail => Desk.Letters.Request(mail)),
        ("update", "REQUEST", "NEEDS-ACTION", invitation => { Take(invitation, "accepted"); invitation.Moved(3); }, mail => Desk.Letters.Moved(mail)),
        ("update", "REQUEST", "ACCEPTED", invitation => Take(invitation, "accepted"), mail => Desk.Letters.Changed(mail)),
        ("update", "REQUEST", "DECLINED", invitation => Take(invitation, "declined"), mail => Desk.Letters.Changed(mail)),
        ("update", "REQUEST", "TENTATIVE", invitation => Take(invitation, "tentative"), mail => Desk.Letters.Changed(mail)),
        ("update", "REQUEST", "TENTATIVE", invitation => Take(invitation, "waiting"), mail => Desk.Letters.Changed(mail)),
        ("cancellation", "CANCEL", "ACCEPTED", invitation => Take(invitation, "accepted"), mail => Desk.Letters.Cancelled(mail)),
        ("cancellation", "CANCEL", "NEEDS-ACTION", invitation => { Take(invitation, "accepted"); invitation.Remove(MailDesk.Now); }, mail => Desk.Letters.Cancelled(mail)),
        ("waiting-list", null, "", invitation => Take(invitation, "waiting"), mail => Desk.Letters.Waiting(mail)),
        ("waiting-list", null, "", invitation => Take(invitation, "accepted"), mail => Desk.Letters.Promoted(mail)),
        ("webinar-reminder", null, "", _ => { }, mail => Remind(mail, "7d")),
        ("webinar-reminder", null, "", invitation => Take(invitation, "accepted"), mail => Remind(mail, "1d")),
        ("webinar-reminder", null, "", invitation => Take(invitation, "waiting"), mail => Remind(mail, "1h")),
    ];

    [Fact]
    public async Task Every_letter_keeps_the_rules_in_every_language_and_zone_around_the_changes_of_the_clock()
    {
        // The last day before Paris changes its clock, at an hour that is another day in the east, and the first after;
        // each language in each zone at one of the two.
        var cases = (from start in new[] { "2025-03-29T22:30", "2025-10-26T10:00" }.Index()
                     from zone in Zones.Index()
                     from language in Languages.All.Index()
                     where (start.Index + zone.Index + language.Index) % 2 == 0
                     from kind in Kinds
                     let webinar = Desk.Webinar(start.Item, "Europe/Paris")
                     let mail = Desk.About(webinar, language.Item, zone.Item, kind.Happened)
                     select (kind, webinar, mail, letter: kind.Write(mail))).ToList();
        foreach (var some in cases.GroupBy(one => one.mail.Invitee.TimeZone))
        {
            var found = await Desk.Read([.. some.Select(one => one.letter)], some.Key, "Europe/Istanbul");
            Assert.All(some.Zip(found), pair => Keeps(pair.First.kind.Method, pair.First.kind.Status, pair.First.mail, pair.First.letter, pair.Second));
        }
    }

    [Fact]
    public async Task Ical_js_finds_the_same_event()
    {
        var letters = (from zone in Zones
                       from language in Languages.All
                       from kind in Kinds.Where(kind => kind.Method is not null)
                       select (zone, letter: kind.Write(Desk.About(Desk.Webinar("2025-03-30T10:00", "Europe/Paris"), language, zone, kind.Happened)))).ToList();

        var found = await OtherReader.Answer("node", [Path.Combine(OtherReader.Root, "tests/TwinHub.Tests/Core/Calendar/check.mjs"), OtherReader.IcalJs],
            letters.Select(one => new { calendar = Convert.ToBase64String(one.letter.Calendar!.Content), one.zone }));

        Assert.All(letters.Zip(found), pair =>
        {
            var ((zone, letter), read) = (pair.First, pair.Second!["events"]![0]!);
            Assert.Equal(letter.Calendar!.Method, (string?)pair.Second["method"]);
            Assert.Equal((Title, "2025-03-30T08:00:00Z", "2025-03-30T09:30:00Z"), ((string?)read["summary"], (string?)read["start"], (string?)read["end"]));
            Assert.Contains(Moment((string)read["local"]!, zone, letter.Words), letter.Plain(), StringComparison.Ordinal);
            Assert.Equal("mailto:" + Rsvp, (string?)read["organizer"]![0]!["address"]);
            Assert.Equal("mailto:rana.khoury@example.org", (string?)Assert.Single(read["attendee"]!.AsArray())!["address"]);
        });
    }

    /// <summary>10:00 in Paris on the Friday before its clock changes and on the Monday after, by hand.</summary>
    [Theory]
    [InlineData("Europe/Paris", "10:00 Paris time", "10:00 Paris time")]
    [InlineData("Europe/Istanbul", "12:00 Istanbul time", "11:00 Istanbul time")]
    [InlineData("Asia/Amman", "12:00 Amman time", "11:00 Amman time")]
    [InlineData("Asia/Beirut", "11:00 Beirut time", "11:00 Beirut time")]
    [InlineData("Asia/Baghdad", "12:00 Baghdad time", "11:00 Baghdad time")]
    [InlineData("Asia/Hebron", "11:00 Palestine time", "10:00 Palestine time")]
    [InlineData("Asia/Gaza", "11:00 Palestine time", "10:00 Palestine time")]
    [InlineData("America/Bogota", "04:00 Bogotá time", "03:00 Bogotá time")]
    [InlineData("UTC", "09:00 UTC time", "08:00 UTC time")]
    public void A_move_across_a_change_of_the_clock_keeps_the_wall_time_and_tells_each_invitee_their_own(string zone, string before, string after)
    {
        var webinar = Desk.Webinar("2025-03-28T10:00", "Europe/Paris");
        var first = Desk.Letters.Request(Desk.About(webinar, "en", zone)).Plain();
        Assert.True(webinar.Change(Desk.Plan("2025-03-31T10:00", "Europe/Paris")));
        var second = Desk.Letters.Moved(Desk.About(webinar, "en", zone)).Plain();

        Assert.Contains($"Friday 28 March 2025, {before}", first, StringComparison.Ordinal);
        Assert.Contains($"Monday 31 March 2025, {after}", second, StringComparison.Ordinal);
        Assert.Contains("12:00 Istanbul time, the same day", first, StringComparison.Ordinal);
        Assert.Contains("11:00 Istanbul time, the same day", second, StringComparison.Ordinal);
        Assert.DoesNotContain("28 March", second, StringComparison.Ordinal);
        Assert.Equal(zone == "Europe/Paris" ? 0 : 1, second.Split("Time as planned: \u206810:00 Paris time, the same day").Length - 1);
    }

    [Theory]
    [InlineData("2025-06-10T23:30", "America/Bogota", "Asia/Amman", "Wednesday 11 June 2025, 07:30 Amman time", "Tuesday 10 June 2025, 23:30 Bogotá time (the day before)", "09:00 Amman time (90 minutes)")]
    [InlineData("2025-06-10T00:30", "Asia/Amman", "America/Bogota", "Monday 9 June 2025, 16:30 Bogotá time", "Tuesday 10 June 2025, 00:30 Amman time (the day after)", "18:00 Bogotá time (90 minutes)")]
    [InlineData("2025-06-10T23:00", "UTC", "UTC", "Tuesday 10 June 2025, 23:00 UTC time", "23:00 UTC time, the same day", "Wednesday 11 June 2025, 00:30 UTC time (90 minutes)")]
    public void Another_day_at_the_organisers_and_an_end_after_midnight_are_said(string starts, string organiser, string invitee, string yours, string theirs, string end)
    {
        var desk = new MailDesk { OrganiserZone = organiser };
        var plain = desk.Letters.Request(desk.About(desk.Webinar(starts, organiser), "en", invitee)).Plain();
        Assert.All(new[] { yours, theirs, end }, line => Assert.Contains($"\u2068{line}\u2069\n", plain, StringComparison.Ordinal));
    }

    /// <summary>What people may call themselves and their webinars.</summary>
    public static TheoryData<string> Hostile => new()
    {
        "x\r\nBcc: eve@example.org", "x\r\n\r\n<script>alert(1)</script>", "x\nATTENDEE:mailto:eve@example.org", "\"Eve\" <eve@example.org>, a:b;c", "; , \\ ^ \" =",
        "=?utf-8?B?ZXZl?=", new string('x', 300), string.Concat(Enumerable.Repeat("طرابلس ", 43)), string.Concat(Enumerable.Repeat("👩‍👧‍👦🇱🇧", 30)), "END:VCALENDAR\r\nBEGIN:VEVENT", "{organiser} {0} %s",
    };

    [Theory, MemberData(nameof(Hostile))]
    public async Task What_people_typed_adds_no_header_no_recipient_and_no_line(string typed)
    {
        var desk = new MailDesk { Title = typed, Organiser = typed, Invitee = typed, Context = typed, Aims = [typed] };
        var webinar = desk.Webinar("2025-03-30T10:00", "Europe/Paris");
        Letter[] letters = [.. Languages.All.SelectMany(language => new[] { desk.Letters.Request(desk.About(webinar, language, "Asia/Amman")), desk.Letters.Cancelled(desk.About(webinar, language, "Asia/Amman")) })];

        foreach (var found in await desk.Read(letters, "Asia/Amman"))
        {
            Assert.Empty(found["faults"]!.AsArray());
            Assert.Equal(Headers("References"), found["headers"]!.AsArray().Select(name => (string)name!));
            Assert.Equal("rana.khoury@example.org", (string?)Assert.Single(found["to"]!.AsArray())![1]);
            Assert.Equal(Rsvp, (string?)Assert.Single(found["from"]!.AsArray())![1]);
            var calendar = found["calendar"]!;
            Assert.Equal(["VCALENDAR", "VEVENT"], calendar["components"]!.AsArray().Select(name => (string)name!));
            Assert.Equal("rana.khoury@example.org", (string?)Assert.Single(calendar["attendee"]!.AsArray())!["address"]);
            Assert.Equal(Rsvp, (string?)Assert.Single(calendar["organizer"]!.AsArray())!["address"]);
            Assert.DoesNotContain("<script>", (string)found["html"]!, StringComparison.Ordinal);
            if (!typed.Any(char.IsControl))
            {
                Assert.Equal("[HMLN Webinar] " + typed, (string?)calendar["summary"]);
                Assert.Contains("[HMLN Webinar] " + typed, (string)found["subject"]!, StringComparison.Ordinal);
                // Python reads a blank between the encoded words of a name, where RFC 2047 (6.2) has none.
                Assert.Equal(typed.Replace(" ", "", StringComparison.Ordinal), ((string)found["to"]![0]![0]!).Replace(" ", "", StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public async Task A_guest_gets_what_people_wrote_without_links()
    {
        const string bait = "Pay at https://evil.example.org/x, HTTP://evil.example.org, www.evil.example.org or evil.example.org/y; write to eve@evil.example.org or mailto:eve@evil.example.org. The end.";
        var desk = new MailDesk { Title = bait, Context = bait, Aims = [bait], Organiser = bait, Invitee = bait };
        var webinar = desk.Webinar("2025-03-30T10:00", "Europe/Paris");
        WebinarMail To(bool guest) => desk.About(webinar, "en", "Asia/Amman", guest: guest);

        var found = await desk.Read([desk.Letters.Request(To(true)), desk.Letters.Request(To(false))], "Asia/Amman");

        Assert.All(new[] { found[0]["plain"], found[0]["html"], found[0]["subject"], found[0]["calendar"]!["description"], found[0]["calendar"]!["summary"] },
            text => Assert.DoesNotContain("evil.example", (string)text!, StringComparison.OrdinalIgnoreCase));
        Assert.Contains("The end.", (string)found[0]["plain"]!, StringComparison.Ordinal);
        Assert.Contains("https://evil.example.org/x", (string)found[1]["plain"]!, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"https://evil", (string)found[1]["html"]!, StringComparison.Ordinal);
        Assert.Contains(desk.JoinUrl!, (string)found[0]["plain"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_domain_for_answers_the_hubs_own_mailbox_writes_and_organises()
    {
        var desk = new MailDesk { Options = new() { From = "hub@hub.example.org" } };
        var letter = desk.Letters.Request(desk.About(desk.Webinar("2025-03-30T10:00", "Europe/Paris"), "fr", "Asia/Beirut"));

        var found = (await desk.Read([letter], "Asia/Beirut"))[0];

        Assert.Equal(["Claire Fabre", "hub@hub.example.org"], found["from"]![0]!.AsArray().Select(part => (string)part!));
        Assert.Equal("hub@hub.example.org", (string?)found["calendar"]!["organizer"]![0]!["address"]);
    }

    [Fact]
    public void Who_accepted_is_reminded_with_the_room_and_everybody_else_with_the_answers()
    {
        var webinar = Desk.Webinar("2025-03-30T10:00", "Europe/Paris");
        Letter To(string? response) => Remind(Desk.About(webinar, "en", "Asia/Amman", invitation => { if (response is not null) { Take(invitation, response); } }), "1d");

        Assert.Equal(("Join the webinar", "https://twinhub.example.org/room/x"), (To("accepted").Button!.Text, To("accepted").Button!.Url));
        Assert.Contains("https://meet.example.org/", To("accepted").Plain(), StringComparison.Ordinal);
        foreach (var other in new[] { null, "tentative", "waiting" })
        {
            Assert.DoesNotContain("/room/", To(other).Plain(), StringComparison.Ordinal);
            Assert.DoesNotContain("https://meet.example.org/", To(other).Plain(), StringComparison.Ordinal);
            Assert.StartsWith("https://twinhub.example.org/invitations/TOKEN-en", To(other).Button!.Url, StringComparison.Ordinal);
        }
    }

    private static void Keeps(string? method, string status, WebinarMail mail, Letter letter, JsonNode found)
    {
        Assert.Empty(found["faults"]!.AsArray());
        Assert.Equal(letter.Unsubscribe is null ? Headers("References") : Headers("References", "List-Unsubscribe", "List-Unsubscribe-Post"), found["headers"]!.AsArray().Select(name => (string)name!));
        Assert.Equal(["Rana Khoury", "rana.khoury@example.org"], Assert.Single(found["to"]!.AsArray())!.AsArray().Select(part => (string)part!));
        Assert.Equal(["Claire Fabre", Rsvp], Assert.Single(found["from"]!.AsArray())!.AsArray().Select(part => (string)part!));
        Assert.Equal((MailDesk.First, "auto-generated", "2025-02-03T04:05:06Z"), ((string?)found["references"], (string?)found["auto"], (string?)found["date"]));
        Assert.Equal(letter.Unsubscribe is null ? (null, null) : ("<https://twinhub.example.org/stop/x>", "List-Unsubscribe=One-Click"), ((string?)found["unsubscribe"], (string?)found["oneClick"]));
        Assert.Equal(["base64"], found["encodings"]!.AsArray().Select(name => (string)name!));
        Assert.Equal(method is null ? """["multipart/alternative",["text/plain","text/html"]]""" : """["multipart/mixed",[["multipart/alternative",["text/plain","text/html","text/calendar"]],"application/ics"]]""", found["structure"]!.ToJsonString());
        Assert.EndsWith(Title, (string)found["subject"]!, StringComparison.Ordinal);
        Says(mail, letter, (string)found["plain"]!, WebUtility.HtmlDecode((string)found["html"]!));
        if (method is not null)
        {
            Event(method, status, mail, letter, found);
        }
    }

    private static void Says(WebinarMail mail, Letter letter, string plain, string html)
    {
        var buttons = letter.Links.Prepend(letter.Button).OfType<LetterButton>().Concat(letter.Unsubscribe is { } stop ? [stop] : []).ToList();
        Assert.All(new[] { plain, html }, text =>
        {
            Assert.Contains(Title, text, StringComparison.Ordinal);
            Assert.All(buttons, button => Assert.True(text.Contains(button.Text, StringComparison.Ordinal) && text.Contains(button.Url, StringComparison.Ordinal), button.Text));
            Assert.DoesNotContain("claire.fabre@example.org", text, StringComparison.Ordinal);
        });
        Assert.DoesNotContain('\u2068', html);
        Assert.Contains($"<html lang=\"{mail.Invitee.Language}\" dir=\"{(mail.Invitee.Language == "ar" ? "rtl" : "ltr")}\">", html, StringComparison.Ordinal);
        if (letter.Kind is "invitation" or "update")
        {
            Assert.Equal(["accepted", "tentative", "declined"], buttons.Select(button => button.Url.Split("?answer=")[1]));
            Assert.All(new[] { plain, html }, text => Assert.Contains(mail.Webinar.JoinUrl!, text, StringComparison.Ordinal));
        }
    }

    private static void Event(string method, string status, WebinarMail mail, Letter letter, JsonNode found)
    {
        var calendar = found["calendar"]!;
        string Value(string name) => (string)calendar[name]!;
        var parameters = calendar["parameters"]!.AsObject().ToDictionary(pair => pair.Key, pair => (string)pair.Value!);
        Assert.Equal(new Dictionary<string, string> { ["charset"] = "UTF-8", ["method"] = method }, parameters);
        Assert.True((bool)calendar["sameBytes"]! && calendar["disposition"] is null && calendar["id"] is null && !(bool)calendar["methodInEvent"]!);
        Assert.Equal(("attachment", "invite.ics"), (Value("attached"), Value("file")));
        Assert.Equal((method, "2.0", "TRUE", "OPAQUE", method == "CANCEL" ? "CANCELLED" : "CONFIRMED"), (Value("method"), Value("version"), Value("counter"), Value("transparency"), Value("status")));
        Assert.Equal(["VCALENDAR", "VEVENT"], calendar["components"]!.AsArray().Select(name => (string)name!));
        Assert.Equal((mail.Webinar.Uid, 3, "2025-02-03T04:05:06Z", Title), (Value("uid"), (int)calendar["sequence"]!, Value("stamp"), Value("summary")));
        Assert.Equal((mail.Webinar.JoinUrl, $"{MailDesk.BaseUrl}/webinars/{mail.Webinar.Id}/room"), (Value("location"), Value("url")));
        Assert.Equal(mail.Webinar.StartsAt, DateTimeOffset.Parse(Value("start"), CultureInfo.InvariantCulture));
        Assert.Equal(mail.Webinar.EndsAt, DateTimeOffset.Parse(Value("end"), CultureInfo.InvariantCulture));
        Assert.Equal("""[{"address":"RSVP","cn":"Claire Fabre"}]""".Replace("RSVP", Rsvp, StringComparison.Ordinal), calendar["organizer"]!.ToJsonString().Replace("\\u002B", "+", StringComparison.Ordinal));
        Assert.Equal($$"""[{"address":"rana.khoury@example.org","cutype":"INDIVIDUAL","role":"REQ-PARTICIPANT","partstat":"{{status}}","rsvp":"TRUE","cn":"Rana Khoury"}]""", calendar["attendee"]!.ToJsonString());
        Assert.Contains(letter.Words["webinar-mail.only"], Value("description"), StringComparison.Ordinal);
        Assert.DoesNotContain("/invitations/", Value("description"), StringComparison.Ordinal);

        // Python's zone database says the hours, the letter's own words say them to the reader.
        var starts = calendar["starts"]!.AsArray().Select(at => (string)at!).ToList();
        var plain = (string)found["plain"]!;
        Assert.Contains(Moment(starts[0], mail.Invitee.TimeZone, letter.Words), plain, StringComparison.Ordinal);
        Assert.Contains(letter.Words.ClockIn(Read(starts[1]).Time, "Europe/Istanbul"), plain, StringComparison.Ordinal);
        Assert.Equal(Read(starts[0]).Day == Read(starts[1]).Day, plain.Contains(letter.Words.Say("webinar-mail.beside.same", ("time", letter.Words.ClockIn(Read(starts[1]).Time, "Europe/Istanbul"))), StringComparison.Ordinal));
        Assert.Contains(letter.Words.ClockIn(Read((string)calendar["ends"]![0]!).Time, mail.Invitee.TimeZone), plain, StringComparison.Ordinal);
    }

    private static string Moment(string local, string zone, Words words) =>
        words.Say("webinar-mail.moment", ("date", words.LongDate(Read(local).Day)), ("time", words.ClockIn(Read(local).Time, zone)));

    private static (DateOnly Day, TimeOnly Time) Read(string local)
    {
        var at = DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return (DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at));
    }

    private static string[] Headers(params string[] more) =>
        [.. new[] { "From", "To", "Subject", "Date", "Message-ID", "References", "Auto-Submitted", "List-Unsubscribe", "List-Unsubscribe-Post", "Content-Language", "MIME-Version", "Content-Type" }
            .Where(name => more.Contains(name) || name is not ("References" or "List-Unsubscribe" or "List-Unsubscribe-Post"))];

    private static void Take(Invitation invitation, string response) => invitation.Take(response, "page", MailDesk.Now);

    private static Letter Remind(WebinarMail mail, string step) => Desk.Letters.Reminder(mail, step, $"{MailDesk.BaseUrl}/room/x", $"{MailDesk.BaseUrl}/stop/x");
}
