using Microsoft.Playwright;
using TwinHub.Browser.Support;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Browser.Pages;

/// <summary>What must hold on every page, in both directions: axe has nothing to say (WCAG 2.2 A and AA), nothing is cut off or untranslated, nothing fails in a script. Each screen reads one direction in every run, both in full.</summary>
[Trait("soak", "pages-browser")]
public sealed class EveryPageTests(Tour tour) : IClassFixture<Tour>
{
    [Fact]
    public Task On_a_wide_screen_in_the_light_scheme() => Inspect(Screen.Wide, ColorScheme.Light, "en");

    [Fact]
    public Task On_a_phone_in_the_dark_scheme() => Inspect(Screen.Phone, ColorScheme.Dark, "ar");

    private async Task Inspect(Screen screen, ColorScheme scheme, string language)
    {
        var (faults, titles) = (new List<string>(), new List<string>());
        await tour.Walk([screen], Soak.Of([language], Tour.Languages), async view =>
        {
            await view.Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
            IEnumerable<string> found = [.. await Axe.Violations(view.Page), .. await Layout.Faults(view.Page), .. await Layout.Untranslated(view.Page, view.Language), .. view.Visitor.Faults.Where(fault => !IsTheRefusal(fault, view.Stop))];
            faults.AddRange(found.Select(fault => $"{view}: {fault}"));
            titles.Add(await view.Page.TitleAsync());
            if (await view.Page.EvaluateAsync<string>("document.documentElement.lang + ' ' + document.documentElement.dir") != (view.Language == "ar" ? "ar rtl" : "en ltr"))
            {
                faults.Add($"{view}: language or direction");
            }
        });
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.DoesNotContain("TwinHub", titles);
        Assert.All(titles, title => Assert.EndsWith(" · TwinHub", title, StringComparison.Ordinal));
    }

    /// <summary>The browser notes on its console that a page answered with an error, as it should.</summary>
    private static bool IsTheRefusal(string fault, Stop stop) => stop.Status >= 400 && fault.Contains($"status of {stop.Status}", StringComparison.Ordinal);
}
