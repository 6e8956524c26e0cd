using System.Diagnostics;
using System.Text;
using TwinHub.Core.Calendar;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Calendar;

public sealed class CalendarFuzzTests
{
    private static readonly string[] Pieces =
    [
        "\r\n", "\n ", ":", ";", ",", "\"", "^", "^n", "\\", "\\n", "=", "%", "BEGIN:VEVENT\n", "END:VEVENT\n", "BEGIN:VTIMEZONE\n", "TZID:", "RRULE:FREQ=YEARLY;BYDAY=-9SU\n",
        "DTSTART;TZID=Ours:20261006T100000\n", "TZOFFSETTO:+1399\n", "ATTENDEE;PARTSTAT=", "mailto:", "\0", "\uFEFF", "🎉", "شبكة", "99999999999",
    ];

    /// <summary>Thousands of damaged replies: a reader that hangs on one stops the whole queue.</summary>
    [Fact]
    public void Whatever_is_done_to_a_reply_it_is_answered()
    {
        var random = Soak.Seed();
        var samples = ReplySamples.All.Select(ReplySamples.Bytes).ToList();
        var slowest = TimeSpan.Zero;
        for (var round = 0; round < Soak.Of(5_000, 1_000_000); round++)
        {
            var bytes = samples[random.Next(samples.Count)].ToList();
            for (var damage = random.Next(1, 8); damage > 0; damage--)
            {
                Damage(bytes, samples[random.Next(samples.Count)], random);
            }
            var clock = Stopwatch.StartNew();

            var reading = new CalendarReader().Read(bytes.ToArray());

            slowest = clock.Elapsed > slowest ? clock.Elapsed : slowest;
            Assert.True(reading.Message is null != reading.Fault is null);
            Assert.All(reading.Message?.Attendees ?? [], one => Assert.Contains('@', one.Address));
        }
        Assert.InRange(slowest, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void What_is_written_is_read_as_it_was()
    {
        var random = Soak.Seed();
        for (var round = 0; round < Soak.Of(1_000, 200_000); round++)
        {
            var meeting = RandomMeeting.Next(random);
            var method = random.Next(2) == 0 ? CalendarMethod.Request : CalendarMethod.Cancel;

            var read = new CalendarReader().Read(new CalendarWriter().Invitation(method, meeting)).Message!;

            Assert.Equal((method, method == CalendarMethod.Cancel, 1, false), (read.Method, read.Cancelled, read.Events, read.IsOccurrence));
            Assert.Equal((meeting.Uid, meeting.Sequence, meeting.Stamp, meeting.Start, meeting.End), (read.Uid, read.Sequence, read.Stamp, read.Start, read.End));
            Assert.Equal((meeting.Summary, meeting.Description, meeting.Location), (read.Summary ?? "", read.Description ?? "", read.Location ?? ""));
            Assert.Equal((meeting.Url, meeting.Organizer!.Address, null), (read.Url, read.Organizer, read.Comment));
            Assert.Equal(new(meeting.Attendee!.Address, meeting.Attendee.Name is { Length: > 0 } name ? name : null, meeting.Attendee.Status, null, null), Assert.Single(read.Attendees));
        }
    }

    private static void Damage(List<byte> bytes, byte[] other, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        var length = Math.Min(random.Next(40), bytes.Count - at);
        switch (random.Next(6))
        {
            case 0:
                bytes.RemoveRange(at, length);
                break;
            case 1:
                bytes.InsertRange(at, Encoding.UTF8.GetBytes(Pieces[random.Next(Pieces.Length)]));
                break;
            case 2:
                bytes.InsertRange(at, bytes.GetRange(at, length));
                break;
            case 3:
                bytes.InsertRange(at, other.Skip(random.Next(other.Length)).Take(300).ToArray());
                break;
            case 4 when at < bytes.Count:
                bytes[at] = (byte)random.Next(256);
                break;
            default:
                bytes.Insert(at, (byte)random.Next(256));
                break;
        }
    }
}
