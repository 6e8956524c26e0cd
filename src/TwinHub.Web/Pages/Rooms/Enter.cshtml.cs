using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.People;
using TwinHub.Core.Webinars;
using TwinHub.Core.Webinars.Rooms;
using TwinHub.Web.Auth;

namespace TwinHub.Web.Pages.Rooms;

/// <summary>
/// A mailed way into a room: looking opens nothing, only the button does (mail scanners look; invitations, rule 25). The token
/// authorises, nothing is taken from cookies.
/// </summary>
[IgnoreAntiforgeryToken]
public sealed class EnterModel(Reader reader, WebinarReader webinars, RoomDoor door) : PageModel
{
    /// <summary>Null: the link leads nowhere, or nowhere any more.</summary>
    public AnswerPage? Shown { get; private set; }

    /// <summary>Why the room cannot be entered now; null: it can.</summary>
    public string? ClosedKey { get; private set; }

    public async Task<IActionResult> OnGet(string token, CancellationToken cancel)
    {
        await Load(token, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPost(string token, CancellationToken cancel)
    {
        await Load(token, cancel);
        if (Shown is null)
        {
            return Page();
        }
        var opened = await door.Open(token, cancel);
        if (opened.Refusal is not null)
        {
            return Redirect($"/rooms/{token}");
        }
        TokenCookie.Room.Write(HttpContext, opened.Value.Token, RoomAccess.Before + RoomAccess.After + (Shown.View.Webinar.EndsAt - Shown.View.Webinar.StartsAt));
        return Redirect($"/webinars/{opened.Value.WebinarId}/room");
    }

    private async Task Load(string token, CancellationToken cancel)
    {
        var found = await webinars.ByLink(token, Secret.Room, cancel);
        if (found.Refusal is not null || found.Value.State == Webinar.Draft)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        Shown = found.Value;
        reader.SpeakTo(Shown.Language, Shown.TimeZone);
        ClosedKey = Shown.State == Webinar.Cancelled ? "error.webinar.cancelled"
            : reader.Now < Shown.View.Webinar.StartsAt - RoomAccess.Before ? "room.early"
            : !RoomAccess.IsOpen(Shown.View.Webinar, reader.Now) ? "room.over"
            : Shown.Invitation.Response != Invitation.Accepted ? "room.answer-first"
            : null;
        if (ClosedKey is "error.webinar.cancelled" or "room.over")
        {
            Response.StatusCode = StatusCodes.Status410Gone;
        }
    }
}
