namespace TwinHub.Core.Calendar;

/// <summary>Why an object cannot be used. The first eight are limits (<see cref="CalendarLimits"/>).</summary>
public enum CalendarFault
{
    TooLarge, TooManyLines, LineTooLong, TooManyProperties, TooManyParameters, TooManyComponents, TooDeep, TooManyAttendees,

    /// <summary>There is no VCALENDAR in it.</summary>
    NotACalendar,

    /// <summary>It breaks off before its END: an answer that may have lost its second half is no answer.</summary>
    Truncated,

    /// <summary>A calendar of something else: tasks, free and busy times.</summary>
    NoEvent,

    /// <summary>The event does not say which one it is.</summary>
    NoUid,
}

/// <summary>What was found in an object, or why nothing was: exactly one of the two.</summary>
public sealed record CalendarReading
{
    private CalendarReading() { }

    public CalendarMessage? Message { get; private init; }
    public CalendarFault? Fault { get; private init; }

    public static implicit operator CalendarReading(CalendarMessage message) => new() { Message = message };
    public static implicit operator CalendarReading(CalendarFault fault) => new() { Fault = fault };
}

/// <summary>A calendar message as its sender wrote it. Nothing in it is proven; texts are cut and free of control characters.</summary>
public sealed record CalendarMessage
{
    /// <summary>METHOD of the object, which beats the mail part's parameter; null when the object has none.</summary>
    public required CalendarMethod? Method { get; init; }

    public required string Uid { get; init; }

    /// <summary>0 when absent or not a number (RFC 5545, 3.8.7.4).</summary>
    public required int Sequence { get; init; }

    /// <summary>DTSTAMP; null when absent or without a zone.</summary>
    public required DateTimeOffset? Stamp { get; init; }

    public required IReadOnlyList<CalendarAnswer> Attendees { get; init; }

    /// <summary>The organiser's address in lower case; Exchange Online leaves it out of replies.</summary>
    public required string? Organizer { get; init; }

    /// <summary>Null when absent, or when no zone gives the time a meaning ("floating", RFC 5545, 3.3.5).</summary>
    public required DateTimeOffset? Start { get; init; }

    /// <summary>DTEND, or the start and DURATION.</summary>
    public required DateTimeOffset? End { get; init; }

    /// <summary>What the sender wrote beside the answer: COMMENT and X-RESPONSE-COMMENT, one below the other.</summary>
    public required string? Comment { get; init; }

    /// <summary>Clients put "Accepted: …" before it in their user's language: for show only.</summary>
    public required string? Summary { get; init; }

    public required string? Description { get; init; }
    public required string? Location { get; init; }
    public required Uri? Url { get; init; }

    /// <summary>STATUS:CANCELLED.</summary>
    public required bool Cancelled { get; init; }

    /// <summary>How many VEVENTs the object has; the others are exceptions of a series or of no interest.</summary>
    public required int Events { get; init; }

    /// <summary>The event read is one occurrence of a series (RECURRENCE-ID), because the object has no master.</summary>
    public required bool IsOccurrence { get; init; }
}

/// <summary>One ATTENDEE.</summary>
/// <param name="Address">A mail address in lower case.</param>
/// <param name="Name">CN, or null.</param>
/// <param name="Status">The answer.</param>
/// <param name="DelegatedTo">To whom this person handed the invitation (RFC 5545, 3.2.5), the first address when several; or null.</param>
/// <param name="DelegatedFrom">Whose invitation this person got (RFC 5545, 3.2.4); or null.</param>
public sealed record CalendarAnswer(string Address, string? Name, ParticipationStatus Status, string? DelegatedTo, string? DelegatedFrom);
