using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Register;

namespace TwinHub.Web.Pages.Updates;

/// <summary>
/// The page behind a register mail: looking shows the draft, a POST files it or says that there is nothing to report. The token in
/// the address is all it takes; it files this one update and opens nothing else.
/// </summary>
[AllowAnonymous, IgnoreAntiforgeryToken]
public sealed class FileModel(OneStepService steps, Reader reader) : PageModel
{
    /// <summary>Null: the link leads nowhere, or nowhere any more.</summary>
    public LinkedUpdate? Shown { get; private set; }

    public Quarter Quarter => Shown!.Update.Period;

    public bool IsLate => Shown!.Seat.Network.Day(reader.Now) > Shown.Update.DueOn;

    /// <summary>Who submitted it.</summary>
    public string By => Shown!.SubmittedBy ?? Shown.Person.Name;

    public async Task<IActionResult> OnGet(string token, CancellationToken cancel) => Show(await steps.Find(token, cancel));

    public async Task<IActionResult> OnPost(string token, string? what, CancellationToken cancel)
    {
        if (what is not ("draft" or "nothing"))
        {
            return Show(await steps.Find(token, cancel), StatusCodes.Status400BadRequest);
        }
        var filed = await steps.File(token, what == "nothing", cancel);
        // A page that was posted is never shown, so nothing is sent twice.
        return filed.Refusal is null ? Redirect($"/updates/{token}") : Show(filed);
    }

    private PageResult Show(Outcome<LinkedUpdate> found, int status = StatusCodes.Status200OK)
    {
        if (found.Refusal is not null)
        {
            Response.StatusCode = Auth.Problems.Status(found.Refusal.Code);
            return Page();
        }
        Shown = found.Value;
        reader.SpeakTo(Shown.Person.Language, Shown.Person.TimeZone);
        Response.StatusCode = status;
        return Page();
    }
}
