using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using TwinHub.Core.Text;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Pages.Webinars;

/// <summary>
/// A webinar moved across changes of clocks, from the organiser's form to the delivered mails: the promised wall time stays,
/// and each invitee reads their own. What is right says Python's zone database; the mails are read by Python too.
/// </summary>
public sealed class ClockChangeTests(OrganiserHub fixture) : IClassFixture<OrganiserHub>
{
    /// <summary>Zones with and without summer time, of which Beirut, Gaza and Paris change on days of their own.</summary>
    private static readonly (string Zone, string Language)[] Places =
    [
        ("Europe/Istanbul", "tr"), ("Asia/Beirut", "ar"), ("Asia/Gaza", "ar"), ("Asia/Baghdad", "ar"), ("Asia/Amman", "ar"), ("Europe/Paris", "fr"), ("America/Bogota", "en"),
    ];

    /// <summary>Winter, summer, between Gaza's and Paris's change of clocks, winter again.</summary>
    private static readonly string[] Days = ["2028-03-14", "2028-04-11", "2028-10-28", "2028-11-07"];

    private TestHub Hub => fixture.Hub;

    [Theory]
    [InlineData("Europe/Istanbul", "10:00")]
    [InlineData("Asia/Beirut", "10:00")]
    [InlineData("Asia/Gaza", "09:30")]
    [InlineData("Asia/Baghdad", "01:15")]
    [InlineData("Asia/Amman", "23:30")]
    [InlineData("Europe/Paris", "10:00")]
    [InlineData("America/Bogota", "20:00")]
    public async Task A_move_across_a_change_of_clocks_keeps_the_wall_time_and_everybody_reads_their_own(string zone, string time)
    {
        var right = await RightTimes(zone, time);
        using var organiser = await Hub.Browser(People.Claire);
        var webinar = await Create(organiser, zone, time);
        await Arrived(webinar, 1);
        for (var step = 1; step < Days.Length; step++)
        {
            await Move(organiser, webinar, zone, time, step);
            await Arrived(webinar, step + 1);
            var present = await Hub.Present(webinar);
            Assert.Equal(($"{Days[step]} {time}", zone), (present.StartsLocal.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture), present.TimeZone));
        }
        var mails = await Mails(webinar);
        for (var i = 0; i < mails.Count; i++)
        {
            var (step, number) = Math.DivRem(i, Places.Length);
            var (mail, local) = (mails[i], right[step].Local[number]);
            Says(mail, Places[number].Zone, Places[number].Language, local, zone, $"{Days[step]} {time}");
            var calendar = mail["calendar"]!;
            Assert.Equal((right[step].Utc, local, step), ((string?)calendar["start"], (string?)calendar["starts"]![number], (int)calendar["sequence"]!));
        }
    }

    /// <summary>The reader's time with its date, and the promised one beside it, in both texts of the mail.</summary>
    private static void Says(JsonNode mail, string own, string language, string local, string zone, string promised)
    {
        var words = Texts.Shared.For(language);
        var moment = words.Say("webinar-mail.moment", ("date", words.LongDate(Read(local).Day)), ("time", words.ClockIn(Read(local).Time, own)));
        string[] said = own == zone ? [moment] : [moment, words.ClockIn(Read(promised).Time, zone)];
        Assert.All(new[] { (string)mail["plain"]!, WebUtility.HtmlDecode((string)mail["html"]!) }, text => Assert.All(said, one => Assert.Contains(one, text, StringComparison.Ordinal)));
    }

    private static async Task<(string[] Local, string Utc)[]> RightTimes(string zone, string time)
    {
        var cases = Days.Select(day => new { wall = $"{day}T{time}", zone, zones = Places.Select(place => place.Zone).Append("UTC") });
        var script = Path.Combine(OtherReader.Root, "tests/TwinHub.Tests/Web/Pages/Webinars/local_times.py");
        return [.. (await OtherReader.Answer(OtherReader.Python, [script], cases)).Select(one => one!.AsArray().Select(local => (string)local!).ToArray())
            .Select(local => (local[..^1], local[^1].Replace(' ', 'T') + ":00Z"))];
    }

    private async Task<Guid> Create(HttpClient organiser, string zone, string time)
    {
        var emails = Places.Select((_, number) => Email(zone, number)).ToArray();
        await Hub.Execute("""
            with p as (insert into people (id, email, name, language, time_zone, created_at)
                       select gen_random_uuid(), email, 'Somebody', language, zone, now() from unnest($1, $2, $3) as n(email, language, zone) returning id)
            insert into organisation_people select (select o.id from organisations o join networks n on n.id = o.network_id where n.slug = 'hmln' order by o.id limit 1), id, now() from p
            """, emails, Places.Select(place => place.Language).ToArray(), Places.Select(place => place.Zone).ToArray());
        using var sent = await organiser.PostForm(WebinarPages.Page, "/webinars/new", Fields("send", zone, time, 0, ("Invite.People", string.Join('\n', emails))));
        Assert.Equal(HttpStatusCode.Redirect, sent.StatusCode);
        return Guid.Parse(sent.Headers.Location!.ToString().Split('/')[2]);
    }

    private static async Task Move(HttpClient organiser, Guid webinar, string zone, string time, int step)
    {
        var edit = $"/webinars/{webinar}/edit";
        using var moved = await organiser.PostForm(edit, edit, Fields("save", zone, time, step, ("Version", $"{step + 1}")));
        Assert.Equal(HttpStatusCode.Redirect, moved.StatusCode);
    }

    private static (string, string)[] Fields(string act, string zone, string time, int step, params (string, string)[] more) =>
        WebinarPages.Filled(act, [("Input.Day", Days[step]), ("Input.Time", time), ("Input.TimeZone", zone), .. more]);

    private Task Arrived(Guid webinar, int times) =>
        Eventually.True(async () => (await Hub.MailsAbout(webinar)).Count == Places.Length * times, "everybody is told");

    /// <summary>What Python reads in the mails: those of each day together, in the order of the places.</summary>
    private async Task<IReadOnlyList<JsonNode>> Mails(Guid webinar)
    {
        var asked = new List<object>();
        foreach (var mail in (await Hub.MailsAbout(webinar)).Chunk(Places.Length).SelectMany(day => day.OrderBy(mail => mail.To, StringComparer.Ordinal)))
        {
            asked.Add(new { mail = Convert.ToBase64String(await Hub.Eml(mail.Id)), zones = Places.Select(place => place.Zone) });
        }
        var script = Path.Combine(OtherReader.Root, "tests/TwinHub.Tests/Core/Webinars/read_mails.py");
        return [.. (await OtherReader.Answer(OtherReader.Python, [script], asked)).Select(one => one!)];
    }

    private static string Email(string zone, int number) => $"{zone.Split('/')[1].ToLowerInvariant()}{number}@amman.example.org";

    private static (DateOnly Day, TimeOnly Time) Read(string local)
    {
        var at = DateTime.ParseExact(local, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
        return (DateOnly.FromDateTime(at), TimeOnly.FromDateTime(at));
    }
}
