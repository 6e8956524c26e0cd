using System.Globalization;
using Microsoft.AspNetCore.Html;
using TwinHub.Core.Text;
using Xunit;

namespace TwinHub.Tests.Core.Text;

public sealed class WordsTests
{
    private static readonly Texts Sample = new(new Dictionary<string, IReadOnlyDictionary<string, string>>
    {
        ["greeting"] = Each("Hello {name}, from {city}."),
        ["markup"] = Each("<b>{name}</b> & co"),
        ["unread.zero"] = new Dictionary<string, string> { ["ar"] = "لا رسائل في {channel}" },
        ["unread.two"] = new Dictionary<string, string> { ["ar"] = "رسالتان في {channel}" },
        ["unread.one"] = Each("{n} message in {channel}"),
        ["unread.other"] = Each("{n} messages in {channel}"),
    });

    private readonly Words english = Sample.For("en");

    [Fact]
    public void A_sentence_takes_its_values_by_name() =>
        Assert.Equal("Hello Rana, from Zarqa.", english.Say("greeting", ("city", "Zarqa"), ("name", "Rana")));

    [Fact]
    public void A_value_is_literal_and_never_filled_again() =>
        Assert.Equal("Hello {city} {0}, from {name}.", english.Say("greeting", ("name", "{city} {0}"), ("city", "{name}")));

    [Fact]
    public void A_bare_number_is_plain_digits_in_every_culture()
    {
        var before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("tr-TR");
        try
        {
            Assert.Equal("Hello 1.5, from 2026.", english.Say("greeting", ("name", 1.5m), ("city", 2026)));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void An_empty_value_leaves_an_empty_place() =>
        Assert.Equal("Hello , from .", english.Say("greeting", ("name", null), ("city", "")));

    [Fact]
    public void An_unknown_key_is_named_with_its_language()
    {
        var error = Assert.Throws<KeyNotFoundException>(() => Sample.For("tr")["no.such"]);

        Assert.Contains("\"no.such\"", error.Message, StringComparison.Ordinal);
        Assert.Contains("\"tr\"", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_place_without_a_value_is_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => english.Say("greeting", ("name", "Rana")));

        Assert.Contains("{city}", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("en", 1, "1 message in general")]
    [InlineData("en", 1234, "1,234 messages in general")]
    [InlineData("fr", 0, "0 message in general")]
    [InlineData("tr", 1234, "1.234 messages in general")]
    [InlineData("ar", 0, "لا رسائل في general")]
    [InlineData("ar", 2, "رسالتان في general")]
    [InlineData("ar", 100, "100 messages in general")]
    public void A_count_chooses_the_form_and_formats_the_number(string language, long n, string expected) =>
        Assert.Equal(expected, Sample.For(language).Count("unread", n, ("channel", "general")));

    [Fact]
    public void Plain_mail_isolates_each_value()
    {
        Assert.Equal("Hello \u2068Rana\u2069, from \u2068عمّان\u2069.",
            english.Isolated("greeting", ("name", "Rana"), ("city", "عمّان")));
        Assert.Equal("\u20683\u2069 messages in \u2068general\u2069",
            english.IsolatedCount("unread", 3, ("channel", "general")));
    }

    [Fact]
    public void Html_encodes_the_sentence_and_each_value() =>
        Assert.Equal("&lt;b&gt;<bdi>&lt;i&gt;رنا&lt;/i&gt;</bdi>&lt;/b&gt; &amp; co",
            english.Html("markup", ("name", "<i>رنا</i>")).ToString());

    [Fact]
    public void Html_takes_markup_as_it_is() =>
        Assert.Equal("&lt;b&gt;<bdi><time>1 Oct</time></bdi>&lt;/b&gt; &amp; co",
            english.Html("markup", ("name", new HtmlString("<time>1 Oct</time>"))).ToString());

    [Fact]
    public void Html_counts_with_the_number_isolated() =>
        Assert.Equal("<bdi>2</bdi> messages in <bdi>general</bdi>",
            english.HtmlCount("unread", 2, ("channel", "general")).ToString());

    [Fact]
    public void A_plain_sentence_refuses_markup() =>
        Assert.Throws<ArgumentException>(() => english.Say("markup", ("name", new HtmlString("<br>"))));

    private static Dictionary<string, string> Each(string text) =>
        Languages.All.ToDictionary(language => language, _ => text);
}
