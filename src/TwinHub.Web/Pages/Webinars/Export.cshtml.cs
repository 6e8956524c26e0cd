using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.RateLimiting;
using TwinHub.Core.Webinars.Reports.Exports;
using TwinHub.Web.Hosting;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>The attendance of a webinar as a file to take away, <c>report.csv</c> or <c>report.xlsx</c>.</summary>
[EnableRateLimiting(CostlyWork.Policy)]
public sealed class ExportModel(Reader reader, AttendanceExport export) : PageModel
{
    public async Task<IActionResult> OnGet(Guid id, string format, CancellationToken cancel)
    {
        var file = await export.Write(reader.Id, id, format, reader.W, cancel);
        return file.Refusal is { } refusal ? StatusCode(Auth.Problems.Status(refusal.Code)) : File(file.Value.Content, file.Value.ContentType, file.Value.Name);
    }
}
