using System.Text;
using TwinHub.Core.Calendar;
using Xunit;

namespace TwinHub.Tests.Core.Calendar;

/// <summary>One line at a time: what senders get wrong, or do otherwise than RFC 5545 would.</summary>
[Trait("culture", "any")]
public sealed class CalendarLeniencyTests
{
    [Theory]
    [InlineData(":mailto:rana@example.org", "rana@example.org")]
    [InlineData(":MAILTO:Rana@Example.org", "rana@example.org")]
    [InlineData(":MailTo: rana@example.org ", "rana@example.org")]
    [InlineData(":rana@example.org", "rana@example.org")]
    [InlineData(":mailto:<rana@example.org>", "rana@example.org")]
    [InlineData(":mailto:mailto:rana@example.org", "rana@example.org")]
    [InlineData(":mailto:rana%2Bhub%40example.org", "rana+hub@example.org")]
    [InlineData(":mailto:rana@example.org?subject=Accepted", "rana@example.org")]
    [InlineData(";SENT-BY=mailto:office@example.org:mailto:rana@example.org", "rana@example.org")]
    [InlineData(";CN=Khoury, Rana:mailto:rana@example.org", "rana@example.org")]
    [InlineData(";CN=\"Rana;PARTSTAT=ACCEPTED:mailto:rana@example.org", "rana@example.org")]
    [InlineData(";CN=\"mailto:eve@example.org\":mailto:rana@example.org", "rana@example.org")]
    [InlineData(";EMAIL=eve@example.org:mailto:rana@example.org", "rana@example.org")]
    [InlineData(";EMAIL=\"rana@example.org\":urn:uuid:5f2c9f52", "rana@example.org")]
    [InlineData(";EMAIL=rana@example.org:invalid:nomail", "rana@example.org")]
    [InlineData(";;=;X:mailto:rana@example.org", "rana@example.org")]
    public void An_address_is_found(string attendee, string address) =>
        Assert.Equal(address, Assert.Single(Read("ATTENDEE" + attendee).Attendees).Address);

    [Theory]
    [InlineData(":invalid:nomail")]
    [InlineData(":/principals/users/rana@example.org/")]
    [InlineData(":mailto:")]
    [InlineData(":mailto:@example.org")]
    [InlineData(":mailto:rana@")]
    [InlineData(":mailto:rana@example.org%0ARCPT")]
    [InlineData(":mailto:rana@example.org,eve@example.org")]
    [InlineData(":mailto:rana%")]
    [InlineData("")]
    public void What_is_no_single_address_is_nobodys(string attendee) => Assert.Empty(Read("ATTENDEE" + attendee).Attendees);

    [Theory]
    [InlineData("CN=Rana Khoury", "Rana Khoury")]
    [InlineData("CN=\"Khoury, Rana: the mayor\"", "Khoury, Rana: the mayor")]
    [InlineData("CN=Khoury, Rana", "Khoury, Rana")]
    [InlineData("CN=Rana ^'Rano^' ^^ Khoury^x^", "Rana \"Rano\" ^ Khoury^x^")]
    [InlineData("CN=\"\"", null)]
    [InlineData("X=1", null)]
    public void A_name_is_read(string parameter, string? name) =>
        Assert.Equal(name, Assert.Single(Read($"ATTENDEE;{parameter}:mailto:rana@example.org").Attendees).Name);

    [Theory]
    [InlineData("item1.attendee;partstat=ACCEPTED:mailto:rana@example.org")]
    [InlineData("Attendee ; PartStat = Accepted :mailto:rana@example.org")]
    [InlineData("ATTENDEE;PARTSTAT=ACCEPTED;PARTSTAT=DECLINED:mailto:rana@example.org")]
    [InlineData("X-NOTHING\nBEGIN:X-BOX\nATTENDEE;PARTSTAT=DECLINED:mailto:eve@example.org\nEND:X-BOX\nEND:X-NEVER\nATTENDEE;PARTSTAT=ACCEPTED:mailto:rana@example.org")]
    public void Groups_blanks_doubles_and_unknown_components_do_no_harm(string lines) =>
        Assert.Equal(new("rana@example.org", null, ParticipationStatus.Accepted, null, null), Assert.Single(Read(lines).Attendees));

