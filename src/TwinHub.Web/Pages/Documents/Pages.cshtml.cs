using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Documents.Reading;
using TwinHub.Web.Hosting;

namespace TwinHub.Web.Pages.Documents;

/// <summary>All pages of a PDF, in the browser's own viewer. Where it has none, as on many phones, the file can be taken along.</summary>
// The one page that has a frame, with the hub's own PDF in it.
[ContentPolicy(SecurityHeaders.Policy + "; frame-src 'self'")]
public sealed class PagesModel(Reader reader, PreviewFiles previews) : PageModel
{
    public VersionPreview Preview { get; private set; } = null!;

    public async Task<IActionResult> OnGet(Guid id, int number, CancellationToken cancel)
    {
        var found = await previews.Show(reader.Id, id, number, cancel);
        if (found.Refusal is not null || !found.Value.HasPages)
        {
            return NotFound();
        }
        Preview = found.Value;
        return Page();
    }
}
