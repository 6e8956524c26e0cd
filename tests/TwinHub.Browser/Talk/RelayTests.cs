using TwinHub.Browser.Support;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Browser.Talk;

/// <summary>Two cities in real browsers behind bad lines: both write, and in the end both show the same list.</summary>
[Trait("soak", "relay-browser")]
public sealed class RelayTests(TestPostgres postgres, Chromium chromium) : IAsyncLifetime
{
    private Site Site { get; } = new(postgres, chromium);

    // The line's patience is a setting, so that its end need not be waited for here.
    public async ValueTask InitializeAsync() => await Site.Start(Soak.IsFull ? [] : ["--Line:Silence=00:00:02"]);

    public ValueTask DisposeAsync() => Site.DisposeAsync();

    [Fact]
    public Task Lines_that_are_cut_lose_and_repeat_nothing() => BothWriteWhile("Cut", async (relays, _) =>
    {
        for (var cut = 0; cut < Soak.Of(3, 20); cut++)
        {
            relays[cut % 2].Reset();
            await Task.Delay(TimeSpan.FromSeconds(1));
        }
    });

    [Fact]
    public Task Lines_that_fall_silent_lose_and_repeat_nothing() => BothWriteWhile("Silence", async (relays, discussions) =>
    {
        foreach (var relay in relays)
        {
            relay.FallSilent();
        }
        await Task.Delay(Soak.Of(TimeSpan.FromSeconds(6), TimeSpan.FromSeconds(45)));
        foreach (var discussion in discussions)
        {
            Assert.NotEqual(0, await discussion.Log.Locator(".msg.pending").CountAsync());
        }
        foreach (var relay in relays)
        {
            relay.Speak();
        }
    });

    private async Task BothWriteWhile(string word, Func<TcpRelay[], Discussion[], Task> happens)
    {
        TcpRelay[] relays = [TcpRelay.To(Site.Url), TcpRelay.To(Site.Url)];
        await using var first = relays[0];
        await using var second = relays[1];
        await using var rana = await Site.VisitAt(new($"http://localhost:{first.Port}"), People.Rana, Screen.Wide.Options("en"));
        await using var selin = await Site.VisitAt(new($"http://localhost:{second.Port}"), People.Selin, Screen.Wide.Options("tr"));
        Discussion[] discussions = [await Discussion.Open(rana), await Discussion.Open(selin)];

        var happening = happens(relays, discussions);
        var written = 0;
        do
        {
            await discussions[0].Write($"{word} from Tripoli {++written}");
            await discussions[1].Write($"{word} from Gaziantep {written}");
            await Task.Delay(TimeSpan.FromMilliseconds(300));
        }
        while (!happening.IsCompleted);
        await happening;

        var shown = await discussions[0].Confirmed(word, 2 * written, Soak.Of(30, 90));
        Assert.Equal(shown, await discussions[1].Confirmed(word, 2 * written, 30));
        Assert.Equal(2 * written, shown.Distinct().Count());
        Assert.Equal(Enumerable.Range(1, written).Select(n => $"{word} from Tripoli {n}"), shown.Where(text => text.Contains("Tripoli", StringComparison.Ordinal)));
        Assert.Equal(Enumerable.Range(1, written).Select(n => $"{word} from Gaziantep {n}"), shown.Where(text => text.Contains("Gaziantep", StringComparison.Ordinal)));
        foreach (var discussion in discussions)
        {
            await Microsoft.Playwright.Assertions.Expect(discussion.Log.Locator(".pending")).ToHaveCountAsync(0);
        }
        // A fresh page begins with the newest 50.
        await discussions[0].Page.ReloadAsync();
        Assert.Equal(shown.TakeLast(50), await discussions[0].Confirmed(word, Math.Min(50, shown.Length)));
    }
}
