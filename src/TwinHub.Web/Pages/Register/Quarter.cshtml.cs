using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Register;

namespace TwinHub.Web.Pages.Register;

/// <summary>One submitted quarter of an entry, as the same paper; every past quarter stays readable (domain, section 5).</summary>
public sealed class QuarterModel(Reader reader, RegisterEntryReader entries) : PageModel
{
    public RegisterEntry Entry { get; private set; } = null!;

    public async Task<IActionResult> OnGet(string slug, string quarter, CancellationToken cancel)
    {
        var found = await entries.Find(reader.Id, slug, quarter, cancel);
        if (found.Refusal is not null)
        {
            return NotFound();
        }
        Entry = found.Value;
        return Page();
    }
}
