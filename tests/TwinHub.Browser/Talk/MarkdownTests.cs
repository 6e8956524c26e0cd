using TwinHub.Browser.Support;
using TwinHub.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TwinHub.Browser.Talk;

/// <summary>What people may write, seen by somebody else's browser.</summary>
public sealed class MarkdownTests(Site site) : IClassFixture<Site>
{
    private static readonly string[] Attempts =
    [
        "<script>alert('script')</script>",
        "<img src=x onerror=alert('image')>",
        "<svg onload=alert('svg')>",
        "<iframe srcdoc=\"<script>alert('frame')</script>\"></iframe>",
        "<a href=\"javascript:alert('anchor')\">raw anchor</a>",
        "[a link](javascript:alert('link'))",
        "[a link](  JaVaScRiPt:alert('case'))",
        "[a link](data:text/html,<script>alert('data')</script>)",
        "<javascript:alert('autolink')>",
        "![a picture](http://tracker.example.org/seen.png)",
        "![a picture](x\" onerror=\"alert('quote'))",
        "[ref]: javascript:alert('reference)\n\n[ref]",
        "<style>body{background:url(http://tracker.example.org/css)}</style>",
        "<form action=http://tracker.example.org><button>send</button></form>",
        "</script></template></textarea><img src=x onerror=alert('escape')>",
        "`<img src=x onerror=alert('code')>`",
        "<link rel=prefetch href=http://tracker.example.org/prefetch>",
        "<meta http-equiv=refresh content=\"0;url=http://tracker.example.org\">",
    ];

    [Fact]
    public async Task Markdown_is_shown_as_meant()
    {
        await using var rana = await site.Visit(People.Rana);
        await using var selin = await site.Visit(People.Selin);
        var (tripoli, gaziantep) = (await Discussion.Open(rana), await Discussion.Open(selin));

        await tripoli.Write("Agenda **for Monday**\n\n- survey\n- *market*\n\n[the statute](https://example.org/statute)");

        var text = gaziantep.Saying("Agenda").Locator(".text");
        await Expect(text.Locator("strong")).ToHaveTextAsync("for Monday");
        await Expect(text.Locator("li")).ToHaveTextAsync(["survey", "market"]);
        await Expect(text.Locator("li em")).ToHaveTextAsync("market");
        await Expect(text.Locator("a")).ToHaveAttributeAsync("href", "https://example.org/statute");
        await Expect(text.Locator("a")).ToHaveAttributeAsync("rel", new System.Text.RegularExpressions.Regex("noopener"));
    }

    [Fact]
    public async Task Attempts_to_run_something_in_a_reader_s_browser_stay_words()
    {
        await using var rana = await site.Visit(People.Rana);
        await using var selin = await site.Visit(People.Selin);
        var (tripoli, gaziantep) = (await Discussion.Open(rana), await Discussion.Open(selin));

        foreach (var attempt in Attempts)
        {
            await tripoli.Write($"Attempt {attempt}");
        }
        await tripoli.Write("Attempt over");

        Assert.Equal(Attempts.Length + 1, (await gaziantep.Confirmed("Attempt", Attempts.Length + 1)).Length);
        await Harmless(selin, gaziantep);
        gaziantep = await Discussion.Open(selin); // drawn by the server this time
        await Harmless(selin, gaziantep);
        await Harmless(rana, tripoli);
    }

    private static async Task Harmless(Visitor visitor, Discussion discussion)
    {
        Assert.Equal(0, await discussion.Log.Locator(".text").Locator("script, img, svg, iframe, form, style, link, meta, object, embed").CountAsync());
        Assert.Empty(await discussion.Page.EvaluateAsync<string[]>(
            """
            () => [...document.querySelectorAll(".log .text *")].flatMap(e => [...e.attributes].filter(a => a.name.startsWith("on") || /^\s*(javascript|data|vbscript):/i.test(a.value)).map(a => e.outerHTML))
            """));
        foreach (var link in await discussion.Log.Locator(".text a:not([href^='http'])").AllAsync())
        {
            await link.ClickAsync();
        }
        Assert.Empty(visitor.Surprises);
        Assert.Empty(visitor.Faults);
    }
}
