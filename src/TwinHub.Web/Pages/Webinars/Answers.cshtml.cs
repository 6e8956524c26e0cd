using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Mail;
using TwinHub.Core.Webinars;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>Who comes: the answers, the state of the mails, and what an organiser can do about both.</summary>
public sealed class AnswersModel(Reader reader, AnswersReading reading, InvitationService invitations, NudgeService nudges, WebinarService webinars) : PageModel
{
    public AnswersShown Shown { get; private set; } = null!;

    /// <summary>What waits for a second press: <c>off</c>, <c>nudge</c> or <c>cancel</c>.</summary>
    public string? Asking { get; private set; }

    /// <summary>Who would be taken off.</summary>
    public InvitationView? Leaving { get; private set; }

    /// <summary>What a nudge would say, and to how many.</summary>
    public Letter? Nudge { get; private set; }

    public int Nudged { get; private set; }

    public Refusal? Refused { get; private set; }

    [BindProperty] public InviteForm Invite { get; set; } = new();

    public async Task<IActionResult> OnGet(Guid id, Guid? off, string? ask, CancellationToken cancel)
    {
        if (await Load(id, cancel) is { } hidden)
        {
            return hidden;
        }
        if (Shown.IsOpen)
        {
            Leaving = Shown.Invitations.FirstOrDefault(one => one.Invitation.Id == off);
            Asking = Leaving is not null ? "off" : ask;
            if (ask == "nudge" && Shown.IsAnnounced)
            {
                Nudged = await nudges.Waiting(reader.Id, id, cancel);
                Nudge = Nudged > 0 ? (await reading.Nudge(reader.Id, id, reader.Language, cancel)).Value : null;
            }
        }
        return Page();
    }

    /// <summary>The numbers alone, for the script that keeps them fresh.</summary>
    public async Task<IActionResult> OnGetNumbers(Guid id, CancellationToken cancel)
    {
        var counts = await reading.Count(reader.Id, id, cancel);
        return counts.Refusal is { } hidden ? StatusCode(Auth.Problems.Status(hidden.Code)) : Partial("_Numbers", counts.Value);
    }

    public async Task<IActionResult> OnPostInvite(Guid id, CancellationToken cancel)
    {
        if (await Load(id, cancel) is { } hidden)
        {
            return hidden;
        }
        var list = Invite.List(Invite.NamesPeople ? await reading.People(Shown.View.Network.Id, cancel) : []);
        var added = list.IsEmpty ? Refusal.Invalid("invite", "organiser.nobody") : await invitations.Invite(reader.Id, id, list, cancel);
        return added.Refusal is { } refusal ? Refuse(refusal) : Done(id, reader.W.Count("organiser.added", added.Value));
    }

    public async Task<IActionResult> OnPostOff(Guid id, Guid invitation, CancellationToken cancel) =>
        await Finish(id, await invitations.Remove(reader.Id, id, invitation, cancel), _ => reader.W["organiser.taken-off"], cancel);

    public async Task<IActionResult> OnPostNudge(Guid id, CancellationToken cancel) =>
        await Finish(id, await nudges.Nudge(reader.Id, id, cancel), sent => reader.W.Count("organiser.nudged", sent), cancel);

    public async Task<IActionResult> OnPostPublish(Guid id, int version, CancellationToken cancel)
    {
        if (await Load(id, cancel) is { } hidden)
        {
            return hidden;
        }
        return Shown.Counts.Invited == 0 ? Refuse(Refusal.Invalid("invite", "organiser.nobody"))
            : await Finish(id, await webinars.Schedule(reader.Id, id, version, cancel), _ => reader.W.Count("organiser.sent", Shown.Counts.Invited), cancel);
    }

    public async Task<IActionResult> OnPostCancel(Guid id, int version, CancellationToken cancel) =>
        await Finish(id, await webinars.Cancel(reader.Id, id, version, cancel), _ => reader.W["organiser.cancelled"], cancel);

    private async Task<IActionResult> Finish<T>(Guid id, Outcome<T> outcome, Func<T, string> said, CancellationToken cancel) => outcome.Refusal switch
    {
        null => Done(id, said(outcome.Value)),
        { Code: RefusalCode.NotFound or RefusalCode.NotAllowed } hidden => StatusCode(Auth.Problems.Status(hidden.Code)),
        { } refusal => await Load(id, cancel) ?? Refuse(refusal),
    };

    private RedirectResult Done(Guid id, string said)
    {
        TempData["Flash"] = said;
        return Redirect($"/webinars/{id}/answers");
    }

    private PageResult Refuse(Refusal refusal)
    {
        Refused = refusal;
        Response.StatusCode = Auth.Problems.Status(refusal.Code);
        return Page();
    }

    private async Task<IActionResult?> Load(Guid id, CancellationToken cancel)
    {
        var found = await reading.Find(reader, id, cancel);
        if (found.Refusal is { } hidden)
        {
            return StatusCode(Auth.Problems.Status(hidden.Code));
        }
        Shown = found.Value;
        return null;
    }
}
