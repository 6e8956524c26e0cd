using System.Globalization;

namespace TwinHub.Core.Calendar;

/// <inheritdoc/>
public sealed class CalendarReader : ICalendarReader
{
    public CalendarReading Read(ReadOnlySpan<byte> bytes)
    {
        var (lines, tooMuch) = CalendarBytes.Read(bytes);
        if (tooMuch is { } limit)
        {
            return limit;
        }
        var (root, broken) = ComponentParser.Parse(lines);
        if (broken is { } fault)
        {
            return fault;
        }
        var calendars = root.Children("VCALENDAR").ToList();
        return calendars.Count == 0 ? CalendarFault.NotACalendar
            : calendars.Find(calendar => calendar.Children("VEVENT").Any()) is { } calendar ? Event(calendar)
            : CalendarFault.NoEvent;
    }

    private static CalendarReading Event(Component calendar)
    {
        var events = calendar.Children("VEVENT").ToList();
        // A series comes as its master and its exceptions, in any order (RFC 5545, 3.8.4.4).
        var meeting = events.Find(candidate => candidate.First("RECURRENCE-ID") is null) ?? events[0];
        return Text(meeting, "UID") is { } uid ? Message(calendar, meeting, uid, events.Count) : CalendarFault.NoUid;
    }

    private static CalendarMessage Message(Component calendar, Component meeting, string uid, int events)
    {
        var moments = new CalendarMoments(calendar);
        var start = moments.Read(meeting.First("DTSTART"));
        return new CalendarMessage
        {
            Method = CalendarNames.Method(calendar.Value("METHOD")),
            Uid = uid,
            Sequence = Sequence(meeting.Value("SEQUENCE")),
            Stamp = moments.Read(meeting.First("DTSTAMP")),
            Attendees = [.. meeting.All("ATTENDEE").Select(Answer).OfType<CalendarAnswer>()],
            Organizer = meeting.First("ORGANIZER") is { } organizer ? Address(organizer) : null,
            Start = start,
            End = moments.Read(meeting.First("DTEND")) ?? CalendarMoments.After(start, meeting.Value("DURATION")),
            Comment = Comment(meeting),
            Summary = Text(meeting, "SUMMARY"),
            Description = Text(meeting, "DESCRIPTION"),
            Location = Text(meeting, "LOCATION"),
            Url = Uri.TryCreate(meeting.Value("URL"), UriKind.Absolute, out var url) ? url : null,
            Cancelled = "CANCELLED".Equals(meeting.Value("STATUS"), StringComparison.OrdinalIgnoreCase),
            Events = events,
            IsOccurrence = meeting.First("RECURRENCE-ID") is not null,
        };
    }

    private static int Sequence(string? value) =>
        long.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (int)Math.Min(number, int.MaxValue) : 0;

    /// <summary>An attendee who can be told by an address; calendars also name rooms and principals.</summary>
    private static CalendarAnswer? Answer(ContentLine line) => Address(line) is not { } address ? null : new(
        address,
        CalendarText.Kept(line.Parameter("CN"), CalendarLimits.Name),
        CalendarNames.Status(line.Parameter("PARTSTAT")),
        CalendarAddress.Read(line.FirstOf("DELEGATED-TO")),
        CalendarAddress.Read(line.FirstOf("DELEGATED-FROM")));

    /// <summary>The address itself, or the EMAIL beside a server's own name for the person (RFC 7986, 6.2).</summary>
    private static string? Address(ContentLine line) => CalendarAddress.Read(line.Value) ?? CalendarAddress.Read(line.Parameter("EMAIL"));

    /// <summary>Google and Apple put the comment into a parameter of the attendee, others into a property.</summary>
    private static string? Comment(Component meeting)
    {
        var properties = meeting.All("COMMENT").Concat(meeting.All("X-RESPONSE-COMMENT")).Select(line => CalendarText.Unescape(line.Value));
        var parameters = meeting.All("ATTENDEE").Select(line => line.Parameter("X-RESPONSE-COMMENT") ?? "");
        var comments = properties.Concat(parameters).Select(comment => comment.Trim()).Where(comment => comment.Length > 0);
        return CalendarText.Kept(string.Join('\n', comments.Distinct()), CalendarLimits.Text);
    }

    private static string? Text(Component meeting, string name) =>
        meeting.First(name) is { } line ? CalendarText.Kept(CalendarText.Unescape(line.Value), CalendarLimits.Text) : null;
}
