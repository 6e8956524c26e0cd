namespace TwinHub.Core.Calendar;

/// <summary>What is read at most. A reply has a kilobyte and forty lines; each limit leaves room for the largest honest object seen.</summary>
public static class CalendarLimits
{
    /// <summary>Octets of an object: Outlook may attach a picture inline. Asked before anything is looked at.</summary>
    public const int Bytes = 1024 * 1024;

    /// <summary>Lines as sent, folds included: <see cref="Bytes"/> at 75 octets a line, and some shorter ones.</summary>
    public const int Lines = 20_000;

    /// <summary>Octets of one unfolded line: an HTML description (X-ALT-DESC) is one line.</summary>
    public const int LineBytes = 256 * 1024;

    /// <summary>Unfolded lines: a VTIMEZONE with every Ramadan of Gaza until 2086 has some two thousand.</summary>
    public const int Properties = 5_000;

    /// <summary>Parameters of one property: clients write ten.</summary>
    public const int Parameters = 50;

    /// <summary>Components in all: each change of a zone's clock is one.</summary>
    public const int Components = 1_000;

    /// <summary>Nesting: VCALENDAR, VEVENT, VALARM is three.</summary>
    public const int Depth = 8;

    /// <summary>Attendees of one object: our own have one; who forwards elsewhere may name a house.</summary>
    public const int Attendees = 500;

    /// <summary>Characters kept of a text: as many as a message in a discussion may have.</summary>
    public const int Text = 10_000;

    /// <summary>Characters of a name, an identifier or an address: RFC 5321 ends addresses at 254.</summary>
    public const int Name = 254;
}
