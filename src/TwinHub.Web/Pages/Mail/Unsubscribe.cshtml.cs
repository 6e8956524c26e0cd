using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Reminders;

namespace TwinHub.Web.Pages.Mail;

/// <summary>
/// The link at the foot of a reminder: looking shows a button, a POST stops these mails at once. Mail programs send it by
/// themselves, without cookie, sign-in or page before it (RFC 8058, 3.1), so the token in the address is all it takes.
/// </summary>
[AllowAnonymous, IgnoreAntiforgeryToken]
public sealed class UnsubscribeModel(Unsubscriptions unsubscriptions, Reader reader) : PageModel
{
    private string _kind = Unsubscriptions.WebinarReminders;

    public bool Stopped { get; private set; }

    /// <summary>What the page says depends on the kind of mail it stops.</summary>
    public string Key(string part) => _kind == Unsubscriptions.WebinarReminders ? $"unsubscribe.{part}" : $"unsubscribe.{_kind}.{part}";

    public async Task<IActionResult> OnGet(string token, CancellationToken cancel) => Show(await unsubscriptions.Find(token, cancel));

    public async Task<IActionResult> OnPost(string token, CancellationToken cancel) => Show(await unsubscriptions.Stop(token, cancel));

    public async Task<IActionResult> OnPostAgain(string token, CancellationToken cancel) => Show(await unsubscriptions.Resume(token, cancel));

    private IActionResult Show(Outcome<Unsubscriber> found)
    {
        if (found.Refusal is not null)
        {
            return NotFound();
        }
        reader.SpeakTo(found.Value.Language, found.Value.TimeZone);
        (_kind, Stopped) = (found.Value.Kind, found.Value.Stopped);
        return Page();
    }
}
