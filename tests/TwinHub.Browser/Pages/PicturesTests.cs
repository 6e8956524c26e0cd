using Microsoft.Playwright;
using TwinHub.Browser.Support;
using Xunit;

namespace TwinHub.Browser.Pages;

/// <summary>Every page as PNG (<c>./twinhub pictures DIR</c>): phone and wide, English and Arabic, light and dark.</summary>
public sealed class PicturesTests(Tour tour) : IClassFixture<Tour>
{
    [Fact(Explicit = true)]
    [Trait("pictures", "yes")]
    public async Task Every_page_has_its_picture_and_nothing_is_cut_off_or_untranslated()
    {
        var folder = Environment.GetEnvironmentVariable("TWINHUB_PICTURES");
        Assert.False(string.IsNullOrEmpty(folder), "TWINHUB_PICTURES names the folder for the pictures.");
        Directory.CreateDirectory(folder);
        var faults = new List<string>();
        await tour.Walk([Screen.Wide, Screen.Phone], Tour.Languages, async view =>
        {
            foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
            {
                await Take(view, scheme, folder);
            }
            faults.AddRange((await Layout.Faults(view.Page)).Concat(await Layout.Untranslated(view.Page, view.Language)).Select(fault => $"{view}: {fault}"));
        });
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static async Task Take(View view, ColorScheme scheme, string folder)
    {
        await view.Page.EmulateMediaAsync(new() { ColorScheme = scheme, ReducedMotion = ReducedMotion.Reduce });
        var file = $"{view}-{(scheme == ColorScheme.Dark ? "dark" : "light")}.png";
        await view.Page.ScreenshotAsync(new() { Path = Path.Combine(folder, file), FullPage = true });
    }
}
