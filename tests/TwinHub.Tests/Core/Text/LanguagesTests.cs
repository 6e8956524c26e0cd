using TwinHub.Core.Text;
using Xunit;

namespace TwinHub.Tests.Core.Text;

public sealed class LanguagesTests
{
    [Fact]
    public void There_are_four_languages_with_their_own_names()
    {
        Assert.Equal(["en", "fr", "ar", "tr"], Languages.All);
        Assert.Equal(["English", "Français", "العربية", "Türkçe"], Languages.All.Select(Languages.OwnName));
    }

    [Fact]
    public void Only_Arabic_runs_from_right_to_left() =>
        Assert.Equal(["ltr", "ltr", "rtl", "ltr"], Languages.All.Select(Languages.Direction));

    [Theory]
    [InlineData("tr", true)]
    [InlineData("TR", false)]
    [InlineData("de", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void A_known_language_is_one_of_the_four_codes(string? language, bool known) =>
        Assert.Equal(known, Languages.IsKnown(language));

    [Theory]
    [InlineData(null, "en")]
    [InlineData("", "en")]
    [InlineData("ar", "ar")]
    [InlineData("fr-CH, fr;q=0.9, en;q=0.8, *;q=0.5", "fr")]
    [InlineData("en;q=0.5, tr;q=0.9", "tr")]
    [InlineData("AR-JO", "ar")]
    [InlineData("TR-tr", "tr")]
    [InlineData("de, ar;q=0.7", "ar")]
    [InlineData("fr;q=0, tr;q=0.1", "tr")]
    [InlineData("fr;q=0", "en")]
    [InlineData("de, sv;q=0.8", "en")]
    [InlineData("*, fr;q=0.4", "en")]
    [InlineData("fr;q=0.8, ar;q=0.8", "fr")]
    [InlineData("fr;q=loud;;", "en")]
    public void The_header_chooses_by_quality_then_order(string? header, string language) =>
        Assert.Equal(language, Languages.Choose(header));
}
