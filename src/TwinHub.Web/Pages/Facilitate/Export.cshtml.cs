using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using TwinHub.Core.Facilitation.Exports;
using TwinHub.Web.Hosting;

namespace TwinHub.Web.Pages.Facilitate;

/// <summary>The board as a file to take away, <c>csv</c> or <c>xlsx</c>.</summary>
[EnableRateLimiting(CostlyWork.Policy)]
public sealed class ExportModel(Reader reader, BoardExport export) : PageModel
{
    public async Task<IActionResult> OnGet(string? network, string? format, CancellationToken cancel)
    {
        var file = await export.Write(reader.Id, network, format, reader.W, cancel);
        return file.Refusal is { } refusal ? StatusCode(Auth.Problems.Status(refusal.Code)) : File(file.Value.Content, file.Value.ContentType, file.Value.Name);
    }
}
