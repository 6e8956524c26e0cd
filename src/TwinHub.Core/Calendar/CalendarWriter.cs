namespace TwinHub.Core.Calendar;

/// <inheritdoc/>
public sealed class CalendarWriter : ICalendarWriter
{
    private const string Product = "-//TwinHub//TwinHub//EN";

    /// <summary>How often a subscriber looks again: often enough for a webinar moved on its own day.</summary>
    private const string Refresh = "PT1H";

    public byte[] Invitation(CalendarMethod method, CalendarEvent meeting)
    {
        if (method is not (CalendarMethod.Request or CalendarMethod.Cancel))
        {
            throw new ArgumentOutOfRangeException(nameof(method), method, "An invitation asks or cancels.");
        }
        var organizer = meeting.Organizer ?? throw new ArgumentException("An invitation has an organiser.", nameof(meeting));
        var attendee = meeting.Attendee ?? throw new ArgumentException("An invitation has an attendee.", nameof(meeting));
        var lines = Open(method);
        Event(lines, meeting, method == CalendarMethod.Cancel, () =>
        {
            Organizer(lines, organizer);
            Attendee(lines, attendee);
            lines.Line("TRANSP", "OPAQUE");
            // Outlook offers "propose new time" otherwise, and its proposals could only be shown (MS-OXCICAL, X-MICROSOFT-DISALLOW-COUNTER).
            lines.Line("X-MICROSOFT-DISALLOW-COUNTER", "TRUE");
        });
        return Close(lines);
    }

    public byte[] Feed(string name, IEnumerable<CalendarEvent> events)
    {
        var lines = Open(CalendarMethod.Publish);
        lines.Text("NAME", name);
        lines.Text("X-WR-CALNAME", name);
        lines.Line("REFRESH-INTERVAL;VALUE=DURATION", Refresh);
        lines.Line("X-PUBLISHED-TTL", Refresh);
        foreach (var meeting in events)
        {
            Event(lines, meeting, meeting.Cancelled, () =>
            {
                if (meeting.Organizer is { } organizer)
                {
                    Organizer(lines, organizer);
                }
                // A reader that does not know STATUS must not show the hour as taken.
                lines.Line("TRANSP", meeting.Cancelled ? "TRANSPARENT" : "OPAQUE");
            });
        }
        return Close(lines);
    }

    private static ContentLineWriter Open(CalendarMethod method)
    {
        var lines = new ContentLineWriter();
        lines.Line("BEGIN", "VCALENDAR");
        lines.Line("PRODID", Product);
        lines.Line("VERSION", "2.0");
        lines.Line("CALSCALE", "GREGORIAN");
        lines.Line("METHOD", CalendarNames.Wire(method));
        return lines;
    }

    private static void Event(ContentLineWriter lines, CalendarEvent meeting, bool cancelled, Action who)
    {
        Check(meeting);
        lines.Line("BEGIN", "VEVENT");
        lines.Text("UID", meeting.Uid);
        lines.Line("SEQUENCE", FormattableString.Invariant($"{meeting.Sequence}"));
        lines.Instant("DTSTAMP", meeting.Stamp);
        lines.Instant("DTSTART", meeting.Start);
        lines.Instant("DTEND", meeting.End);
        lines.Text("SUMMARY", meeting.Summary);
        lines.Text("DESCRIPTION", meeting.Description);
        lines.Text("LOCATION", meeting.Location);
        if (meeting.Url is { } url)
        {
            lines.Line("URL", url.AbsoluteUri);
        }
        lines.Line("STATUS", cancelled ? "CANCELLED" : "CONFIRMED");
        who();
        lines.Line("END", "VEVENT");
    }

    private static void Organizer(ContentLineWriter lines, CalendarPerson organizer) =>
        lines.Address("ORGANIZER", organizer.Address, ("CN", organizer.Name));

    private static void Attendee(ContentLineWriter lines, CalendarAttendee attendee) => lines.Address(
        "ATTENDEE", attendee.Address,
        ("CUTYPE", "INDIVIDUAL"), ("ROLE", "REQ-PARTICIPANT"), ("PARTSTAT", CalendarNames.Wire(attendee.Status)),
        ("RSVP", attendee.Rsvp ? "TRUE" : "FALSE"), ("CN", attendee.Name));

    private static byte[] Close(ContentLineWriter lines)
    {
        lines.Line("END", "VCALENDAR");
        return lines.ToArray();
    }

    /// <summary>What no caller may ask for, whatever people typed.</summary>
    private static void Check(CalendarEvent meeting)
    {
        if (meeting.Uid.Length is 0 or > CalendarLimits.Name || meeting.Uid.Any(c => c is <= ' ' or > '~'))
        {
            throw new ArgumentException("A UID has 1 to 254 printable ASCII characters.", nameof(meeting));
        }
        ArgumentOutOfRangeException.ThrowIfNegative(meeting.Sequence);
        if (string.CompareOrdinal(CalendarMoments.Write(meeting.Start), CalendarMoments.Write(meeting.End)) >= 0)
        {
            throw new ArgumentException("An event ends after it starts.", nameof(meeting));
        }
    }
}
