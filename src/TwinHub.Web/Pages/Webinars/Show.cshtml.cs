using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Webinars;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>A webinar as an invitee sees it, with the question whether they come.</summary>
public sealed class ShowModel(Reader reader, WebinarReader webinars, WebinarDesk desk, AnswerService answers) : PageModel
{
    /// <summary>The meeting's link is shown from so long before the start.</summary>
    private static readonly TimeSpan LinkBefore = TimeSpan.FromMinutes(15);

    public WebinarView View { get; private set; } = null!;
    public string State { get; private set; } = "";
    public Standing Standing { get; private set; } = new(null, false);

    /// <summary>Null: nothing is asked of this person, or not any more.</summary>
    public AnswerForm? Form { get; private set; }

    /// <summary>The meeting's address, for who runs it and, when it is time, for who said yes.</summary>
    public string? JoinUrl => IsTime && (View.Runs || View.Mine?.Response == Invitation.Accepted) ? View.Webinar.JoinUrl : null;

    /// <summary>What is said in the link's place; null: nothing more.</summary>
    public string? LinkKey => State is not ("scheduled" or "live") || JoinUrl is not null ? null
        : !IsTime ? "invitee.link.later"
        : View.Runs || View.Mine?.Response == Invitation.Accepted ? "invitee.link.missing"
        : "invitee.link.answer";

    private bool IsTime => State == "live" || (State == "scheduled" && reader.Now >= View.Webinar.StartsAt - LinkBefore);

    public async Task<IActionResult> OnGet(Guid id, CancellationToken cancel) => await Load(id, null, cancel) ?? Page();

    public async Task<IActionResult> OnPost(Guid id, string? answer, CancellationToken cancel)
    {
        if (await Load(id, null, cancel) is { } hidden)
        {
            return hidden;
        }
        if (View.Mine is not { } mine)
        {
            return StatusCode(403);
        }
        var answered = await answers.Answer(new(mine.Id, answer ?? "", "page"), cancel);
        if (answered.Refusal is not { } refusal)
        {
            return Redirect($"/webinars/{id}");
        }
        Response.StatusCode = Auth.Problems.Status(refusal.Code);
        return await Load(id, refusal, cancel) ?? Page();
    }

    private async Task<IActionResult?> Load(Guid id, Refusal? refused, CancellationToken cancel)
    {
        var found = await webinars.Find(reader.Id, id, cancel);
        if (found.Refusal is not null)
        {
            return NotFound();
        }
        (View, State) = (found.Value, found.Value.Webinar.StateAt(reader.Now));
        if (View.Mine is { } mine && State is ("scheduled" or "live"))
        {
            Standing = await desk.Standing(mine, cancel);
            Form = new(reader.Viewer!.Name, mine, Standing, $"/webinars/{id}", Refused: refused);
        }
        return null;
    }
}
