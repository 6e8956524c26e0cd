namespace TwinHub.Core.Calendar;

/// <summary>One event as it is written into a calendar (VEVENT, RFC 5545, 3.6.1). Texts may hold anything a person typed.</summary>
public sealed record CalendarEvent
{
    /// <summary>Fixed for the event's life, unique in the world: 1 to 254 printable ASCII characters without blanks (RFC 5545, 3.8.4.7; RFC 7986, 5.3).</summary>
    public required string Uid { get; init; }

    /// <summary>From 0; rises with every move and every cancellation (RFC 5546, 2.1.4).</summary>
    public required int Sequence { get; init; }

    /// <summary>When this message was made (DTSTAMP), to the second.</summary>
    public required DateTimeOffset Stamp { get; init; }

    /// <summary>Written in UTC, to the second, so that no zone can be misread.</summary>
    public required DateTimeOffset Start { get; init; }

    /// <summary>At least a second after <see cref="Start"/> (RFC 5545, 3.8.2.2).</summary>
    public required DateTimeOffset End { get; init; }

    public required string Summary { get; init; }
    public string Description { get; init; } = "";
    public string Location { get; init; } = "";
    public Uri? Url { get; init; }
    public CalendarPerson? Organizer { get; init; }

    /// <summary>The one invitee a message is for: nobody else is named in it. A feed never names it.</summary>
    public CalendarAttendee? Attendee { get; init; }

    /// <summary>In a feed: the event stays in sight as cancelled. A message says it by its method.</summary>
    public bool Cancelled { get; init; }
}

/// <summary>The organiser: a plain mail address and the name calendars show.</summary>
public sealed record CalendarPerson(string Address, string Name);

/// <summary>An invitee with the answer known so far.</summary>
/// <param name="Address">A plain mail address.</param>
/// <param name="Name">The name calendars show; may be empty.</param>
/// <param name="Status">New or moved: <see cref="ParticipationStatus.NeedsAction"/>; a change of text keeps the answer given.</param>
/// <param name="Rsvp">Whether an answer is asked for.</param>
public sealed record CalendarAttendee(string Address, string Name, ParticipationStatus Status = ParticipationStatus.NeedsAction, bool Rsvp = true);
