using Microsoft.Playwright;
using TwinHub.Tests.Support;
using static Microsoft.Playwright.Assertions;

namespace TwinHub.Browser.Support;

/// <summary>A group's discussion in somebody's browser.</summary>
public sealed class Discussion(IPage page)
{
    public IPage Page => page;

    public ILocator Log => page.Locator(".log");

    public ILocator Field => page.Locator(".compose textarea");

    public ILocator Send => page.Locator(".compose > .btn-primary");

    /// <summary>Opens a group and waits until its messages come by themselves.</summary>
    public static async Task<Discussion> Open(Visitor visitor, string slug = People.TheirGroup) => await Open(visitor.Page, slug);

    public static async Task<Discussion> Open(IPage page, string slug = People.TheirGroup)
    {
        await page.GotoAsync("/groups/" + slug);
        var discussion = new Discussion(page);
        await discussion.IsLive();
        return discussion;
    }

    public Task IsLive(float seconds = 15) => Expect(page.Locator(".log[data-live]")).ToBeVisibleAsync(new() { Timeout = seconds * 1_000 });

    /// <summary>Writes and sends as one does at a keyboard.</summary>
    public async Task Write(string text)
    {
        await Field.FillAsync(text);
        await Field.PressAsync("Enter");
    }

    /// <summary>The message that says something, sent or still pending.</summary>
    public ILocator Saying(string text) => page.Locator(".log .msg", new() { HasText = text });

    /// <summary>The messages the server has confirmed and that begin with a word, in the order of the page.</summary>
    public async Task<string[]> Confirmed(string beginning) => await page.EvaluateAsync<string[]>(
        """
        beginning => [...document.querySelectorAll(".log .msg[data-posted]:not(.pending) .text")].map(text => text.textContent.trim()).filter(text => text.startsWith(beginning))
        """, beginning);

    /// <summary>Waits until so many confirmed messages begin with a word, and gives them.</summary>
    public async Task<string[]> Confirmed(string beginning, int count, double seconds = 15)
    {
        string[] found = [];
        await Eventually.True(async () => (found = await Confirmed(beginning)).Length >= count, $"{count} messages of {beginning}", seconds);
        return found;
    }
}
