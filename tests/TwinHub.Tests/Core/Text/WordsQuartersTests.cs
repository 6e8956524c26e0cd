using TwinHub.Core.Register;
using TwinHub.Core.Text;
using Xunit;

namespace TwinHub.Tests.Core.Text;

public sealed class WordsQuartersTests
{
    [Theory]
    [InlineData("en", "the third quarter of 2026", "Q3 2026", "July–September 2026")]
    [InlineData("fr", "le 3e trimestre 2026", "T3 2026", "juillet–septembre 2026")]
    [InlineData("ar", "الربع الثالث من 2026", "الربع الثالث 2026", "تموز–أيلول 2026")]
    [InlineData("tr", "2026 yılının üçüncü çeyreği", "2026, 3. çeyrek", "Temmuz–Eylül 2026")]
    public void A_quarter_is_named_as_the_language_names_it(string language, string sentence, string head, string months)
    {
        var (words, quarter) = (Texts.Shared.For(language), new Quarter(2026, 3, 1));
        Assert.Equal((sentence, head, months), (words.QuarterInSentence(quarter), words.QuarterHead(quarter), words.QuarterMonths(quarter)));
    }

    [Theory]
    [InlineData("en", "the fourth quarter of 2026 (January–March 2027)", "Q4 2026 (January–March 2027)")]
    [InlineData("fr", "le 4e trimestre 2026 (janvier–mars 2027)", "T4 2026 (janvier–mars 2027)")]
    [InlineData("ar", "الربع الرابع من 2026 (كانون الثاني–آذار 2027)", "الربع الرابع 2026 (كانون الثاني–آذار 2027)")]
    [InlineData("tr", "2026 yılının dördüncü çeyreği (Ocak–Mart 2027)", "2026, 4. çeyrek (Ocak–Mart 2027)")]
    public void Where_the_year_begins_in_another_month_its_months_follow(string language, string sentence, string head)
    {
        var (words, quarter) = (Texts.Shared.For(language), new Quarter(2026, 4, 4));
        Assert.Equal((sentence, head), (words.QuarterInSentence(quarter), words.QuarterHead(quarter)));
    }

    [Fact]
    public void A_quarter_of_two_years_names_both() =>
        Assert.Equal("November 2026 – January 2027", Texts.Shared.For("en").QuarterMonths(new Quarter(2026, 1, 11)));

    [Fact]
    public void The_first_quarter_is_the_first_in_all_languages() => Assert.Equal(
        ["the first quarter of 2027", "le 1er trimestre 2027", "الربع الأول من 2027", "2027 yılının birinci çeyreği"],
        Languages.All.Select(language => Texts.Shared.For(language).QuarterInSentence(new Quarter(2027, 1, 1))));

    [Theory]
    [InlineData("2026-Q3", "2026-07-01", 1)]
    [InlineData("2026-Q4", "2027-01-01", 4)]
    [InlineData("2026-Q1", "2026-11-01", 11)]
    [InlineData("2026-Q2", "2027-02-01", 11)]
    public void A_stored_update_keeps_the_months_it_had(string label, string startsOn, int month)
    {
        var day = DateOnly.ParseExact(startsOn, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        var quarter = Quarter.Stored(label, day);
        Assert.Equal((label, day, month), (quarter.Label, quarter.StartsOn, quarter.YearStartsIn));
    }
}
