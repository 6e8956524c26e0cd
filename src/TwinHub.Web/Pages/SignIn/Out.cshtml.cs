using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.People;
using TwinHub.Web.Auth;

namespace TwinHub.Web.Pages.SignIn;

/// <summary>Ends this session on the server, not only in the browser.</summary>
public sealed class OutModel(Reader reader, Credentials credentials) : PageModel
{
    public IActionResult OnGet() => Redirect("/");

    public async Task<IActionResult> OnPost(CancellationToken cancel)
    {
        if (reader.Viewer is { SessionId: { } session } viewer)
        {
            await credentials.EndSession(viewer.PersonId, session, cancel);
        }
        TokenCookie.Session.Clear(HttpContext);
        return Redirect("/sign-in");
    }
}
