using System.Globalization;
using TwinHub.Core.Calendar;
using TwinHub.Core.Webinars.Dates;
using Xunit;

namespace TwinHub.Tests.Core.Webinars.Dates;

public sealed class DateMomentTests
{
    private static readonly string[] Zones = ["Europe/Istanbul", "Asia/Beirut", "Asia/Gaza", "Asia/Baghdad", "Asia/Amman", "Europe/Paris", "America/Bogota"];

    /// <summary>Ten in Paris before and after the clocks change there, in Lebanon and in Palestine; elsewhere they stay as they are.</summary>
    [Theory]
    [InlineData("2026-10-20T10:00", "11:00 11:00 11:00 11:00 11:00 10:00 03:00")]
    [InlineData("2026-11-03T10:00", "12:00 11:00 11:00 12:00 12:00 10:00 04:00")]
    [InlineData("2027-03-23T10:00", "12:00 11:00 11:00 12:00 12:00 10:00 04:00")]
    [InlineData("2027-03-30T10:00", "11:00 11:00 11:00 11:00 11:00 10:00 03:00")]
    public void A_date_beyond_a_change_of_the_clocks_shows_each_ones_own_hour(string paris, string hours)
    {
        var at = ZonedTime.Instant(DateTime.Parse(paris, CultureInfo.InvariantCulture), TimeZoneInfo.FindSystemTimeZoneById("Europe/Paris"));
        Assert.Equal(hours, string.Join(' ', Zones.Select(zone => DateMoment.Of(at, 90, zone, null).Hour.ToString("HH:mm", CultureInfo.InvariantCulture))));
    }

    [Fact]
    public void A_late_hour_is_the_next_day_in_the_east()
    {
        var moment = DateMoment.Of(new(2026, 11, 3, 22, 30, 0, TimeSpan.Zero), 60, "Asia/Baghdad", "IQ");
        Assert.Equal((new DateOnly(2026, 11, 4), new TimeOnly(1, 30)), (moment.Day, moment.Hour));
    }

    [Theory]
    [InlineData("07:59", 60, "early")]
    [InlineData("08:00", 60, "")]
    [InlineData("18:30", 90, "")]
    [InlineData("18:31", 90, "late")]
    [InlineData("23:30", 60, "late")]
    [InlineData("00:30", 60, "early")]
    public void Before_eight_is_early_and_past_eight_in_the_evening_is_late(string start, int minutes, string what)
    {
        var moment = DateMoment.Of(new DateTimeOffset(new DateTime(2026, 11, 3) + TimeSpan.Parse(start, CultureInfo.InvariantCulture), TimeSpan.Zero), minutes, "UTC", null);
        Assert.Equal((what == "early", what == "late", what.Length > 0), (moment.IsEarly, moment.IsLate, moment.IsNight));
    }

    [Theory]
    [InlineData("2026-11-06", "JO", true)]
    [InlineData("2026-11-06", "TR", false)]
    [InlineData("2026-11-07", "JO", true)]
    [InlineData("2026-11-08", "JO", false)]
    [InlineData("2026-11-08", "LB", true)]
    [InlineData("2026-11-08", null, true)]
    public void The_weekend_is_that_of_the_persons_country(string day, string? country, bool isWeekend) =>
        Assert.Equal(isWeekend, DateMoment.Of(new(DateTime.Parse(day, CultureInfo.InvariantCulture).AddHours(9), TimeSpan.Zero), 60, "Asia/Amman", country).IsWeekend);

    [Fact]
    public void A_public_holiday_is_kept_on_the_persons_own_day()
    {
        // Late on the 28th in Paris is the 29th, Republic Day, in Türkiye.
        var at = new DateTimeOffset(2026, 10, 28, 22, 0, 0, TimeSpan.Zero);
        Assert.Equal("Republic Day", Assert.Single(DateMoment.Of(at, 60, "Europe/Istanbul", "TR").Holidays).Names.In("en"));
        Assert.Empty(DateMoment.Of(at, 60, "Europe/Paris", "TR").Holidays);
        Assert.Empty(DateMoment.Of(at, 60, "Europe/Istanbul", null).Holidays);
    }
}
