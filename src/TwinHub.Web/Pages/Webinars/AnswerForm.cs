using TwinHub.Core;
using TwinHub.Core.Webinars;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>The question of an invitation and what was answered, on a page of the hub or behind a mailed link.</summary>
/// <param name="ByLink">The link's token authorises: a form without cookies and so without an antiforgery token.</param>
/// <param name="Wanted">The answer chosen in a mail, not recorded before its button is pressed; null: none.</param>
/// <param name="Refused">Why the last answer was not taken.</param>
public sealed record AnswerForm(string Name, Invitation Mine, Standing Standing, string Action, bool ByLink = false, string? Wanted = null, Refusal? Refused = null)
{
    public string FirstName => Name.Split(' ')[0];

    /// <summary>The button that holds now; who waits has said yes. Null: none.</summary>
    public string? Pressed => Mine.Response switch { Invitation.None => null, Invitation.Waiting => Invitation.Accepted, var response => response };
}
