using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Mail;
using TwinHub.Core.Text;
using TwinHub.Core.Webinars;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>The invitation as it would arrive, in each language.</summary>
public sealed class MailModel(Reader reader, LetterPreview letters) : PageModel
{
    public Guid Id { get; private set; }

    public Letter Letter { get; private set; } = null!;

    public async Task<IActionResult> OnGet(Guid id, string? language, CancellationToken cancel)
    {
        var found = await letters.Show(reader.Id, id, Languages.IsKnown(language) ? language! : reader.Language, nudge: false, cancel);
        if (found.Refusal is { } hidden)
        {
            return StatusCode(Auth.Problems.Status(hidden.Code));
        }
        (Id, Letter) = (id, found.Value);
        return Page();
    }
}
