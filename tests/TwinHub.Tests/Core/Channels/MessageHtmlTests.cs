using System.Diagnostics;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using TwinHub.Core.Channels;
using Xunit;

namespace TwinHub.Tests.Core.Channels;

/// <summary>What people write becomes these elements and no others, whatever they write.</summary>
public sealed class MessageHtmlTests
{
    private static readonly string[] Elements = ["p", "br", "strong", "em", "del", "a", "ul", "ol", "li", "blockquote", "pre", "code", "hr"];
    private static readonly string[] Attributes = ["dir", "href", "rel", "target", "title", "class", "start", "type"];

    [Theory]
    [InlineData("plain", "<p dir=\"auto\">plain</p>")]
    [InlineData("one\ntwo", "<p dir=\"auto\">one<br />\ntwo</p>")]
    [InlineData("one\n\ntwo", "<p dir=\"auto\">one</p>\n<p dir=\"auto\">two</p>")]
    [InlineData("**a** *b* ~~c~~ `d`", "<p dir=\"auto\"><strong>a</strong> <em>b</em> <del>c</del> <code>d</code></p>")]
    [InlineData("- a\n- b", "<ul dir=\"auto\">\n<li>a</li>\n<li>b</li>\n</ul>")]
    [InlineData("> said", "<blockquote dir=\"auto\">\n<p dir=\"auto\">said</p>\n</blockquote>")]
    [InlineData("2 < 3 & 4 > \"3\"", "<p dir=\"auto\">2 &lt; 3 &amp; 4 &gt; &quot;3&quot;</p>")]
    [InlineData("<b onclick=\"x\">b</b>", "<p dir=\"auto\">&lt;b onclick=&quot;x&quot;&gt;b&lt;/b&gt;</p>")]
    [InlineData("[x](https://example.org/a?b=c&d)", "<p dir=\"auto\"><a href=\"https://example.org/a?b=c&amp;d\" rel=\"noopener noreferrer nofollow\" target=\"_blank\">x</a></p>")]
    [InlineData("مرحبا بكم", "<p dir=\"auto\">مرحبا بكم</p>")]
    [InlineData("İyi günler 😀", "<p dir=\"auto\">İyi günler 😀</p>")]
    public void A_body_is_shown_as_meant(string body, string html) => Assert.Equal(html, MessageHtml.Render(body));

    [Theory]
    [InlineData("https://example.org/a", "https://example.org/a")]
    [InlineData("see http://example.org.", "http://example.org")]
    [InlineData("www.example.org", "http://www.example.org")]
    [InlineData("<https://example.org/b>", "https://example.org/b")]
    [InlineData("[x](HTTPS://example.org)", "HTTPS://example.org")]
    [InlineData("[x](mailto:a@example.org)", "mailto:a@example.org")]
    [InlineData("<a@example.org>", "mailto:a@example.org")]
    [InlineData("[x]\n\n[x]: https://example.org/r", "https://example.org/r")]
    [InlineData("![a map](https://example.org/map.png)", "https://example.org/map.png")]
    public void Addresses_of_the_web_and_of_mail_are_links(string body, string address)
    {
        var link = Assert.Single(Parse(body).QuerySelectorAll("a"));
        Assert.Equal(address, link.GetAttribute("href"));
        if (!address.StartsWith("mailto", StringComparison.Ordinal))
        {
            Assert.Equal(("noopener noreferrer nofollow", "_blank"), (link.GetAttribute("rel"), link.GetAttribute("target")));
        }
    }

