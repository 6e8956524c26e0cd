using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Documents;

namespace TwinHub.Web.Pages.Documents;

/// <summary>A document by its id alone, as mails and webinars name it: leads to its page in the group.</summary>
public sealed class GoModel(Reader reader, DocumentFinder finder) : PageModel
{
    public async Task<IActionResult> OnGet(Guid id, CancellationToken cancel) =>
        await finder.GroupOf(reader.Id, id, cancel) is { } slug ? Redirect($"/groups/{slug}/documents/{id}") : NotFound();
}
