using System.Globalization;
using TwinHub.Core.Calendar;
using TwinHub.Core.Reminders;
using Xunit;

namespace TwinHub.Tests.Core.Reminders;

/// <summary>On which days a chase speaks, computed by hand from the calendar.</summary>
public sealed class ChaseStepsTests
{
    [Theory]
    // 2026-Q4 opens on Friday 1 January 2027, a holiday, and is due on Sunday 31 January. Friday and Saturday are off in Amman.
    [InlineData("JO", "2027-01-01", "2027-01-31", "open 2027-01-03, -14 2027-01-17, -3 2027-01-28, +1 2027-02-01, +7 2027-02-07")]
    [InlineData("TR", "2027-01-01", "2027-01-31", "open 2027-01-04, -14 2027-01-15, -3 2027-01-28, +1 2027-02-01, +7 2027-02-08")]
    // 2026-Q3: Thursday 1 October, due Saturday 31 October. The +1 is a Sunday; 29 October is Republic Day in Türkiye, so -3 (Wednesday 28) stays.
    [InlineData("JO", "2026-10-01", "2026-10-31", "open 2026-10-01, -14 2026-10-15, -3 2026-10-28, +1 2026-11-01, +7 2026-11-08")]
    [InlineData("TR", "2026-10-01", "2026-10-31", "open 2026-10-01, -14 2026-10-16, -3 2026-10-28, +1 2026-11-02, +7 2026-11-09")]
    [InlineData("LB", "2026-10-01", "2026-10-31", "open 2026-10-01, -14 2026-10-16, -3 2026-10-28, +1 2026-11-02, +7 2026-11-09")]
    [InlineData("PS", "2026-10-01", "2026-10-31", "open 2026-10-01, -14 2026-10-15, -3 2026-10-28, +1 2026-11-01, +7 2026-11-08")]
    // 2027-Q1: Thursday 1 April, due Saturday 1 May. -14 is Saturday 17 April, -3 Wednesday 28, +1 Sunday 2 May.
    [InlineData("IQ", "2027-04-01", "2027-05-01", "open 2027-04-01, -14 2027-04-15, -3 2027-04-28, +1 2027-05-02, +7 2027-05-09")]
    [InlineData("DE", "2027-04-01", "2027-05-01", "open 2027-04-01, -14 2027-04-16, -3 2027-04-28, +1 2027-05-03, +7 2027-05-10")]
    // A leap year: Saturday 1 January 2028, due Monday 31 January; without a country only the weekend counts.
    [InlineData(null, "2028-01-01", "2028-01-31", "open 2028-01-03, -14 2028-01-17, -3 2028-01-28, +1 2028-02-01, +7 2028-02-07")]
    public void Steps_fall_on_working_days(string? country, string opens, string due, string expected) =>
        Assert.Equal(expected, Told(ChaseSteps.Default.Days(Day(opens), Day(due), new WorkingDays(country))));

    [Fact]
    public void A_step_that_would_fall_before_the_opening_is_dropped()
    {
        // Opens Monday 4 October 2027; 28 days before 1 November is that Monday, 29 before is Sunday 3.
        var steps = new ChaseSteps([29, 28], [1], 10);

        Assert.Equal("open 2027-10-04, -28 2027-10-04, +1 2027-11-02", Told(steps.Days(Day("2027-10-04"), Day("2027-11-01"), new WorkingDays(null))));
    }

    [Fact]
    public void A_day_the_network_knows_better_counts_before_the_list_of_holidays()
    {
        var known = new Dictionary<DateOnly, bool> { [Day("2027-01-03")] = true, [Day("2027-01-01")] = false };

        Assert.Equal("open 2027-01-04", Told(ChaseSteps.Default.Days(Day("2027-01-02"), Day("2027-01-31"), new WorkingDays("JO", known)).Take(1)));
        Assert.Equal("open 2027-01-01", Told(ChaseSteps.Default.Days(Day("2027-01-01"), Day("2027-01-31"), new WorkingDays("FR", known)).Take(1)));
    }

    [Theory]
    [InlineData("open", "-14"), InlineData("-14", "-3"), InlineData("-3", "+1"), InlineData("+1", "+7"), InlineData("open", "+21")]
    public void A_later_step_wins(string earlier, string later) => Assert.True(ChaseSteps.Order(earlier) < ChaseSteps.Order(later));

    private static string Told(IEnumerable<ChaseDay> days) => string.Join(", ", days.Select(day => $"{day.Step} {day.Day:yyyy-MM-dd}"));

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
