using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.People;
using TwinHub.Web.Auth;

namespace TwinHub.Web.Pages.SignIn;

/// <summary>A mailed link: looking shows a button, only the button signs in (mail scanners look).</summary>
public sealed class LinkModel(SignInService signIn, Credentials credentials, SignInOptions options) : PageModel
{
    public bool Usable { get; private set; }

    public async Task OnGet(string token, CancellationToken cancel)
    {
        Usable = await signIn.IsUsable(token, cancel);
        Response.StatusCode = Usable ? 200 : 404;
    }

    public async Task<IActionResult> OnPost(string token, CancellationToken cancel)
    {
        var used = await signIn.Use(token, HttpContext.Connection.RemoteIpAddress?.ToString(), cancel);
        if (used.Refusal is not null)
        {
            Response.StatusCode = 404;
            return Page();
        }
        // A new id at sign-in, the old one dead (ASVS 7.2.4).
        if (HttpContext.User.Identity?.IsAuthenticated == true && ViewerIdentity.Read(HttpContext.User) is { SessionId: { } old } viewer)
        {
            await credentials.EndSession(viewer.PersonId, old, cancel);
        }
        TokenCookie.Session.Write(HttpContext, await credentials.OpenSession(used.Value, Device.Name(Request.Headers.UserAgent), cancel), options.SessionLife);
        return Redirect("/");
    }
}
