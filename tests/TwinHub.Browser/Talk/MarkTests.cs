using TwinHub.Browser.Support;
using TwinHub.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TwinHub.Browser.Talk;

/// <summary>Rana marks what Selin said; both see it.</summary>
public sealed class MarkTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task A_mark_shows_in_the_other_city_and_one_taken_off_while_the_line_was_broken_goes_there_too()
    {
        await using var rana = await site.Visit(People.Rana);
        await using var relay = TcpRelay.To(site.Url);
        await using var selin = await site.VisitAt(new($"http://localhost:{relay.Port}"), People.Selin, Screen.Wide.Options("en"));
        var (tripoli, gaziantep) = (await Discussion.Open(rana), await Discussion.Open(selin));
        await gaziantep.Write("Ask first where they sell");
        var (said, seen) = (tripoli.Saying("Ask first where they sell"), gaziantep.Saying("Ask first where they sell"));
        await Expect(said).ToBeVisibleAsync();

        var sign = (await said.Locator("a.mark").GetAttributeAsync("href"))!;
        await rana.Go(sign);
        await rana.Page.Locator("button[value=practice]").ClickAsync();
        await Expect(rana.Page.Locator("#Input-Audience")).ToBeVisibleAsync();
        await Expect(seen.Locator(".marks .chip")).ToHaveTextAsync("Good practice");

        relay.Refuse();
        await Expect(gaziantep.Log).Not.ToHaveAttributeAsync("data-live", "true", new() { Timeout = 30_000 });
        await rana.Go(sign);
        await rana.Page.Locator("button[value=practice]").ClickAsync();
        await Expect(rana.Page.Locator(".marking a.btn")).ToHaveCountAsync(0);
        await Expect(seen.Locator(".marks .chip")).ToHaveCountAsync(1);
        relay.Admit();
        await Expect(seen.Locator(".marks .chip")).ToHaveCountAsync(0, new() { Timeout = 30_000 });
        Assert.Empty(rana.Faults);
    }
}
