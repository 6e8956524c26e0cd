using System.Globalization;
using TwinHub.Core.Calendar;
using TwinHub.Core.Text;
using Xunit;

namespace TwinHub.Tests.Core.Calendar;

public sealed class PublicHolidaysTests
{
    // Dates as the countries' own calendars give them.
    [Theory]
    [InlineData("LB", "2026-11-22", "Independence Day")]
    [InlineData("JO", "2027-05-25", "Independence Day")]
    [InlineData("IQ", "2027-03-21", "Nowruz")]
    [InlineData("PS", "2026-11-15", "Independence Day")]
    [InlineData("TR", "2026-10-29", "Republic Day")]
    [InlineData("TR", "2027-04-23", "National Sovereignty and Children’s Day")]
    [InlineData("FR", "2026-07-14", "National Day")]
    [InlineData("FR", "2026-04-06", "Easter Monday")]
    [InlineData("FR", "2027-05-06", "Ascension Day")]
    [InlineData("FR", "2028-06-05", "Whit Monday")]
    [InlineData("LB", "2026-04-03", "Good Friday")]
    [InlineData("LB", "2026-04-10", "Orthodox Good Friday")]
    [InlineData("BG", "2027-05-03", "Orthodox Easter Monday")]
    [InlineData("NO", "2026-04-02", "Maundy Thursday")]
    [InlineData("CZ", "2026-11-17", "Freedom and Democracy Day")]
    public void A_day_kept_by_a_whole_country_is_known(string country, string day, string name)
    {
        var holiday = Assert.Single(PublicHolidays.Shared.On(country, Day(day)));
        Assert.Equal((name, false), (holiday.Names.In("en"), holiday.Approximate));
    }

    [Theory]
    [InlineData("TR", "2026-03-20", "Eid al-Fitr")]
    [InlineData("TR", "2026-03-22", "Eid al-Fitr")]
    [InlineData("JO", "2027-03-09", "Eid al-Fitr")]
    [InlineData("IQ", "2028-02-26", "Eid al-Fitr")]
    [InlineData("PS", "2026-05-27", "Eid al-Adha")]
    [InlineData("TR", "2027-05-19", "Eid al-Adha")]
    [InlineData("LB", "2026-06-16", "Islamic New Year")]
    [InlineData("IQ", "2026-08-25", "Birthday of the Prophet")]
    public void A_day_that_follows_the_moon_is_known_about(string country, string day, string name) =>
        Assert.Contains(PublicHolidays.Shared.On(country, Day(day)), holiday => holiday.Approximate && holiday.Names.In("en") == name);

    [Theory]
    [InlineData("TR", "2026-03-23")]
    [InlineData("TR", "2026-06-16")]
    [InlineData("FR", "2026-04-10")]
    [InlineData("LB", "2026-11-23")]
    [InlineData("AU", "2026-12-25")]
    public void Any_other_day_is_none(string country, string day) => Assert.Empty(PublicHolidays.Shared.On(country, Day(day)));

    [Fact]
    public void Every_country_of_the_demo_has_its_own_days() => Assert.All(
        ["IQ", "JO", "LB", "PS", "TR", "FR", "CH", "NL", "CZ", "NO", "UY", "CA", "JP", "FI", "IE", "BG", "BE", "DE", "ME", "IT", "AL", "ES", "TN", "MD"],
        country => Assert.Contains(country, PublicHolidays.Shared.Countries));

    [Fact]
    public void Every_holiday_of_three_years_has_a_name_in_each_language()
    {
        var days = Enumerable.Range(0, (3 * 365) + 1).Select(n => new DateOnly(2026, 1, 1).AddDays(n));
        var names = (from day in days from country in PublicHolidays.Shared.Countries from holiday in PublicHolidays.Shared.On(country, day) select holiday.Names).Distinct().ToList();
        Assert.InRange(names.Count, 40, 200);
        Assert.All(names, name => Assert.Equal(Languages.All.Order(), name.ByLanguage.Where(text => text.Value.Length > 0).Select(text => text.Key).Order()));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
