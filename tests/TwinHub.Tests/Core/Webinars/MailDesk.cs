using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using TwinHub.Core;
using TwinHub.Core.Calendar;
using TwinHub.Core.Mail;
using TwinHub.Core.Networks;
using TwinHub.Core.People;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Support;
using TwinHub.Web.Emails;

namespace TwinHub.Tests.Core.Webinars;

/// <summary>Writes the mails of one webinar, and lets Python read them.</summary>
internal sealed class MailDesk
{
    public const string BaseUrl = "https://twinhub.example.org";
    public const string First = "<01999999-0000-7000-8000-00000000000f@hub.example.org>";

    /// <summary>A moment in the hub's time to the second: what DTSTAMP and Date must say.</summary>
    public static readonly DateTimeOffset Now = new(2025, 2, 3, 4, 5, 6, TimeSpan.Zero);

    private static readonly string Script = Path.Combine(OtherReader.Root, "tests/TwinHub.Tests/Core/Webinars/read_mails.py");

    private readonly LetterRenderer _renderer = new(new ServiceCollection().BuildServiceProvider(), NullLoggerFactory.Instance);

    public MailOptions Options { get; init; } = new() { From = "hub@hub.example.org", ReplyDomain = "answers.example.org" };
    public string Title { get; init; } = "Twinning Arrangements";
    public string Context { get; init; } = "Since 2019 cities work together.\nWhat holds next year?";
    public IReadOnlyList<string> Aims { get; init; } = ["Take stock of the groups’ work", "Plan; share, support"];
    public string? JoinUrl { get; init; } = "https://meet.example.org/twinning?a=1,2;b=3";
    public string Organiser { get; init; } = "Claire Fabre";
    public string OrganiserZone { get; init; } = "Europe/Istanbul";
    public string Invitee { get; init; } = "Rana Khoury";

    public WebinarLetters Letters => new(new(Options, TimeProvider.System), new(new CalendarWriter(), new(new At(Now))), new() { BaseUrl = BaseUrl });

    public Webinar Webinar(string starts, string zone) => new(Guid.CreateVersion7(), Guid.CreateVersion7(), "hub.example.org", Plan(starts, zone), Now);

    public WebinarPlan Plan(string starts, string zone) => new(
        Title, DateTime.Parse(starts, System.Globalization.CultureInfo.InvariantCulture), zone, 90, "Virtual", JoinUrl, Context, Aims, "Members of twinning groups", 50);

    /// <summary>What a mail to one invitee is about, after what happened to the invitation.</summary>
    public WebinarMail About(Webinar webinar, string language, string zone, Action<Invitation>? happened = null, bool guest = false, string email = "rana.khoury@example.org")
    {
        var invitation = new Invitation(webinar.Id, Guid.CreateVersion7(), null, Options.ReplyDomain.Length > 0 ? "abcdefghijklmnopqrstuvwxyz" : null, 0, Now);
        happened?.Invoke(invitation);
        var invitee = guest ? Person.GuestOf(Guid.CreateVersion7(), email, Invitee, language, zone, Now) : new Person(email, Invitee, language, zone, Now);
        var network = new Network("hmln", "hosts", "HMLN", LocalizedText.Same("Host Municipalities Learning Network"), "Europe/Paris", Now);
        return new(webinar, network, new("claire.fabre@example.org", Organiser, "fr", OrganiserZone, Now), invitee, invitation, 3, $"{BaseUrl}/invitations/TOKEN-{language}", First);
    }

    /// <summary>The bytes as the outbox makes them.</summary>
    public async Task<byte[]> Bytes(Letter letter) =>
        MimeMessage.Make(letter.From ?? new(Options.From, Options.FromName), $"<{Guid.CreateVersion7()}@hub.example.org>", Now, letter, await _renderer.Render(letter));

    /// <summary>What Python finds in each mail; local times of the calendar are told in each of the zones.</summary>
    public async Task<IReadOnlyList<JsonNode>> Read(IReadOnlyList<Letter> letters, params string[] zones)
    {
        var asked = new List<object>(letters.Count);
        foreach (var letter in letters)
        {
            asked.Add(new { mail = Convert.ToBase64String(await Bytes(letter)), zones });
        }
        return [.. (await OtherReader.Answer(OtherReader.Python, [Script], asked)).Select(found => found!)];
    }

    private sealed class At(DateTimeOffset now) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => now;
    }
}
