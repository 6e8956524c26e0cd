using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.People;
using TwinHub.Core.Webinars;
using TwinHub.Web.Pages.Webinars;

namespace TwinHub.Web.Pages.Invitations;

/// <summary>
/// A mailed invitation: looking shows it and records nothing, only a button answers (mail scanners look; invitations, rule 25).
/// The token authorises, nothing is taken from cookies: so no antiforgery token is asked for, and <see cref="Auth.OriginGuard"/>
/// refuses foreign pages all the same.
/// </summary>
[IgnoreAntiforgeryToken]
public sealed class ReplyModel(Reader reader, WebinarReader webinars, WebinarDesk desk, AnswerService answers) : PageModel
{
    /// <summary>Null: the link leads nowhere, or nowhere any more.</summary>
    public AnswerPage? Shown { get; private set; }

    public Standing Standing { get; private set; } = new(null, false);

    /// <summary>Null: the webinar is over or cancelled.</summary>
    public AnswerForm? Form { get; private set; }

    public async Task<IActionResult> OnGet(string token, string? answer, CancellationToken cancel)
    {
        await Load(token, Answer.IsResponse(answer) ? answer : null, null, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPost(string token, string? answer, CancellationToken cancel)
    {
        await Load(token, null, null, cancel);
        if (Form is null)
        {
            return Page();
        }
        var answered = await answers.Answer(new(Form.Mine.Id, answer ?? "", "link"), cancel);
        if (answered.Refusal is { Code: RefusalCode.Invalid } refusal)
        {
            await Load(token, null, refusal, cancel);
            Response.StatusCode = StatusCodes.Status400BadRequest;
            return Page();
        }
        // Whatever else came between is said by the page itself; a page that was posted is never shown, so nothing is sent twice.
        return Redirect($"/invitations/{token}");
    }

    private async Task Load(string token, string? wanted, Refusal? refused, CancellationToken cancel)
    {
        var found = await webinars.ByLink(token, Secret.Answer, cancel);
        if (found.Refusal is not null || found.Value.State == Webinar.Draft)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        Shown = found.Value;
        reader.SpeakTo(Shown.Language, Shown.TimeZone);
        if (Shown.State is not ("scheduled" or "live"))
        {
            Response.StatusCode = StatusCodes.Status410Gone;
            return;
        }
        Standing = await desk.Standing(Shown.Invitation, cancel);
        Form = new(Shown.Name, Shown.Invitation, Standing, $"/invitations/{token}", ByLink: true, wanted, refused);
    }
}
