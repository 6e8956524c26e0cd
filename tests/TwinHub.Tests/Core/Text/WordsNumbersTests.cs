using System.Globalization;
using TwinHub.Core.Text;
using Xunit;

namespace TwinHub.Tests.Core.Text;

public sealed class WordsNumbersTests
{
    [Theory]
    [InlineData("en", "1,234", "1,234.5", "64%", "\u22121,234")]
    [InlineData("fr", "1\u202F234", "1\u202F234,5", "64\u202F%", "\u22121\u202F234")]
    [InlineData("ar", "1,234", "1,234.5", "64%", "\u22121,234")]
    [InlineData("tr", "1.234", "1.234,5", "%64", "\u22121.234")]
    public void A_number_has_the_languages_marks_and_Latin_digits(
        string language, string whole, string broken, string share, string negative)
    {
        var words = Texts.Shared.For(language);

        Assert.Equal(whole, words.Number(1234));
        Assert.Equal(broken, words.Number(1234.45m, 1));
        Assert.Equal(share, words.Percent(64));
        Assert.Equal(negative, words.Number(-1234));
    }

    [Fact]
    public void The_asked_decimals_are_always_shown() => Assert.Equal("3.00", Texts.Shared.For("en").Number(3m, 2));

    [Theory]
    [InlineData(0, "0 KB")]
    [InlineData(1, "1 KB")]
    [InlineData(1024, "1 KB")]
    [InlineData(1025, "2 KB")]
    [InlineData(1024 * 1023, "1,023 KB")]
    [InlineData((1024 * 1024) - 1, "1 MB")]
    [InlineData(1024 * 1024 * 3 / 2, "1.5 MB")]
    [InlineData(1024 * 1024 * 25, "25 MB")]
    [InlineData(1024L * 1024 * 1024 * 12, "12 GB")]
    public void A_size_is_short_enough_to_compare(long bytes, string expected) =>
        Assert.Equal(expected, Texts.Shared.For("en").FileSize(bytes));

    [Fact]
    public void A_size_has_the_languages_unit() =>
        Assert.Equal(
            ["25 MB", "25\u00A0Mo", "25 ميغابايت", "25 MB"],
            Languages.All.Select(language => Texts.Shared.For(language).FileSize(25 * 1024 * 1024)));

    [Fact]
    public void A_negative_size_is_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Texts.Shared.For("en").FileSize(-1));

    [Theory]
    [InlineData("en", "same time", "half an hour apart", "1 hour apart", "1.5 hours apart", "2 hours apart", "11 hours apart")]
    [InlineData("fr", "même heure", "une demi-heure d’écart", "1 heure d’écart", "1,5 heure d’écart", "2 heures d’écart", "11 heures d’écart")]
    [InlineData("ar", "التوقيت نفسه", "بفارق نصف ساعة", "بفارق ساعة واحدة", "بفارق 1.5 ساعة", "بفارق ساعتين", "بفارق 11 ساعة")]
    [InlineData("tr", "aynı saat", "yarım saat fark", "1 saat fark", "1,5 saat fark", "2 saat fark", "11 saat fark")]
    public void Two_clocks_are_so_far_apart(string language, params string[] expected) =>
        Assert.Equal(expected, new[] { 0, 0.5, 1, 1.5, 2, 11 }
            .Select(hours => Texts.Shared.For(language).HoursApart(TimeSpan.FromHours(hours))));

    [Fact]
    public void Behind_is_as_far_as_ahead_and_quarters_are_kept() =>
        Assert.Equal("5.75 hours apart", Texts.Shared.For("en").HoursApart(-new TimeSpan(5, 45, 0)));

    [Theory]
    [InlineData("tr-TR")]
    [InlineData("ar-SA")]
    [InlineData("fr-FR")]
    public void The_machines_culture_changes_nothing(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo(culture);
        try
        {
            var words = Texts.Shared.For("en");
            Assert.Equal("1,234.5", words.Number(1234.5m, 1));
            Assert.Equal("Thursday 1 October 2026", words.LongDate(new DateOnly(2026, 10, 1)));
            Assert.Equal("09:05", words.Clock(new TimeOnly(9, 5)));
            Assert.Equal("1.5 MB", words.FileSize(1024 * 1536));
            Assert.Equal("tr", Languages.Choose("TR-TR, IT;q=0.5"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }
}
