using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using TwinHub.Core.Register.Exports;
using TwinHub.Web.Hosting;

namespace TwinHub.Web.Pages.Register;

/// <summary>What a search in the register found, as a file to take away.</summary>
[EnableRateLimiting(CostlyWork.Policy)]
public sealed class ExportModel(Reader reader, RegisterOf of, RegisterExport export) : PageModel
{
    [BindProperty(SupportsGet = true)] public EntrySearch Search { get; set; } = new();

    /// <param name="format"><c>csv</c>, <c>xlsx</c> or <c>json</c>.</param>
    /// <param name="cancel">The visitor has left.</param>
    public async Task<IActionResult> OnGet(string? format, CancellationToken cancel)
    {
        if (await of.Find(Search.Network, cancel) is not { } view)
        {
            return NotFound();
        }
        var file = await export.Write(reader.Id, view.Network.Slug, Search.Filter(), format, reader.W, cancel);
        return file.Refusal is { } refusal ? StatusCode(Auth.Problems.Status(refusal.Code)) : File(file.Value.Content, file.Value.ContentType, file.Value.Name);
    }
}
