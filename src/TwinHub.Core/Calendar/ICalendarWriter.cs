namespace TwinHub.Core.Calendar;

/// <summary>Writes iCalendar objects: UTF-8, lines of at most 75 octets that end in CRLF (RFC 5545, 3.1).</summary>
public interface ICalendarWriter
{
    /// <summary>
    /// The object one invitee gets (RFC 5546, 3.2.2 and 3.2.5): one VCALENDAR with one VEVENT. Only
    /// <see cref="CalendarMethod.Request"/> and <see cref="CalendarMethod.Cancel"/>; organiser and attendee must be there.
    /// </summary>
    byte[] Invitation(CalendarMethod method, CalendarEvent meeting);

    /// <summary>A calendar to subscribe to (METHOD:PUBLISH, RFC 5546, 3.2.1). No attendee is named in it.</summary>
    /// <param name="name">What the subscriber's calendar calls it.</param>
    /// <param name="events">Written in the order given.</param>
    byte[] Feed(string name, IEnumerable<CalendarEvent> events);
}
