using System.Text.Json;
using Microsoft.Playwright;

namespace TwinHub.Browser.Support;

/// <summary>What axe-core finds on a page by WCAG 2.2, levels A and AA, and by its own advice.</summary>
public static class Axe
{
    private static readonly string Script = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "axe.min.js"));

    public static async Task<IEnumerable<string>> Violations(IPage page)
    {
        await page.EvaluateAsync(Script);
        var result = await page.EvaluateAsync<JsonElement>(
            """() => axe.run({ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], resultTypes: ["violations"], preload: false })""");
        return result.GetProperty("violations").EnumerateArray().Select(violation =>
            $"{violation.GetProperty("impact")} {violation.GetProperty("id")}: " + string.Join(" | ", violation.GetProperty("nodes").EnumerateArray().Select(node => node.GetProperty("html").ToString()[..Math.Min(160, node.GetProperty("html").ToString().Length)])));
    }
}
