using TwinHub.Tests.Support;

namespace TwinHub.Browser.Support;

/// <summary>Templates: choosing one for a group, and a network's shelf for who takes and for who brings.</summary>
public static class TemplateStops
{
    private const string New = $"/groups/{People.TheirGroup}/documents/new", Shelf = "/networks/hmln/templates";

    public static IEnumerable<Stop> All =>
    [
        new("template-new", People.Rana, New),
        new("template-new-error", People.Rana, New, 400, async page =>
        {
            await page.FillAsync("#Input-Name", "رسالة من طرابلس");
            await page.EvaluateAsync("() => { const one = document.createElement('option'); one.value = 'de'; one.selected = true; document.getElementById('Input-Language').append(one); }");
            await page.ClickAsync("main .btn-primary");
        }),
        new("templates", People.Rana, Shelf),
        new("templates-facilitator", People.Claire, Shelf),
        new("templates-error", People.Claire, Shelf, 400, async page =>
        {
            await page.SetInputFilesAsync("#file", new Microsoft.Playwright.FilePayload { Name = "notes.txt", MimeType = "text/plain", Buffer = "Notes"u8.ToArray() });
            await page.ClickAsync("main .btn-primary");
        }),
    ];
}
