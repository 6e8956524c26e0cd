using Microsoft.Playwright;
using TwinHub.Browser.Support;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Browser.Pages;

/// <summary>A webinar scheduled without a mouse, its invitations leaving while one looks.</summary>
public sealed class ScheduleTests(TestPostgres postgres, Chromium chromium) : IAsyncLifetime
{
    private readonly TaskCompletionSource _open = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ScriptedSmtp? _server;

    private Site Site { get; } = new(postgres, chromium);

    /// <summary>The mail server takes ten mails, then waits until the test lets it go on.</summary>
    public async ValueTask InitializeAsync()
    {
        var taken = 0;
        _server = new ScriptedSmtp(async (said, _) =>
        {
            if (said == "." && Interlocked.Increment(ref taken) > 10)
            {
                await _open.Task;
            }
            return null;
        });
        await Site.Start(["--Mail:Mode=Smtp", "--Mail:Host=127.0.0.1", $"--Mail:Port={_server.Port}", "--Mail:Security=None"]);
        await Site.Execute("update people set language = 'en' where email = $1", People.Claire);
    }

    public async ValueTask DisposeAsync()
    {
        _open.TrySetResult();
        await Site.DisposeAsync();
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    [Fact]
    public async Task The_keyboard_alone_schedules_a_webinar_and_the_progress_moves_by_itself()
    {
        await using var claire = await Site.Visit(People.Claire);
        await claire.Go("/webinars/new?network=hmln");
        var page = claire.Page;

        await TabTo(page, "#Input-Title");
        await page.Keyboard.TypeAsync("Taking stock");
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#Input-Title")).ToHaveValueAsync("Taking stock");
        Assert.Contains("/webinars/new", page.Url, StringComparison.Ordinal);
        await TabTo(page, "#all-groups");
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.Locator("#send")).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^Send [0-9]+ invitations$"));
        await Assertions.Expect(page.Locator("#outlook .tz li")).Not.ToHaveCountAsync(0);
        await TabTo(page, "#send");
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForURLAsync("**/answers");
        var sending = page.Locator(".sending label");
        await Assertions.Expect(sending).ToHaveTextAsync(new System.Text.RegularExpressions.Regex("^10 of [0-9]+ sent$"));
        _open.SetResult();
        await Assertions.Expect(sending).ToHaveCountAsync(0);
        Assert.Empty(claire.Faults);
    }

    /// <summary>Presses Tab until the element has the focus.</summary>
    private static async Task TabTo(IPage page, string selector)
    {
        for (var presses = 0; presses < 150; presses++)
        {
            if (await page.EvaluateAsync<bool>("selector => document.activeElement?.matches(selector) ?? false", selector))
            {
                return;
            }
            await page.Keyboard.PressAsync("Tab");
        }
        Assert.Fail($"The Tab key never comes to {selector}.");
    }
}
