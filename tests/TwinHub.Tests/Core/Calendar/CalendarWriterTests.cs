using TwinHub.Core.Calendar;
using Xunit;

namespace TwinHub.Tests.Core.Calendar;

/// <summary>The numbers are those of the rules for calendar mail that concern the object itself.</summary>
[Trait("culture", "any")]
public sealed class CalendarWriterTests
{
    private static readonly CalendarEvent Webinar = Meetings.Webinar;
    private static readonly CalendarEvent Loud = Webinar with { Summary = "\u0007Tea,\r\n\tcake; \\ and \u001b[1m\u0085more", Description = new('ش', 500) };

    public static TheoryData<byte[]> Objects => [Meetings.Request(Webinar), Meetings.Request(Loud), Meetings.Cancel(Loud), Meetings.Feed(Webinar, Loud)];

    [Theory, MemberData(nameof(Objects))]
    public void Rule_7_lines_end_in_CRLF_have_75_octets_and_nothing_invisible(byte[] bytes)
    {
        Assert.Equal((byte)'B', bytes[0]);
        Assert.All(Meetings.Folded(bytes), line =>
        {
            Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(line), 1, 75);
            Assert.DoesNotContain(line, c => char.IsControl(c) && c != '\t');
            Assert.False(string.IsNullOrWhiteSpace(line));
        });
    }

    [Fact]
    public void Rule_8_a_text_escapes_backslash_semicolon_comma_and_line_end_and_nothing_else() => Assert.Equal(
        @":a\\b\; c\, d\n""e"": f\n\ng",
        Meetings.Line(Meetings.Request(Webinar with { Summary = "a\\b; c, d\r\n\"e\": f\n\rg" }), "SUMMARY"));

    [Theory]
    [InlineData("Rana Khoury", "Rana Khoury")]
    [InlineData("Khoury, Rana", "\"Khoury, Rana\"")]
    [InlineData("City: Tripoli; Port", "\"City: Tripoli; Port\"")]
    [InlineData("Rana \"Rano\" Khoury", "Rana ^'Rano^' Khoury")]
    [InlineData("Rana \"Rano\", Khoury", "\"Rana ^'Rano^', Khoury\"")]
    [InlineData("Up^Town\nHall", "Up^^Town^nHall")]
    [InlineData("Évelyne\u0000 \u001bÇelik", "Évelyne Çelik")]
    public void Rule_8_a_parameter_is_quoted_where_it_must_be(string name, string written) => Assert.Equal(
        $";CN={written}:mailto:maya@example.org",
        Meetings.Line(Meetings.Request(Webinar with { Organizer = new("maya@example.org", name) }), "ORGANIZER"));

    [Theory]
    [InlineData(CalendarMethod.Request, "REQUEST")]
    [InlineData(CalendarMethod.Cancel, "CANCEL")]
    public void Rule_9_there_is_one_calendar_with_one_method_and_one_event(CalendarMethod method, string written)
    {
        var lines = Meetings.Lines(new CalendarWriter().Invitation(method, Webinar));

        Assert.Equal(["BEGIN:VCALENDAR", "PRODID:-//TwinHub//TwinHub//EN", "VERSION:2.0", "CALSCALE:GREGORIAN", "METHOD:" + written, "BEGIN:VEVENT"], lines[..6]);
        Assert.Equal(["END:VEVENT", "END:VCALENDAR"], lines[^2..]);
        Assert.Equal(2, lines.Count(line => line.StartsWith("BEGIN", StringComparison.Ordinal)));
        Assert.Single(lines, line => line.StartsWith("METHOD", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("two words@example.org")]
    [InlineData("línea@example.org")]
    [InlineData("end\r\nMETHOD:CANCEL")]
    public void Rule_10_a_UID_that_calendars_could_misread_is_a_bug(string uid) =>
        Assert.Throws<ArgumentException>(() => Meetings.Request(Webinar with { Uid = uid }));

    [Fact]
    public void Rule_10_a_UID_stays_under_255_octets()
    {
        Assert.Equal(":" + new string('u', 254), Meetings.Line(Meetings.Request(Webinar with { Uid = new('u', 254) }), "UID"));
        Assert.Throws<ArgumentException>(() => Meetings.Request(Webinar with { Uid = new('u', 255) }));
    }

    [Fact]
    public void Rules_11_to_13_times_are_UTC_and_the_sequence_is_the_events()
    {
        var bytes = Meetings.Request(Webinar with { Sequence = 7, Stamp = new(2026, 9, 1, 10, 30, 15, 999, TimeSpan.FromHours(3)) });

        Assert.Equal(":20260901T073015Z", Meetings.Line(bytes, "DTSTAMP"));
        Assert.Equal(":20261006T070000Z", Meetings.Line(bytes, "DTSTART"));
        Assert.Equal(":20261006T083000Z", Meetings.Line(bytes, "DTEND"));
        Assert.Equal(":7", Meetings.Line(bytes, "SEQUENCE"));
        Assert.Throws<ArgumentOutOfRangeException>(() => Meetings.Request(Webinar with { Sequence = -1 }));
        Assert.Throws<ArgumentException>(() => Meetings.Request(Webinar with { End = Webinar.Start.AddMilliseconds(999) }));
    }

    [Theory, MemberData(nameof(Objects))]
    public void Rules_13_and_14_there_is_no_zone_no_duration_and_no_recurrence(byte[] bytes) =>
        Assert.DoesNotContain(Meetings.Lines(bytes), line => line.Contains("TZID", StringComparison.Ordinal)
            || new[] { "BEGIN:VTIMEZONE", "DURATION", "RRULE", "RDATE" }.Any(name => line.StartsWith(name, StringComparison.Ordinal)));

    [Fact]
    public void Rules_15_and_16_the_organiser_is_a_mailto_with_a_name() => Assert.Equal(
        ";CN=Maya Haddad:mailto:rsvp+k3v9x2m7q4t8w1z5b6n0c2d4@reply.example.org",
        Meetings.Line(Meetings.Request(Webinar), "ORGANIZER"));

    [Theory]
    [InlineData(ParticipationStatus.NeedsAction, "NEEDS-ACTION")]
    [InlineData(ParticipationStatus.Accepted, "ACCEPTED")]
    [InlineData(ParticipationStatus.Tentative, "TENTATIVE")]
    [InlineData(ParticipationStatus.Declined, "DECLINED")]
    public void Rule_17_the_attendee_carries_the_answer_given(ParticipationStatus status, string written) => Assert.Equal(
        $";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={written};RSVP=TRUE;CN=Rana Khoury:mailto:rana.khoury@tripoli.example.org",
        Meetings.Line(Meetings.Request(Webinar with { Attendee = Webinar.Attendee! with { Status = status } }), "ATTENDEE"));

    [Fact]
    public void Rule_17_a_nameless_attendee_has_no_name_and_an_odd_address_is_a_URI() => Assert.Equal(
        ";CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:o'neil+50%25%3Fx%26y@example.org",
        Meetings.Line(Meetings.Request(Webinar with { Attendee = new("o'neil+50%?x&y@example.org", "", Rsvp: false) }), "ATTENDEE"));

    [Fact]
    public void Rule_18_a_request_is_confirmed_busy_and_leads_to_the_room()
    {
        var bytes = Meetings.Request(Webinar);

        Assert.Equal(":CONFIRMED", Meetings.Line(bytes, "STATUS"));
        Assert.Equal(":OPAQUE", Meetings.Line(bytes, "TRANSP"));
        Assert.Equal(":[HMLN Webinar] Twinning Arrangements", Meetings.Line(bytes, "SUMMARY"));
        Assert.Equal(":https://meet.example.org/twinning", Meetings.Line(bytes, "LOCATION"));
        Assert.Equal(":https://hub.example.org/webinars/5f2c9f52", Meetings.Line(bytes, "URL"));
    }

    [Fact]
    public void Rule_19_a_cancellation_names_the_same_event_and_people()
    {
        var (asked, cancelled) = (Meetings.Request(Webinar), Meetings.Cancel(Webinar with { Sequence = 1 }));

        Assert.Equal(":CANCELLED", Meetings.Line(cancelled, "STATUS"));
        Assert.Equal(":1", Meetings.Line(cancelled, "SEQUENCE"));
        Assert.All(["UID", "ORGANIZER", "ATTENDEE", "DTSTART", "DTEND"], name => Assert.Equal(Meetings.Line(asked, name), Meetings.Line(cancelled, name)));
    }

    [Fact]
    public void Rule_20_no_counter_proposal_is_asked_for_and_no_other_extension_is_written()
    {
        var extensions = Meetings.Lines(Meetings.Request(Webinar)).Where(line => line.StartsWith("X-", StringComparison.Ordinal));

        Assert.Equal(["X-MICROSOFT-DISALLOW-COUNTER:TRUE"], extensions);
    }

    [Fact]
    public void What_is_absent_leaves_no_empty_line()
    {
        var names = Meetings.Lines(Meetings.Request(Webinar with { Description = "", Location = "\u0001", Url = null })).Select(line => line.Split(':', ';')[0]);

        Assert.Empty(names.Intersect(["DESCRIPTION", "LOCATION", "URL"]));
    }

    [Fact]
    public void An_invitation_without_its_people_or_with_another_method_is_a_bug()
    {
        Assert.Throws<ArgumentException>(() => Meetings.Request(Webinar with { Organizer = null }));
        Assert.Throws<ArgumentException>(() => Meetings.Request(Webinar with { Attendee = null }));
        Assert.Throws<ArgumentOutOfRangeException>(() => new CalendarWriter().Invitation(CalendarMethod.Publish, Webinar));
    }
}
