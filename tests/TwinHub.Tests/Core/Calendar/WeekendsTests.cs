using TwinHub.Core.Calendar;
using Xunit;

namespace TwinHub.Tests.Core.Calendar;

public sealed class WeekendsTests
{
    [Theory]
    [InlineData("JO", "Friday Saturday")]
    [InlineData("IQ", "Friday Saturday")]
    [InlineData("PS", "Friday Saturday")]
    [InlineData("LB", "Saturday Sunday")]
    [InlineData("TR", "Saturday Sunday")]
    [InlineData("FR", "Saturday Sunday")]
    [InlineData(null, "Saturday Sunday")]
    public void A_country_has_two_days_off(string? country, string days) =>
        Assert.Equal(days.Split(' ').Order(), Enum.GetValues<DayOfWeek>().Where(day => Weekends.Includes(country, day)).Select(day => day.ToString()).Order());
}
