using System.Globalization;
using TwinHub.Core.Calendar;
using Xunit;

namespace TwinHub.Tests.Core.Calendar;

[Trait("culture", "any")]
public sealed class CalendarReaderTests
{
    private const string Usual = "2026-10-06 07:00+90min";
    private const string Organizer = "rsvp+abc123@reply.example.org";

    public static TheoryData<string, string> Samples => new()
    {
        { ReplySamples.OutlookDesktopAccepts, $"Reply 1 {Usual} to {Organizer}: deniz.yilmaz@gaziantep.example.org Accepted" },
        { ReplySamples.OutlookDesktopDelegates, $"Reply 0 {Usual} to {Organizer}: rana.khoury@tripoli.example.org Delegated > sami.nasser@tripoli.example.org, sami.nasser@tripoli.example.org NeedsAction < rana.khoury@tripoli.example.org" },
        { ReplySamples.OutlookDesktopCounters, $"Counter 1 2026-10-06 11:00+90min to {Organizer}: rana.khoury@tripoli.example.org Tentative \"Could we begin later?\nThe council meets, as ever, in the morning.\"" },
        { ReplySamples.ExchangeOnlineAccepts, $"Reply 1 {Usual}: rana.khoury@tripoli.example.org Accepted" },
        { ReplySamples.GmailDeclines, $"Reply 0 {Usual} to {Organizer}: layla.saad@irbid.example.org Declined \"On leave: back on Monday; sorry, \"all\"\"" },
        { ReplySamples.AppleCalendarIsTentative, $"Reply 0 {Usual} to {Organizer}: rana.khoury@tripoli.example.org Tentative" },
        { ReplySamples.ICloudAccepts, $"Reply 0 {Usual} to {Organizer}: omar.hamdan@gaza.example.org Accepted" },
        { ReplySamples.ThunderbirdAccepts, $"Reply 0 {Usual} to {Organizer}: deniz.yilmaz@gaziantep.example.org Accepted" },
        { ReplySamples.FastmailDeclines, $"Reply 1 {Usual} to {Organizer}: evelyne.roux@lyon.example.org Declined \"Désolée\"" },
        { ReplySamples.SogoAccepts, $"Reply 0 {Usual} to {Organizer}: rana.khoury@tripoli.example.org Accepted" },
        { ReplySamples.AskedForAgain, $"Refresh 0  to {Organizer}: rana.khoury@tripoli.example.org NeedsAction" },
        { ReplySamples.InviteeCancels, "Cancel 99 2026-10-06 07:00 to rana.khoury@tripoli.example.org: maya.haddad@network.example.org Other" },
    };

    [Theory, MemberData(nameof(Samples))]
    public void What_a_calendar_sends_is_read(string sample, string said)
    {
        var message = Read(sample);

        Assert.Equal(said, Said(message));
        Assert.Equal("w1@hub.example.org", message.Uid);
        Assert.Equal(new DateTimeOffset(2026, 9, 2, 6, 12, 5, TimeSpan.Zero), message.Stamp);
        Assert.Equal((1, false), (message.Events, message.IsOccurrence));
    }

    [Theory, MemberData(nameof(Samples))]
    public void Line_ends_folds_and_a_byte_order_mark_change_nothing(string sample, string said)
    {
        var lines = sample.ReplaceLineEndings("\n");
        string[] written = [lines, "\uFEFF" + lines, lines.Replace("\n ", "", StringComparison.Ordinal), lines.Replace("\n", "\r", StringComparison.Ordinal),
            lines.Replace("\n", "\r\r\n", StringComparison.Ordinal), lines.Replace("\n ", "\n\t", StringComparison.Ordinal), "\n\n" + lines + "\n-- \nSent by a list"];

        Assert.All(written, text => Assert.Equal(said, Said(Found(System.Text.Encoding.UTF8.GetBytes(text)))));
    }

    [Fact]
    public void Names_may_be_seen_and_texts_are_free_of_control_characters()
    {
        Assert.Equal("Évelyne Roux", Assert.Single(Read(ReplySamples.FastmailDeclines).Attendees).Name);
        Assert.Equal("تم القبول: Twinning Arrangements", Read(ReplySamples.ExchangeOnlineAccepts).Summary);
        Assert.Equal("ab\nc", Read(ReplySamples.SogoAccepts.Replace("class:PUBLIC", "SUMMARY:a\u0007b\\nc\u001b", StringComparison.Ordinal)).Summary);
    }

