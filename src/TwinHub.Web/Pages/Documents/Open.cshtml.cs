using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Documents;

namespace TwinHub.Web.Pages.Documents;

/// <summary>A document by its id alone, as the API and mails name it: leads to its page in its group.</summary>
public sealed class OpenModel(Reader reader, DocumentReader documents) : PageModel
{
    public async Task<IActionResult> OnGet(Guid id, CancellationToken cancel)
    {
        var group = await documents.GroupOf(reader.Id, id, cancel);
        return group.Refusal is null ? Redirect($"/groups/{group.Value}/documents/{id}") : NotFound();
    }
}
