using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using TwinHub.Core.People;
using TwinHub.Realtime;
using TwinHub.Web.Api;

namespace TwinHub.Web.Auth;

/// <summary>
/// The two ways to say who one is: the session cookie on pages and (with the hub's own Origin) on the hub, a personal access
/// token on the API and the hub. The API takes nothing from cookies, so no foreign page can write through it.
/// </summary>
public sealed class HubAuthentication(IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory loggers, UrlEncoder encoder, Credentials credentials)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, loggers, encoder)
{
    public const string SchemeName = "TwinHub";

    private bool IsApi => Request.Path.StartsWithSegments("/api", StringComparison.Ordinal);

    /// <summary>A mail server is nobody: its secret is no token, and a cookie beside it says nothing.</summary>
    private bool IsMailDoor => Request.Path.StartsWithSegments(InboundMailApi.Path, StringComparison.OrdinalIgnoreCase);

    private bool IsHub => Request.Path.StartsWithSegments(RealtimeSetup.HubPath, StringComparison.Ordinal);

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var viewer = Token() is { } token ? await credentials.ByAccessToken(token, Context.RequestAborted)
            : !IsApi && !IsMailDoor && SessionCookie.Read(Request) is { } cookie ? await credentials.BySession(cookie, Context.RequestAborted)
            : null;
        return viewer is null ? AuthenticateResult.NoResult()
            : AuthenticateResult.Success(new AuthenticationTicket(new ClaimsPrincipal(new ViewerIdentity(viewer, SchemeName)), SchemeName));
    }

    protected override Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        if (IsApi || IsHub || Request.Headers.Accept.ToString().Contains("application/json", StringComparison.Ordinal))
        {
            Response.Headers.WWWAuthenticate = "Bearer";
            return Problems.Write(Context, StatusCodes.Status401Unauthorized, "unauthorized", "error.unauthorized");
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

    /// <summary>The bearer token; in the query only on the hub, because browsers cannot set headers on a WebSocket.</summary>
    private string? Token()
    {
        if (!IsApi && !IsHub)
        {
            return null;
        }
        var header = Request.Headers.Authorization.ToString();
        if (header.StartsWith("Bearer ", StringComparison.OrdinalIgnoreCase))
        {
            return header["Bearer ".Length..].Trim();
        }
        return IsHub && Request.Query["access_token"].ToString() is { Length: > 0 } query ? query : null;
    }
}

/// <summary>The cookie that holds a session's token (security.md, Decided).</summary>
public static class SessionCookie
{
    private const string SecureName = "__Host-twinhub";
    private const string PlainName = "twinhub";

    public static string? Read(HttpRequest request) =>
        request.Cookies[Name(request)] is { Length: > 20 and < 200 } token ? token : null;

    public static void Write(HttpContext context, string token, TimeSpan life) =>
        context.Response.Cookies.Append(Name(context.Request), token, Options(context.Request, life));

    public static void Clear(HttpContext context) =>
        context.Response.Cookies.Delete(Name(context.Request), Options(context.Request, null));

    private static string Name(HttpRequest request) => request.IsHttps ? SecureName : PlainName;

    private static CookieOptions Options(HttpRequest request, TimeSpan? life) => new()
    {
        HttpOnly = true, Secure = request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/", MaxAge = life, IsEssential = true,
    };
}
