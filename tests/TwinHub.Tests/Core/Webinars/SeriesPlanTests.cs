using System.Globalization;
using TwinHub.Core.Webinars;
using Xunit;

namespace TwinHub.Tests.Core.Webinars;

public sealed class SeriesPlanTests
{
    [Theory]
    [InlineData("weekly", "2027-03-23", "2027-03-23 2027-03-30 2027-04-06")]
    [InlineData("fortnightly", "2026-12-22", "2026-12-22 2027-01-05 2027-01-19")]
    [InlineData("monthly-weekday", "2027-01-05", "2027-01-05 2027-02-02 2027-03-02")]
    [InlineData("monthly-weekday", "2027-03-30", "2027-03-30 2027-04-27 2027-05-25")]
    [InlineData("monthly-weekday", "2026-11-26", "2026-11-26 2026-12-24 2027-01-28")]
    [InlineData("monthly-day", "2027-01-31", "2027-01-31 2027-02-28 2027-03-31")]
    public void A_series_keeps_its_day_and_hour(string pattern, string first, string expected)
    {
        var dates = new SeriesPlan(pattern, 3).Dates(DateTime.Parse(first, CultureInfo.InvariantCulture).AddHours(10)).ToList();
        Assert.Equal(expected, string.Join(' ', dates.Select(date => date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))));
        Assert.All(dates, date => Assert.Equal(new TimeSpan(10, 0, 0), date.TimeOfDay));
    }

    [Theory]
    [InlineData("weekly", 1, false)]
    [InlineData("weekly", 2, true)]
    [InlineData("monthly-day", 24, true)]
    [InlineData("monthly-day", 25, false)]
    [InlineData("daily", 5, false)]
    public void Two_to_twenty_four_of_a_known_pattern(string pattern, int times, bool fine) => Assert.Equal(fine, new SeriesPlan(pattern, times).Fault is null);
}
