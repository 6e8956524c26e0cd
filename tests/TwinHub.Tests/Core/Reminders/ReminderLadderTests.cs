using System.Globalization;
using TwinHub.Core.Reminders;
using Xunit;

namespace TwinHub.Tests.Core.Reminders;

[Trait("culture", "any")]
public sealed class ReminderLadderTests
{
    [Fact]
    public void The_ladder_is_seven_days_a_day_and_an_hour() => Assert.Equal(["7d", "1d", "1h"], ReminderOptions.Default.Webinar.Select(step => step.Name));

    [Theory]
    [InlineData("P14D", "14d", 14, 0)]
    [InlineData("P1DT2H", "1d2h", 1, 120)]
    [InlineData("PT15M", "15m", 0, 15)]
    [InlineData("PT23H59M", "23h59m", 0, 1439)]
    [InlineData("P365D", "365d", 365, 0)]
    public void Days_hours_and_minutes_are_read(string duration, string name, int days, int minutes) =>
        Assert.Equal([new ReminderStep(name, days, TimeSpan.FromMinutes(minutes))], ReminderStep.Ladder([duration]));

    [Theory]
    [InlineData("P")]
    [InlineData("PT")]
    [InlineData("P0D")]
    [InlineData("-P1D")]
    [InlineData("P1W")]
    [InlineData("P1M")]
    [InlineData("P366D")]
    [InlineData("PT24H")]
    [InlineData("PT60M")]
    [InlineData("PT1S")]
    [InlineData("P1.5D")]
    [InlineData("p1d")]
    [InlineData("P1D ")]
    [InlineData("P1D\n")]
    [InlineData("P١D")]
    [InlineData("1d")]
    [InlineData("")]
    public void What_is_no_step_is_refused(string duration) => Assert.Null(ReminderStep.Ladder([duration]));

    [Fact]
    public void The_same_step_twice_is_refused() => Assert.Null(ReminderStep.Ladder(["P1D", "P01D"]));

    [Fact]
    public void Ten_steps_are_the_most()
    {
        string[] Steps(int count) => [.. Enumerable.Range(1, count).Select(days => $"P{days}D")];
        Assert.Equal(10, ReminderStep.Ladder(Steps(10))!.Count);
        Assert.Null(ReminderStep.Ladder(Steps(11)));
    }

    /// <summary>A day before is the same hour on the person's own clock, whatever the clocks did meanwhile.</summary>
    [Theory]
    [InlineData("2027-03-29T08:00Z", "P1D", "Asia/Beirut", "2027-03-28T08:00Z")]
    [InlineData("2027-03-28T08:00Z", "P1D", "Asia/Beirut", "2027-03-27T09:00Z")]
    [InlineData("2027-03-28T08:00Z", "P1D", "Europe/Istanbul", "2027-03-27T08:00Z")]
    [InlineData("2027-10-31T09:00Z", "P7D", "Europe/Paris", "2027-10-24T08:00Z")]
    [InlineData("2027-10-31T09:00Z", "PT1H", "Europe/Paris", "2027-10-31T08:00Z")]
    [InlineData("2027-10-31T09:00Z", "P1DT2H", "Europe/Paris", "2027-10-30T06:00Z")]
    [InlineData("2027-03-29T00:30Z", "P1D", "Europe/Paris", "2027-03-28T01:30Z")]
    public void Days_are_counted_on_the_wall_clock(string start, string step, string zone, string due) =>
        Assert.Equal(At(due), ReminderStep.Ladder([step])![0].Before(At(start), zone));

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture);
}
