using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Documents.Templates;
using TwinHub.Core.Documents.Uploads;

namespace TwinHub.Web.Pages.Networks;

/// <summary>A template to take away, always as a file to be saved.</summary>
public sealed class TemplateModel(Reader reader, TemplateReader templates) : PageModel
{
    public async Task<IActionResult> OnGet(string slug, string kind, string language, CancellationToken cancel)
    {
        var file = await templates.Open(reader.Id, slug, kind, language, cancel);
        return file.Refusal is not null ? NotFound() : File(file.Value.Content, FileTypes.Word, file.Value.Name);
    }
}
