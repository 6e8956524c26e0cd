using Microsoft.Extensions.DependencyInjection;
using TwinHub.Browser.Support;
using TwinHub.Core.Channels;
using TwinHub.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TwinHub.Browser.Talk;

/// <summary>A talk that is longer than a page.</summary>
public sealed class HistoryTests(Site site) : IClassFixture<Site>
{
    private const int Length = 160;

    [Fact]
    public async Task Paging_upward_brings_all_messages_and_keeps_the_reader_s_place()
    {
        await Fill("Page");
        await using var selin = await site.Visit(People.Selin);
        var discussion = await Discussion.Open(selin);

        while (await discussion.Log.Locator(".earlier").CountAsync() > 0 && (await discussion.Confirmed("Page")).Length < Length)
        {
            var before = await discussion.Log.Locator(".msg").CountAsync();
            var place = await discussion.Page.EvaluateAsync<double>(
                """() => { const log = document.querySelector(".log"); window.anchor = log.querySelectorAll(".msg")[2]; log.scrollTop = 0; return window.anchor.getBoundingClientRect().top; }""");
            await Eventually.True(async () => await discussion.Log.Locator(".msg").CountAsync() > before, "earlier messages come by themselves");
            Assert.InRange(await discussion.Page.EvaluateAsync<double>("() => window.anchor.getBoundingClientRect().top") - place, -2, 2);
        }

        var shown = await discussion.Confirmed("Page");
        Assert.Equal(Enumerable.Range(1, Length).Select(n => $"Page {n}"), shown);
        Assert.Empty(selin.Faults);
    }

    [Fact]
    public async Task From_further_up_a_button_tells_of_new_messages_and_leads_to_them()
    {
        await Fill("Jump");
        await using var selin = await site.Visit(People.Selin);
        await using var rana = await site.Visit(People.Rana);
        var (gaziantep, tripoli) = (await Discussion.Open(selin), await Discussion.Open(rana));
        var jump = selin.Page.Locator(".jump");
        await jump.ClickAsync(); // it opened at the first of the unread
        await Expect(jump).ToBeHiddenAsync();
        await gaziantep.Log.EvaluateAsync("log => { log.scrollTop -= 900; }");
        await Expect(jump).ToBeVisibleAsync();

        await tripoli.Write("News from further down");

        await Expect(jump.Locator(".count")).ToHaveTextAsync("1");
        await Expect(gaziantep.Saying("News from further down")).Not.ToBeInViewportAsync();
        await jump.ClickAsync();
        await Expect(gaziantep.Saying("News from further down")).ToBeInViewportAsync();
        await Expect(jump).ToBeHiddenAsync();
    }

    private async Task Fill(string word)
    {
        var chat = site.Hub.App.Services.GetRequiredService<ChatService>();
        var (rana, channel) = (await site.Hub.PersonId(People.Rana), await site.Hub.ChannelOf(People.TheirGroup));
        for (var n = 1; n <= Length; n++)
        {
            var posted = await chat.Post(rana, channel, new(Guid.NewGuid(), $"{word} {n}"), CancellationToken.None);
            Assert.Null(posted.Refusal);
        }
    }
}
