using Microsoft.Playwright;
using TwinHub.Browser.Support;

[assembly: Xunit.AssemblyFixture(typeof(Chromium))]
// Browsers and the hub share the machine; one class at a time keeps the promised times measurable.
[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)]

namespace TwinHub.Browser.Support;

/// <summary>The machine's own Chromium, started once for all tests.</summary>
public sealed class Chromium : Xunit.IAsyncLifetime
{
    private const string Program = "/usr/bin/chromium";

    private static readonly string[] Flags =
    [
        "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync",
    ];

    private IPlaywright? _playwright;

    public IBrowser Browser { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = Program, Args = Flags });
    }

    public async ValueTask DisposeAsync()
    {
        if (Browser is not null)
        {
            await Browser.DisposeAsync();
        }
        _playwright?.Dispose();
    }
}