    [Theory]
    [InlineData(":20261006T070000Z", "07:00")]
    [InlineData(":20261006t0700z", "07:00")]
    [InlineData(";TZID=Europe/Istanbul:20261006T100000", "07:00")]
    [InlineData(";TZID=Turkey Standard Time:20261006T100000", "07:00")]
    [InlineData(";TZID=\"W. Europe Standard Time\":20261006T090000", "07:00")]
    [InlineData(";TZID=\"Central Standard Time (Mexico)\":20261006T010000", "07:00")]
    [InlineData(";TZID=/mozilla.org/20250101_1/America/Argentina/Buenos_Aires:20261006T040000", "07:00")]
    [InlineData(";TZID=\"tzone://Microsoft/Utc\":20261006T070000", "07:00")]
    [InlineData(";VALUE=DATE:20261006", null)]
    [InlineData(":20261006T070000", null)]
    [InlineData(";TZID=Atlantis:20261006T070000", null)]
    [InlineData(";TZID=/dev/zero:20261006T070000", null)]
    [InlineData(";TZID=../../../../etc/hostname:20261006T070000", null)]
    [InlineData(";TZID=Asia/./Amman:20261006T100000", null)]
    [InlineData(":00010101T000000Z", null)]
    [InlineData(":99991231T235959Z", null)]
    [InlineData(":tomorrow", null)]
    [InlineData(":", null)]
    public void A_start_is_an_instant_or_nothing(string written, string? utc) =>
        Assert.Equal(utc, Read("DTSTART" + written).Start?.UtcDateTime.ToString("HH:mm", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void A_floating_time_is_read_in_the_calendars_own_zone() => Assert.Equal(
        new DateTimeOffset(2026, 10, 6, 7, 0, 0, TimeSpan.Zero),
        Read("DTSTART:20261006T100000\nEND:VEVENT\nX-WR-TIMEZONE:Asia/Amman\nBEGIN:VEVENT\nRECURRENCE-ID:20261006T070000Z").Start);

    [Theory]
    [InlineData("20260328T235900", "2026-03-28 21:59")]
    [InlineData("20260329T003000", "2026-03-28 22:30")]
    [InlineData("20260329T013000", "2026-03-28 22:30")]
    [InlineData("20261024T233000", "2026-10-24 20:30")]
    [InlineData("20261025T003000", "2026-10-24 22:30")]
    [InlineData("16000101T000000", null)]
    public void A_zone_of_the_senders_own_making_gives_the_hours_of_the_zone_database(string local, string? utc)
    {
        var zone = "BEGIN:VTIMEZONE\nTZID:Ours\n"
            + "BEGIN:DAYLIGHT\nDTSTART:19930328T000000\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\nTZOFFSETFROM:+0200\nTZOFFSETTO:+0300\nEND:DAYLIGHT\n"
            + "BEGIN:STANDARD\nDTSTART:19991031T000000\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\nTZOFFSETFROM:+0300\nTZOFFSETTO:+0200\nEND:STANDARD\nEND:VTIMEZONE";

        var read = Read($"DTSTART;TZID=Ours:{local}\nEND:VEVENT\n{zone}\nBEGIN:VEVENT\nRECURRENCE-ID:20261006T070000Z").Start;

        Assert.Equal(utc, read?.UtcDateTime.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture));
        if (local.StartsWith("2026", StringComparison.Ordinal))
        {
            Assert.Equal(Read($"DTSTART;TZID=Asia/Beirut:{local}").Start, read);
        }
    }

    [Theory]
    [InlineData("PT45M", 45)]
    [InlineData("P1W", 7 * 24 * 60)]
    [InlineData("+P1DT2H30M", (26 * 60) + 30)]
    [InlineData("pt1h", 60)]
    [InlineData("-PT1H", null)]
    [InlineData("PT", null)]
    [InlineData("P", null)]
    [InlineData("++", null)]
    [InlineData("PT99999999999999999999H", null)]
    [InlineData("P9999999W", null)]
    [InlineData("PT30", null)]
    [InlineData("1H", null)]
    [InlineData("", null)]
    public void A_duration_ends_the_event_or_says_nothing(string written, int? minutes)
    {
        var message = Read($"DTSTART:20261006T070000Z\nDURATION:{written}");

        Assert.Equal(minutes, (message.End - message.Start)?.TotalMinutes);
    }

    [Fact]
    public void Bytes_that_are_not_UTF_8_are_read_as_Western_Windows_line_by_line()
    {
        var latin = Encoding.Latin1.GetBytes("\nATTENDEE;CN=Évelyne Roux:mailto:evelyne@example.org");
        var bytes = Lines("COMMENT:“Désolée” و شكراً", latin, [0x0A, .. "SUMMARY:"u8, 0x93, (byte)'O', (byte)'K', 0x94]);

        var message = new CalendarReader().Read(bytes).Message!;

        Assert.Equal("Évelyne Roux", Assert.Single(message.Attendees).Name);
        Assert.Equal("“Désolée” و شكراً", message.Comment);
        Assert.Equal("“OK”", message.Summary);
    }

    [Fact]
    public void A_fold_inside_a_character_is_undone_before_it_is_decoded()
    {
        byte[] cut = [0x0A, .. "SUMMARY:"u8, 0xD8, .. "\r\n "u8, 0xB4, .. "."u8];

        Assert.Equal("ش.", new CalendarReader().Read(Lines("", cut)).Message!.Summary);
    }

    [Theory]
    [InlineData("COMMENT:One\nCOMMENT:Two\nX-RESPONSE-COMMENT:Three", "One\nTwo\nThree")]
    [InlineData("COMMENT;LANGUAGE=en-US:\\n\\n", null)]
    [InlineData("COMMENT:Same\nATTENDEE;X-RESPONSE-COMMENT=Same:mailto:rana@example.org", "Same")]
    [InlineData("COMMENT:C:\\\\temp\\, a\\;b\\:c \\\"d\\\" \\x", "C:\\temp, a;b:c \"d\" \\x")]
    public void Comments_are_kept_as_text(string lines, string? comment) => Assert.Equal(comment, Read(lines).Comment);

    [Fact]
    public void A_long_text_is_cut_between_two_characters()
    {
        var comment = Read("COMMENT:x" + string.Concat(Enumerable.Repeat("🎉", CalendarLimits.Text))).Comment!;

        Assert.Equal(CalendarLimits.Text - 1, comment.Length);
        Assert.False(char.IsHighSurrogate(comment[^1]));
    }

    private static CalendarMessage Read(string lines)
    {
        var reading = new CalendarReader().Read(Lines(lines));
        Assert.Null(reading.Fault);
        return reading.Message!;
    }

    private static byte[] Lines(string lines, params byte[][] more) =>
    [
        .. Encoding.UTF8.GetBytes("BEGIN:VCALENDAR\nMETHOD:REPLY\nBEGIN:VEVENT\nUID:w1\n" + lines),
        .. more.SelectMany(bytes => bytes),
        .. "\nEND:VEVENT\nEND:VCALENDAR\n"u8,
    ];
}
