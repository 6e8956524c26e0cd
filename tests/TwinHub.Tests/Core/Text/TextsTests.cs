using TwinHub.Core.Text;
using Xunit;

namespace TwinHub.Tests.Core.Text;

public sealed class TextsTests
{
    [Fact]
    public void Each_language_has_its_own_words()
    {
        Assert.Equal(Languages.All, Languages.All.Select(language => Texts.Shared.For(language).Language));
        Assert.Equal("rtl", Texts.Shared.For("ar").Direction);
        Assert.Equal("Page introuvable", Texts.Shared.For("fr")["error.page.404.title"]);
    }

    [Theory]
    [InlineData("de")]
    [InlineData("")]
    [InlineData("FR")]
    public void An_unknown_language_reads_English(string language) =>
        Assert.Equal("en", Texts.Shared.For(language).Language);

    [Fact]
    public void The_embedded_texts_are_read_once() => Assert.Same(Texts.Shared, Texts.Shared);
}
