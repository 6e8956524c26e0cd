using TwinHub.Browser.Support;
using TwinHub.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TwinHub.Browser.Talk;

/// <summary>Rana marks what Selin said; both see it.</summary>
public sealed class MarkTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task A_mark_shows_in_the_other_city_and_goes_there_again_also_after_a_broken_line()
    {
        await using var rana = await site.Visit(People.Rana);
        await using var selin = await site.Visit(People.Selin);
        var (tripoli, gaziantep) = (await Discussion.Open(rana), await Discussion.Open(selin));
        await gaziantep.Write("Ask first where they sell");
        var (said, seen) = (tripoli.Saying("Ask first where they sell"), gaziantep.Saying("Ask first where they sell"));
        await Expect(said).ToBeVisibleAsync();

        var sign = (await said.Locator("a.mark").GetAttributeAsync("href"))!;
        await rana.Go(sign);
        await rana.Page.Locator("button[value=practice]").ClickAsync();
        await Expect(rana.Page.Locator("#Input-Audience")).ToBeVisibleAsync();
        await Expect(seen.Locator(".marks .chip")).ToHaveTextAsync("Good practice");

        await selin.Page.Context.SetOfflineAsync(true);
        await Expect(selin.Page.Locator(".log[data-live]")).ToBeHiddenAsync(new() { Timeout = 60_000 });
        await rana.Go(sign);
        await rana.Page.Locator("button[value=practice]").ClickAsync();
        await Expect(rana.Page.Locator("a.btn-bare")).ToBeHiddenAsync();
        await selin.Page.Context.SetOfflineAsync(false);
        await Expect(seen.Locator(".marks .chip")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        Assert.Empty(rana.Faults);
    }
}
