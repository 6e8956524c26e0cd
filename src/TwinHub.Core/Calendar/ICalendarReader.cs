namespace TwinHub.Core.Calendar;

/// <summary>Reads iCalendar objects that strangers sent.</summary>
public interface ICalendarReader
{
    /// <summary>
    /// The message in an object, or what is wrong with it. Any input is answered, in time proportional to its size; nothing
    /// is thrown. The bytes are those of the mail part after its transfer encoding is undone.
    /// </summary>
    CalendarReading Read(ReadOnlySpan<byte> bytes);
}
