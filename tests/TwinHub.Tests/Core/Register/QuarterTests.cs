using System.Globalization;
using TwinHub.Core.Register;
using Xunit;

namespace TwinHub.Tests.Core.Register;

public sealed class QuarterTests
{
    [Theory]
    // Calendar years.
    [InlineData("2026-01-01", 1, "2026-Q1", "2026-01-01", "2026-04-01", "2026-05-01")]
    [InlineData("2026-03-31", 1, "2026-Q1", "2026-01-01", "2026-04-01", "2026-05-01")]
    [InlineData("2026-09-30", 1, "2026-Q3", "2026-07-01", "2026-10-01", "2026-10-31")]
    [InlineData("2026-12-31", 1, "2026-Q4", "2026-10-01", "2027-01-01", "2027-01-31")]
    [InlineData("2028-02-29", 1, "2028-Q1", "2028-01-01", "2028-04-01", "2028-05-01")]
    // A year from April on: January to March belongs to the year before.
    [InlineData("2027-01-01", 4, "2026-Q4", "2027-01-01", "2027-04-01", "2027-05-01")]
    [InlineData("2027-03-31", 4, "2026-Q4", "2027-01-01", "2027-04-01", "2027-05-01")]
    [InlineData("2027-04-01", 4, "2027-Q1", "2027-04-01", "2027-07-01", "2027-07-31")]
    // From July, from October, from December.
    [InlineData("2026-08-15", 7, "2026-Q1", "2026-07-01", "2026-10-01", "2026-10-31")]
    [InlineData("2026-06-30", 7, "2025-Q4", "2026-04-01", "2026-07-01", "2026-07-31")]
    [InlineData("2026-11-26", 10, "2026-Q1", "2026-10-01", "2027-01-01", "2027-01-31")]
    [InlineData("2026-09-30", 10, "2025-Q4", "2026-07-01", "2026-10-01", "2026-10-31")]
    [InlineData("2026-12-01", 12, "2026-Q1", "2026-12-01", "2027-03-01", "2027-03-31")]
    // A quarter that ends with February: its update opens on 1 March, in leap years too.
    [InlineData("2028-02-29", 3, "2027-Q4", "2027-12-01", "2028-03-01", "2028-03-31")]
    [InlineData("2027-02-28", 3, "2026-Q4", "2026-12-01", "2027-03-01", "2027-03-31")]
    public void A_day_lies_in_a_quarter_that_opens_and_is_due(string day, int yearStartsIn, string label, string starts, string opens, string due)
    {
        var quarter = Quarter.Of(Day(day), yearStartsIn);

        Assert.Equal((label, Day(starts), Day(opens), Day(due)), (quarter.Label, quarter.StartsOn, quarter.OpensOn, quarter.DueOn));
        Assert.Equal(quarter, Quarter.Parse(label, yearStartsIn));
        Assert.Equal(quarter, Quarter.EndedBefore(Day(opens), yearStartsIn));
        Assert.Equal((quarter, quarter), (quarter.Next.Previous, quarter.Previous.Next));
        Assert.Equal(quarter.StartsOn, quarter.Previous.OpensOn);
    }

    [Theory]
    [InlineData("2026-Q0"), InlineData("2026-Q5"), InlineData("2026Q1"), InlineData("26-Q1"), InlineData("1999-Q1"), InlineData("2026-Q1 "), InlineData("2026-q1"), InlineData("٢٠٢٦-Q1"), InlineData(""), InlineData(null)]
    public void Anything_else_is_no_quarter(string? label) => Assert.Null(Quarter.Parse(label, 1));

    private static DateOnly Day(string day) => DateOnly.ParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
