using TwinHub.Core.Text;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Text;

/// <summary>What is typed and what was written are folded by two programs: each finds what the other keeps.</summary>
public sealed class SearchWordsTests(CoreFixture fixture) : IClassFixture<CoreFixture>
{
    [Theory]
    [InlineData("Gazi", "Gaziantep’in pazarı", true)]
    [InlineData("ŞANLIURFA", "Şanlıurfa", true)]
    [InlineData("istanbul", "İSTANBUL", true)]
    [InlineData("ISPARTA", "ısparta", true)]
    [InlineData("ecole", "L’École publique", true)]
    [InlineData("coeur", "cœur", false)]
    [InlineData("اداره", "إدارةُ المياه", true)]
    [InlineData("أحمد", "احمد", true)]
    [InlineData("مستشفي", "مستشفى", true)]
    [InlineData("توأمـــة", "توأمة", true)]
    [InlineData("١٢٣", "123 shops", true)]
    [InlineData("۱۲۳", "١٢٣", true)]
    [InlineData("2026", "2026-Q3", true)]
    [InlineData("tripoli.example.org", "rana@tripoli.example.org", true)]
    [InlineData("craft market", "the market of crafts", true)]
    [InlineData("craft market", "the market", false)]
    [InlineData("urfa", "Şanlıurfa", false)]
    [InlineData("a'b & c | !d :*", "a b c d", true)]
    public async Task Words_are_found_by_their_beginnings(string typed, string written, bool isFound) => Assert.Equal(isFound, await fixture.Scalar<bool>(
        "select words_of($1) @@ $2::tsquery", written, string.Join(" & ", SearchWords.Prefixes(typed))));

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData(" & | ! :* ()' — ")]
    public void Signs_alone_are_no_words(string? typed) => Assert.Empty(SearchWords.Prefixes(typed));

    [Fact]
    public void Nobody_needs_more_words_than_eight() => Assert.Equal(SearchWords.Most, SearchWords.Prefixes("a b c d e f g h i j").Length);
}
