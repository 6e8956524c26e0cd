using System.Diagnostics;
using System.Text;
using TwinHub.Core.Calendar;
using Xunit;

namespace TwinHub.Tests.Core.Calendar;

public sealed class CalendarFaultTests
{
    private const string Head = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:w1\n";
    private const string Tail = "END:VEVENT\nEND:VCALENDAR\n";

    /// <summary>A quadratic reader needs minutes for these, a linear one milliseconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData("", CalendarFault.NotACalendar)]
    [InlineData("Dear Maya, I shall come.", CalendarFault.NotACalendar)]
    [InlineData("BEGIN:VCARD\nEND:VCARD", CalendarFault.NotACalendar)]
    [InlineData("BEGIN:VCALENDAR\nMETHOD:REPLY\nEND:VCALENDAR", CalendarFault.NoEvent)]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:w1\nEND:VTODO\nEND:VCALENDAR", CalendarFault.NoEvent)]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VEVENT\nEND:VCALENDAR", CalendarFault.NoUid)]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID: \nEND:VEVENT\nEND:VCALENDAR", CalendarFault.NoUid)]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:w1\nATTENDEE;PARTSTAT=ACCEPTED:mailto:rana@example.org", CalendarFault.Truncated)]
    [InlineData("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:w1\nEND:VEVENT\nEND:VCAL", CalendarFault.Truncated)]
    public void What_is_no_message_says_why(string text, CalendarFault fault) => Assert.Equal(fault, Fault(text));

    public static TheoryData<string, int, CalendarFault> Limits => new()
    {
        { "X:1\n", CalendarLimits.Properties, CalendarFault.TooManyProperties },
        { "\n", CalendarLimits.Lines, CalendarFault.TooManyLines },
        { "X:1\n ", CalendarLimits.Lines, CalendarFault.TooManyLines },
        { "BEGIN:X\nEND:X\n", CalendarLimits.Components, CalendarFault.TooManyComponents },
        { "ATTENDEE:mailto:rana@example.org\n", CalendarLimits.Attendees + 1, CalendarFault.TooManyAttendees },
        { "BEGIN:X\n", CalendarLimits.Depth, CalendarFault.TooDeep },
        { $"X{string.Concat(Enumerable.Repeat(";A=1", CalendarLimits.Parameters + 1))}:1\n", 1, CalendarFault.TooManyParameters },
        { $"X:{new string('x', CalendarLimits.LineBytes)}\n", 1, CalendarFault.LineTooLong },
        { $"X:{new string('x', CalendarLimits.LineBytes - 10)}\n", 4, CalendarFault.TooLarge },
    };

    [Theory, MemberData(nameof(Limits))]
    public void Past_a_limit_nothing_is_read(string piece, int times, CalendarFault fault) =>
        Assert.Equal(fault, Fault(Head + string.Concat(Enumerable.Repeat(piece, times)) + Tail));

    [Fact]
    public void What_stays_within_the_limits_is_read()
    {
        var attendees = string.Concat(Enumerable.Repeat("ATTENDEE:mailto:rana@example.org\n", CalendarLimits.Attendees));
        var others = string.Concat(Enumerable.Repeat("BEGIN:X\nEND:X\n", CalendarLimits.Components - 2));

        Assert.Equal(CalendarLimits.Attendees, new CalendarReader().Read(Encoding.UTF8.GetBytes(Head + attendees + others + Tail)).Message!.Attendees.Count);
    }

    public static TheoryData<string> Floods =>
    [
        "\"", ":", ";", ",", "^", "^n", "\\", "\\n", "=", "%", "%4", "@", "\r", "\r\n ", "\n\t", "a", "é", "mailto:", ";CN=\"", "\0",
        "BEGIN:VEVENT\n", "END:VEVENT\n", "BEGIN:VEVENT\nEND:VEVENT\n", "BEGIN:VTIMEZONE\nTZID:Ours\nEND:VTIMEZONE\n", "RRULE:FREQ=YEARLY;", "DTSTART;TZID=A/", "ATTENDEE:mailto:a@b\n", "COMMENT:x\n",
    ];

    [Theory, MemberData(nameof(Floods))]
    public void A_flood_is_answered_in_time_and_memory_that_its_size_allows(string piece)
    {
        string[] before = ["", Head, Head + "ATTENDEE", Head + "ATTENDEE;CN=\"", Head + "ATTENDEE:mailto:", Head + "DTSTART;TZID=", Head + "COMMENT:"];
        var unit = Encoding.UTF8.GetBytes(piece);
        foreach (var size in new[] { CalendarLimits.LineBytes - 100, CalendarLimits.Bytes - 200 })
        {
            var flood = new byte[size / unit.Length * unit.Length];
            for (var at = 0; at < flood.Length; at += unit.Length)
            {
                unit.CopyTo(flood, at);
            }
            Assert.All(before, head => Answers([.. Encoding.UTF8.GetBytes(head), .. flood, .. Encoding.UTF8.GetBytes("\n" + Tail)]));
        }
    }

    private static void Answers(byte[] bytes)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();

        var reading = new CalendarReader().Read(bytes);

        Assert.True(reading.Message is null != reading.Fault is null);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, Patience);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 100L * CalendarLimits.Bytes);
    }

    private static CalendarFault? Fault(string text) => new CalendarReader().Read(Encoding.UTF8.GetBytes(text)).Fault;
}