    [Theory]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVaScRiPt:alert(1))")]
    [InlineData("[x](  javascript:alert(1))")]
    [InlineData("[x](<java\tscript:alert(1)>)")]
    [InlineData("[x](\u0001javascript:alert(1))")]
    [InlineData("[x](<\u0001javascript:alert(1)>)")]
    [InlineData("[x](javascript&colon;alert(1))")]
    [InlineData("[x](java&Tab;script:alert(1))")]
    [InlineData("[x](&#106;avascript:alert(1))")]
    [InlineData("[x](&#x6A;&#x61;vascript:alert(1))")]
    [InlineData("[x](javascript\\:alert(1))")]
    [InlineData("[x](javascript%3Aalert(1))")]
    [InlineData("[x](vbscript:msgbox(1))")]
    [InlineData("[x](VBScript:msgbox(1))")]
    [InlineData("[x](data:text/html;base64,PHNjcmlwdD4=)")]
    [InlineData("[x](DATA:text/html,<script>)")]
    [InlineData("[x](file:///etc/passwd)")]
    [InlineData("[x](ftp://example.org)")]
    [InlineData("[x](//example.org)")]
    [InlineData("[x](/sign-out)")]
    [InlineData("[x](#top)")]
    [InlineData("[x]()")]
    [InlineData("[x](\u202ejavascript:alert(1))")]
    [InlineData("[x]: javascript:alert(1)\n\n[x]")]
    [InlineData("![x](javascript:alert(1))")]
    [InlineData("![x](data:image/svg+xml,<svg/onload=alert(1)>)")]
    public void Any_other_address_is_no_link(string body)
    {
        var shown = Parse(body);
        Assert.Empty(shown.QuerySelectorAll("a, img"));
        Assert.Contains("x", shown.TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<javascript:alert(1)>", "javascript:alert(1)")]
    [InlineData("<data:text/html,x>", "data:text/html,x")]
    [InlineData("ftp://example.org/file", "ftp://example.org/file")]
    [InlineData("tel:+961555", "+961555")]
    public void An_address_written_out_stays_readable_where_it_is_no_link(string body, string text)
    {
        var shown = Parse(body);
        Assert.Empty(shown.QuerySelectorAll("a"));
        Assert.Equal(text, shown.TextContent);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<SCRIPT/x src=//example.org></SCRIPT>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("a <svg onload=alert(1)> b")]
    [InlineData("<!-- comment --><!DOCTYPE x><?x?><![CDATA[x]]>")]
    [InlineData("</p></div></template></textarea></title><b>x")]
    [InlineData("<div\n\n<script>alert(1)</script>")]
    [InlineData("> <iframe srcdoc=x>\n- <style>*{}</style>")]
    [InlineData("```html\n<script>alert(1)</script>\n```")]
    [InlineData("```\" onload=\"alert(1)\nx\n```")]
    [InlineData("    <script>alert(1)</script>")]
    [InlineData("`<script>alert(1)</script>`")]
    [InlineData("&lt;script&gt;alert(1)&lt;/script&gt;")]
    [InlineData("&#60;script&#62;alert(1)&#60;/script&#62;")]
    [InlineData("[x](https://example.org \"t\\\" onmouseover=alert(1) x=\")")]
    [InlineData("[x](https://example.org/\"onmouseover=\"alert(1))")]
    [InlineData("[<img src=x onerror=alert(1)>](https://example.org)")]
    [InlineData("![\"><script>alert(1)</script>](https://example.org)")]
    [InlineData("[![x](https://example.org/a)](https://example.org/b)")]
    [InlineData("[www.example.org](https://example.org/b)")]
    [InlineData("[<https://example.org/a>](https://example.org/b)")]
    [InlineData("x{onclick=alert(1) #id .class}")]
    [InlineData("# x {onclick=alert(1)}")]
    [InlineData("<a href=\"javascript:alert(1)\">x</a>")]
    [InlineData("https://example.org/<script>alert(1)</script>")]
    [InlineData("https://example.org/\"onmouseover=alert(1)")]
    [InlineData("- [ ] <input autofocus onfocus=alert(1)>")]
    [InlineData("|a|b|\n|-|-|\n|<script>|x|")]
    public void Attempts_stay_words(string body) => AssertTame(body);

    [Theory]
    [InlineData("# Agenda")]
    [InlineData("###### Agenda")]
    [InlineData("Agenda\n======")]
    [InlineData("Agenda\n------")]
    public void A_heading_does_not_enter_the_pages_outline(string body)
    {
        AssertTame(body);
        Assert.Contains("Agenda", Parse(body).TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(">", 2_000)]
    [InlineData("- ", 2_000)]
    [InlineData("*a **b ", 1_400)]
    [InlineData("[", 10_000)]
    [InlineData("![", 5_000)]
    [InlineData("[a](", 2_500)]
    [InlineData("<", 10_000)]
    [InlineData("`", 10_000)]
    [InlineData("` `` ", 2_000)]
    [InlineData("*", 10_000)]
    [InlineData("_a ", 3_300)]
    [InlineData("~~a", 3_300)]
    [InlineData("\\", 10_000)]
    [InlineData("&", 10_000)]
    [InlineData("<a@", 3_300)]
    [InlineData("www.", 2_500)]
    [InlineData("https://a", 1_100)]
    [InlineData("[a]: x\n", 499)]
    [InlineData("> - ", 499)]
    [InlineData("1. ", 3_300)]
    [InlineData("\u202e", 10_000)]
    [InlineData("😀", 5_000)]
    [InlineData("a\n", 499)]
    public void The_longest_bodies_and_the_deepest_are_drawn_at_once(string unit, int times)
    {
        var body = string.Concat(Enumerable.Repeat(unit, times));
        MessageHtml.Render("warm");
        var clock = Stopwatch.StartNew();
        MessageHtml.Render(body);
        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(1), $"{unit}: {clock.Elapsed}");
        AssertTame(body);
        AssertTame(body + "<script>alert(1)</script>");
    }

    [Fact]
    public void What_is_nested_too_deeply_is_shown_as_typed()
    {
        var body = new string('>', 2_000) + "\n<b>x</b>";
        Assert.Equal(body, Parse(body).TextContent);
    }

    [Fact]
    public void Paper_has_headings_in_order_below_the_one_it_stands_under_and_is_as_tame_as_a_message()
    {
        var shown = new HtmlParser().ParseDocument(MessageHtml.RenderPaper("## القرارات\n\n##### Deep\n\n> # Quoted\n\n<script>alert(1)</script> [x](javascript:alert(1)) [y](https://example.org)\n\n- point", 2)).Body!;
        Assert.Equal(["H3:القرارات", "H4:Deep", "H3:Quoted"], shown.QuerySelectorAll("h1, h2, h3, h4, h5, h6").Select(one => $"{one.TagName}:{one.TextContent}"));
        Assert.All(shown.QuerySelectorAll("h3, h4, p, ul"), one => Assert.Equal("auto", one.GetAttribute("dir")));
        Assert.Empty(shown.QuerySelectorAll("script, [id]"));
        Assert.Equal("https://example.org", Assert.Single(shown.QuerySelectorAll("a")).GetAttribute("href"));
        Assert.Empty(Parse("# as typed").QuerySelectorAll("h1"));
    }

    private static IElement Parse(string body) => new HtmlParser().ParseDocument(MessageHtml.Render(body)).Body!;

    private static void AssertTame(string body)
    {
        var html = MessageHtml.Render(body);
        var shown = new HtmlParser(new HtmlParserOptions { IsScripting = true }).ParseDocument($"<div>{html}</div>");
        var box = Assert.Single(shown.Body!.Children);
        Assert.DoesNotContain(shown.Descendants(), node => node is IComment);
        // A parser would close the outer link by itself: only the text shows one within another.
        Assert.DoesNotMatch(@"<a\b(?:(?!</a>)[\s\S])*<a\b", html);
        Assert.All(box.QuerySelectorAll("*"), element =>
        {
            Assert.Contains(element.LocalName, Elements);
            Assert.All(element.Attributes, attribute => Assert.Contains(attribute.Name, Attributes));
            Assert.True(element is not IHtmlAnchorElement || element.GetAttribute("href")!.Split(':')[0].ToLowerInvariant() is "http" or "https" or "mailto", element.OuterHtml);
        });
    }
}
