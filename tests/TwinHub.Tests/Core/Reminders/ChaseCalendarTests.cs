using System.Globalization;
using TwinHub.Core.Calendar;
using TwinHub.Core.People;
using TwinHub.Core.Reminders;
using Xunit;

namespace TwinHub.Tests.Core.Reminders;

/// <summary>Nine in the morning where somebody is, around clock changes and on both sides of midnight.</summary>
public sealed class ChaseCalendarTests
{
    [Theory]
    // Clocks go forward on 28 March 2027 in Paris and Beirut, back on 31 October; Amman and Istanbul keep +3 all year.
    [InlineData("2027-03-27", "Europe/Paris", "2027-03-27T08:00:00Z"), InlineData("2027-03-28", "Europe/Paris", "2027-03-28T07:00:00Z"), InlineData("2027-10-30", "Europe/Paris", "2027-10-30T07:00:00Z"), InlineData("2027-10-31", "Europe/Paris", "2027-10-31T08:00:00Z")]
    [InlineData("2027-03-27", "Asia/Beirut", "2027-03-27T07:00:00Z"), InlineData("2027-03-29", "Asia/Beirut", "2027-03-29T06:00:00Z"), InlineData("2027-01-03", "Asia/Amman", "2027-01-03T06:00:00Z"), InlineData("2027-07-01", "Europe/Istanbul", "2027-07-01T06:00:00Z")]
    // Far east it is still the day before in UTC, far west nearly the next.
    [InlineData("2027-01-04", "Asia/Tokyo", "2027-01-04T00:00:00Z"), InlineData("2027-01-04", "Pacific/Auckland", "2027-01-03T20:00:00Z"), InlineData("2027-01-04", "Pacific/Kiritimati", "2027-01-03T19:00:00Z"), InlineData("2027-01-04", "Pacific/Honolulu", "2027-01-04T19:00:00Z"), InlineData("2028-02-29", "America/Montevideo", "2028-02-29T12:00:00Z")]
    public void Nine_in_the_morning_is_an_instant(string day, string zone, string expected)
    {
        var at = ChaseCalendar.At(DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture), Somebody(zone));

        Assert.Equal(Instant(expected), at);
        Assert.Equal((day, "09:00"), (ChaseCalendar.Local(at, Somebody(zone)).Day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), ChaseCalendar.Local(at, Somebody(zone)).Time.ToString("HH:mm", CultureInfo.InvariantCulture)));
    }

    [Theory]
    // Planned for Sunday 3 January 2027, a working day in Jordan; the weekend is Friday 8 and Saturday 9.
    [InlineData("2027-01-03T06:00:00Z", null), InlineData("2027-01-03T15:00:00Z", null), InlineData("2027-01-03T15:01:00Z", "2027-01-04T06:00:00Z"), InlineData("2027-01-03T20:59:00Z", "2027-01-04T06:00:00Z")]
    [InlineData("2027-01-03T21:01:00Z", "2027-01-04T06:00:00Z"), InlineData("2027-01-04T05:59:00Z", "2027-01-04T06:00:00Z"), InlineData("2027-01-04T10:00:00Z", null), InlineData("2027-01-07T15:30:00Z", "2027-01-10T06:00:00Z"), InlineData("2027-01-08T10:00:00Z", "2027-01-10T06:00:00Z")]
    public void What_was_missed_waits_for_working_hours(string now, string? until) =>
        Assert.Equal(until is null ? (DateTimeOffset?)null : Instant(until), ChaseCalendar.Wait(Instant(now), Instant("2027-01-03T06:00:00Z"), Somebody("Asia/Amman"), new WorkingDays("JO")));

    [Theory]
    [InlineData("2027-01-10T20:59:00Z", false), InlineData("2027-01-10T21:01:00Z", true)]
    public void After_seven_days_of_the_person_s_calendar_it_is_too_late(string now, bool late) =>
        Assert.Equal(late, ChaseCalendar.IsTooLate(Instant(now), Instant("2027-01-03T06:00:00Z"), Somebody("Asia/Amman")));

    private static Person Somebody(string zone) => new("somebody@example.org", "Somebody", "en", zone, DateTimeOffset.UnixEpoch);

    private static DateTimeOffset Instant(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
