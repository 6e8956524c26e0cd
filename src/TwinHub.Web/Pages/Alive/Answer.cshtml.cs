using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Facilitation;

namespace TwinHub.Web.Pages.Alive;

/// <summary>
/// The mailed question how a group is going. Looking records nothing, only a press does; the token authorises and nothing is taken
/// from cookies, as on the page of an invitation.
/// </summary>
[AllowAnonymous, IgnoreAntiforgeryToken]
public sealed class AnswerModel(Reader reader, AliveService alive) : PageModel
{
    /// <summary>Null: the link leads nowhere, or nowhere any more.</summary>
    public AliveQuestion? Question { get; private set; }

    public Refusal? Refused { get; private set; }

    public Task<IActionResult> OnGet(string token, CancellationToken cancel) => Show(token, null, cancel);

    public async Task<IActionResult> OnPost(string token, string? answer, CancellationToken cancel)
    {
        var answered = await alive.Answer(token, answer, cancel);
        return answered.Refusal is { } refusal ? await Show(token, refusal, cancel) : Redirect($"/alive/{token}");
    }

    private async Task<IActionResult> Show(string token, Refusal? refused, CancellationToken cancel)
    {
        var found = await alive.Find(token, cancel);
        Response.StatusCode = found.Refusal is not null ? StatusCodes.Status404NotFound : refused is null ? StatusCodes.Status200OK : Auth.Problems.Status(refused.Code);
        if (found.Refusal is null)
        {
            reader.SpeakTo(found.Value.Language, found.Value.TimeZone);
            (Question, Refused) = (found.Value, refused);
        }
        return Page();
    }
}
