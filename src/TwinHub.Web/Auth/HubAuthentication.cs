using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using TwinHub.Core.People;
using TwinHub.Web.Api;

namespace TwinHub.Web.Auth;

/// <summary>
/// The two ways to say who one is: the session cookie on pages, a personal access token on the API. The API takes nothing from
/// cookies, so no foreign page can write through it. The hub takes both: see <see cref="HubDoor"/>.
/// </summary>
public sealed class HubAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, Credentials credentials)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "TwinHub";

    private bool IsApi => Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);

    /// <summary>A mail server is nobody: its secret is no token, and a cookie beside it says nothing.</summary>
    private bool IsMailDoor => Request.Path.StartsWithSegments(InboundMailApi.Path, StringComparison.OrdinalIgnoreCase);

    /// <summary>The token of an Authorization header (RFC 6750, 2.1), or null.</summary>
    public static string? Bearer(HttpRequest request) =>
        request.Headers.Authorization.ToString() is var header && header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase) ? header["Bearer ".Length..].Trim() : null;

    /// <summary>Tells a program that it must say who it is.</summary>
    public static Task Challenge(HttpContext context)
    {
        context.Response.Headers.WWWAuthenticate = "Bearer";
        return Problems.Write(context, StatusCodes.Status401Unauthorized, "unauthorized", "error.unauthorized");
    }

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var viewer = IsApi && Bearer(Request) is { } token ? await credentials.ByAccessToken(token, Context.RequestAborted)
            : !IsApi && !IsMailDoor && TokenCookie.Session.Read(Request) is { } cookie ? await credentials.BySession(cookie, Context.RequestAborted)
            : null;
        return viewer is null ? AuthenticateResult.NoResult()
            : AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ViewerIdentity(viewer, SchemeName)), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (IsApi || Request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal))
        {
            return Challenge(Context);
        }
        var wanted = HttpMethods.IsGet(Request.Method) && Request.Path != "/" ? "?returnUrl=" + Uri.EscapeDataString(Request.Path + Request.QueryString) : "";
        Response.Redirect("/sign-in" + wanted);
        return Task.CompletedTask;
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties)
    {
        Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }
}
