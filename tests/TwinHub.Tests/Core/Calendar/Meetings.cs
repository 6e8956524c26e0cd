using System.Text;
using TwinHub.Core.Calendar;

namespace TwinHub.Tests.Core.Calendar;

/// <summary>A webinar as an event, and its written form looked at without the hub's own reader.</summary>
internal static class Meetings
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>An invitation to a webinar of one and a half hours.</summary>
    public static CalendarEvent Webinar { get; } = new()
    {
        Uid = "5f2c9f52d1b84f6c@hub.example.org",
        Sequence = 0,
        Stamp = new(2026, 9, 1, 7, 30, 15, TimeSpan.Zero),
        Start = new(2026, 10, 6, 10, 0, 0, TimeSpan.FromHours(3)),
        End = new(2026, 10, 6, 11, 30, 0, TimeSpan.FromHours(3)),
        Summary = "[HMLN Webinar] Twinning Arrangements",
        Description = "Take stock of the groups' work.",
        Location = "https://meet.example.org/twinning",
        Url = new("https://hub.example.org/webinars/5f2c9f52"),
        Organizer = new("rsvp+k3v9x2m7q4t8w1z5b6n0c2d4@reply.example.org", "Maya Haddad"),
        Attendee = new("rana.khoury@tripoli.example.org", "Rana Khoury"),
    };

    public static byte[] Request(CalendarEvent meeting) => new CalendarWriter().Invitation(CalendarMethod.Request, meeting);

    public static byte[] Cancel(CalendarEvent meeting) => new CalendarWriter().Invitation(CalendarMethod.Cancel, meeting);

    public static byte[] Feed(params CalendarEvent[] meetings) => new CalendarWriter().Feed("Webinars", meetings);

    /// <summary>The lines as they travel, each decoded by itself: a character cut by a fold throws.</summary>
    public static string[] Folded(byte[] bytes)
    {
        var lines = new List<string>();
        var rest = bytes.AsSpan();
        while (rest.IndexOf("\r\n"u8) is var end and >= 0)
        {
            lines.Add(Strict.GetString(rest[..end]));
            rest = rest[(end + 2)..];
        }
        Xunit.Assert.True(rest.IsEmpty);
        return [.. lines];
    }

    public static string[] Lines(byte[] bytes) => Strict.GetString(bytes).Replace("\r\n ", "", StringComparison.Ordinal)[..^2].Split("\r\n");

    /// <summary>What stands after the name (and parameters) of the one line that begins so.</summary>
    public static string Line(byte[] bytes, string name) =>
        Xunit.Assert.Single(Lines(bytes), line => line.StartsWith(name + ":", StringComparison.Ordinal) || line.StartsWith(name + ";", StringComparison.Ordinal))[name.Length..];
}
