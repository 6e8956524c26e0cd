using TwinHub.Core.Text;
using Xunit;

namespace TwinHub.Tests.Core.Text;

public sealed class WordsNamesTests
{
    [Theory]
    [InlineData("en", "Iraq", "Jordan", "Lebanon", "Palestine", "Türkiye")]
    [InlineData("fr", "Irak", "Jordanie", "Liban", "Palestine", "Türkiye")]
    [InlineData("ar", "العراق", "الأردن", "لبنان", "فلسطين", "تركيا")]
    [InlineData("tr", "Irak", "Ürdün", "Lübnan", "Filistin", "Türkiye")]
    public void Countries_are_called_as_our_table_says(string language, params string[] expected) =>
        Assert.Equal(expected, new[] { "IQ", "JO", "LB", "PS", "TR" }.Select(Texts.Shared.For(language).Country));

    [Fact]
    public void Every_country_of_the_networks_has_a_name() =>
        Assert.All(
            "IQ JO LB PS TR FR CH SE NO CA UY BR AR NZ GB US DE IT AL ME NL AT CZ DK FI RO BG MK ES PT BE IE AU CO CL".Split(' '),
            code => Assert.NotEqual(code, Texts.Shared.For("en").Country(code)));

    [Fact]
    public void A_country_outside_the_table_keeps_its_code() => Assert.Equal("JP", Texts.Shared.For("fr").Country("JP"));

    [Theory]
    [InlineData("en", "English", "French", "Arabic", "Turkish")]
    [InlineData("fr", "anglais", "français", "arabe", "turc")]
    [InlineData("ar", "الإنجليزية", "الفرنسية", "العربية", "التركية")]
    [InlineData("tr", "İngilizce", "Fransızca", "Arapça", "Türkçe")]
    public void Languages_are_named_in_the_readers_language(string language, params string[] expected) =>
        Assert.Equal(expected, Languages.All.Select(Texts.Shared.For(language).LanguageName));
}
