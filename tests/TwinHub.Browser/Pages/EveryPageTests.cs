using System.Collections.Concurrent;
using Microsoft.Playwright;
using TwinHub.Browser.Support;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Browser.Pages;

/// <summary>What must hold on every page, in both directions: axe has nothing to say (WCAG 2.2 A and AA), nothing is cut off or untranslated, nothing fails in a script. In every run each screen reads one direction and axe looks at every second page of either; in full both do all.</summary>
[Trait("soak", "pages-browser")]
public sealed class EveryPageTests(Tour tour) : IClassFixture<Tour>
{
    [Fact]
    public Task On_a_wide_screen_in_the_light_scheme() => Inspect(Screen.Wide, ColorScheme.Light, "en", even: true);

    [Fact]
    public Task On_a_phone_in_the_dark_scheme() => Inspect(Screen.Phone, ColorScheme.Dark, "ar", even: false);

    private async Task Inspect(Screen screen, ColorScheme scheme, string language, bool even)
    {
        var (faults, titles) = (new ConcurrentQueue<string>(), new ConcurrentQueue<string>());
        await tour.Walk([screen], Soak.Of([language], Tour.Languages), async view =>
        {
            await view.Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            IEnumerable<string> found = [.. Soak.IsFull || view.Number % 2 == 0 == even ? await Axe.Violations(view.Page) : [], .. await Layout.Faults(view.Page), .. await Layout.Untranslated(view.Page, view.Language), .. view.Visitor.Faults.Where(fault => !IsTheRefusal(fault, view.Stop))];
            foreach (var fault in found)
            {
                faults.Enqueue($"{view}: {fault}");
            }
            titles.Enqueue(await view.Page.TitleAsync());
            if (await view.Page.EvaluateAsync<string>("document.documentElement.lang + ' ' + document.documentElement.dir") != (view.Language == "ar" ? "ar rtl" : "en ltr"))
            {
                faults.Enqueue($"{view}: language or direction");
            }
        });
        Assert.True(faults.IsEmpty, string.Join('\n', faults));
        Assert.DoesNotContain("TwinHub", titles);
        Assert.All(titles, title => Assert.EndsWith(" · TwinHub", title, StringComparison.Ordinal));
    }

    /// <summary>The browser notes on its console that a page answered with an error, as it should.</summary>
    private static bool IsTheRefusal(string fault, Stop stop) => stop.Status >= 400 && fault.Contains($"status of {stop.Status}", StringComparison.Ordinal);
}