    [Fact]
    public void Of_a_series_the_master_is_read_and_of_exceptions_alone_the_first()
    {
        var series = Read(ReplySamples.SeriesWithAnException);
        var exception = Read(ReplySamples.SeriesWithAnException.Replace("RRULE", "RECURRENCE-ID;X-A=1", StringComparison.Ordinal));

        Assert.Equal(("The master", 2, 2, false), (series.Summary, series.Sequence, series.Events, series.IsOccurrence));
        Assert.Equal(("The exception", 4, 2, true), (exception.Summary, exception.Sequence, exception.Events, exception.IsOccurrence));
    }

    [Theory]
    [InlineData("Reply", CalendarMethod.Reply)]
    [InlineData(" reply ", CalendarMethod.Reply)]
    [InlineData("DECLINECOUNTER", CalendarMethod.DeclineCounter)]
    [InlineData("add", CalendarMethod.Add)]
    [InlineData("X-PING", CalendarMethod.Other)]
    [InlineData("", null)]
    public void The_method_is_read_in_any_case(string written, CalendarMethod? method) => Assert.Equal(
        method, Read(ReplySamples.AskedForAgain.Replace("METHOD:REFRESH", "METHOD:" + written, StringComparison.Ordinal)).Method);

    [Fact]
    public void Without_METHOD_there_is_none() =>
        Assert.Null(Read(ReplySamples.AskedForAgain.Replace("METHOD:REFRESH", "X-METHOD:REPLY", StringComparison.Ordinal)).Method);

    [Theory]
    [InlineData("DELEGATED", ParticipationStatus.Delegated)]
    [InlineData("\"ACCEPTED\"", ParticipationStatus.Accepted)]
    [InlineData("Tentative", ParticipationStatus.Tentative)]
    [InlineData("ACCEPTED!", ParticipationStatus.Other)]
    [InlineData("COMPLETED", ParticipationStatus.Other)]
    [InlineData("", ParticipationStatus.NeedsAction)]
    public void Only_the_known_answers_are_answers(string written, ParticipationStatus status) => Assert.Equal(
        status, Assert.Single(Read(ReplySamples.SogoAccepts.Replace("partstat=accepted", "PARTSTAT=" + written, StringComparison.Ordinal)).Attendees).Status);

    [Theory]
    [InlineData("3", 3)]
    [InlineData("-1", 0)]
    [InlineData("1.5", 0)]
    [InlineData("", 0)]
    [InlineData("99999999999", int.MaxValue)]
    [InlineData("99999999999999999999999", 0)]
    public void A_sequence_is_a_number_or_nothing(string written, int sequence) => Assert.Equal(
        sequence, Read(ReplySamples.SogoAccepts.Replace("class:PUBLIC", "SEQUENCE:" + written, StringComparison.Ordinal)).Sequence);

    private static CalendarMessage Read(string sample) => Found(ReplySamples.Bytes(sample));

    private static CalendarMessage Found(byte[] bytes)
    {
        var reading = new CalendarReader().Read(bytes);
        Assert.Null(reading.Fault);
        return reading.Message!;
    }

    /// <summary>The whole message in one line.</summary>
    private static string Said(CalendarMessage message)
    {
        var attendees = message.Attendees.Select(one => $"{one.Address} {one.Status}"
            + (one.DelegatedTo is null ? "" : $" > {one.DelegatedTo}") + (one.DelegatedFrom is null ? "" : $" < {one.DelegatedFrom}"));
        return string.Create(CultureInfo.InvariantCulture, $"{message.Method} {message.Sequence} {message.Start?.UtcDateTime:yyyy-MM-dd HH:mm}")
            + (message.End - message.Start is { } length ? string.Create(CultureInfo.InvariantCulture, $"+{length.TotalMinutes}min") : "")
            + (message.Organizer is null ? "" : $" to {message.Organizer}") + $": {string.Join(", ", attendees)}"
            + (message.Comment is null ? "" : $" \"{message.Comment}\"");
    }
}
