using TwinHub.Core.Text;
using Xunit;

namespace TwinHub.Tests.Core.Text;

public sealed class WordsDatesTests
{
    private static readonly DateOnly FirstOfOctober = new(2026, 10, 1);

    [Theory]
    [InlineData("en", "Thursday 1 October 2026", "1 Oct 2026", "October 2026")]
    [InlineData("fr", "jeudi 1er octobre 2026", "1er oct. 2026", "octobre 2026")]
    [InlineData("ar", "الخميس 1 تشرين الأول 2026", "1 تشرين الأول 2026", "تشرين الأول 2026")]
    [InlineData("tr", "1 Ekim 2026 Perşembe", "1 Eki 2026", "Ekim 2026")]
    public void A_date_is_written_as_the_language_writes_it(string language, string full, string brief, string month)
    {
        var words = Texts.Shared.For(language);

        Assert.Equal(full, words.LongDate(FirstOfOctober));
        Assert.Equal(brief, words.ShortDate(FirstOfOctober));
        Assert.Equal(month, words.MonthYear(FirstOfOctober));
    }

    [Theory]
    [InlineData("en", "Wednesday 15 July", "Wednesday 15 July 2026")]
    [InlineData("fr", "mercredi 15 juillet", "mercredi 15 juillet 2026")]
    [InlineData("ar", "الأربعاء 15 تموز", "الأربعاء 15 تموز 2026")]
    [InlineData("tr", "15 Temmuz Çarşamba", "15 Temmuz 2026 Çarşamba")]
    public void A_day_heading_names_the_year_only_when_it_is_another(string language, string same, string other)
    {
        var words = Texts.Shared.For(language);
        var day = new DateOnly(2026, 7, 15);

        Assert.Equal(same, words.DayHeading(day, new DateOnly(2026, 12, 31)));
        Assert.Equal(other, words.DayHeading(day, new DateOnly(2027, 1, 1)));
    }

    [Theory]
    [InlineData("en", "31", "Oct", "1")]
    [InlineData("fr", "31", "oct.", "1er")]
    [InlineData("ar", "31", "تشرين الأول", "1")]
    [InlineData("tr", "31", "Eki", "1")]
    public void A_calendar_leaf_has_the_day_and_the_short_month(string language, string day, string month, string first)
    {
        var words = Texts.Shared.For(language);

        Assert.Equal((day, month), words.DayMonth(new DateOnly(2026, 10, 31)));
        Assert.Equal((first, month), words.DayMonth(FirstOfOctober));
    }

    [Theory]
    [InlineData("en", "January February March April May June July August September October November December")]
    [InlineData("fr", "janvier février mars avril mai juin juillet août septembre octobre novembre décembre")]
    [InlineData("ar", "كانون-الثاني شباط آذار نيسان أيار حزيران تموز آب أيلول تشرين-الأول تشرين-الثاني كانون-الأول")]
    [InlineData("tr", "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık")]
    public void The_months_are_our_own_and_Arabic_has_the_Levants(string language, string months)
    {
        var words = Texts.Shared.For(language);

        Assert.Equal(
            months.Split(' ').Select(month => $"{month.Replace('-', ' ')} 2025"),
            Enumerable.Range(1, 12).Select(month => words.MonthYear(new DateOnly(2025, month, 9))));
    }

    [Theory]
    [InlineData("en", "Sunday Monday Tuesday Wednesday Thursday Friday Saturday")]
    [InlineData("fr", "dimanche lundi mardi mercredi jeudi vendredi samedi")]
    [InlineData("ar", "الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت")]
    [InlineData("tr", "Pazar Pazartesi Salı Çarşamba Perşembe Cuma Cumartesi")]
    public void The_week_has_its_names(string language, string days) =>
        Assert.Equal(days.Split(' '), Enum.GetValues<DayOfWeek>().Select(Texts.Shared.For(language).Weekday));
}
