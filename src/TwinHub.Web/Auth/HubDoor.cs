using System.Security.Claims;
using TwinHub.Core.People;
using TwinHub.Realtime;
using TwinHub.Web.Hosting;

namespace TwinHub.Web.Auth;

/// <summary>
/// The way of a live connection: only what it needs. A connection lives for hours and keeps alive whatever its request has
/// passed through, so it does not go through the pages' pipeline (measured: a tenth of a connection's memory). The same
/// rules hold: our own Origin or none (ASVS 4.4.2), a session or a token, problem details when refused.
/// </summary>
public static class HubDoor
{
    public static void UseHubDoor(this WebApplication app)
    {
        var (source, credentials) = (app.Services.GetRequiredService<EndpointDataSource>(), app.Services.GetRequiredService<Credentials>());
        var endpoints = new Lazy<Dictionary<string, Endpoint>>(() => source.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => Leads(endpoint.RoutePattern.RawText)).ToDictionary(endpoint => endpoint.RoutePattern.RawText!, Endpoint (endpoint) => endpoint));
        app.MapWhen(context => Leads(context.Request.Path.Value), branch => branch.Run(context => Enter(context, endpoints.Value[context.Request.Path.Value!], credentials)));
    }

    private static bool Leads(string? path) => path is RealtimeSetup.HubPath or RealtimeSetup.HubPath + "/negotiate";

    private static async Task Enter(HttpContext context, Endpoint endpoint, Credentials credentials)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            SecurityHeaders.Add(context);
        }
        if (await Admit(context, credentials))
        {
            context.SetEndpoint(endpoint);
            await endpoint.RequestDelegate!(context);
        }
    }

    private static async Task<bool> Admit(HttpContext context, Credentials credentials)
    {
        if (!OriginGuard.Allows(context.Request))
        {
            await Problems.Write(context, StatusCodes.Status403Forbidden, "not_allowed", "error.not_allowed");
            return false;
        }
        try
        {
            if (await Who(context.Request, credentials, context.RequestAborted) is { } viewer)
            {
                // Where somebody belongs is for pages; the name in four languages would stay in memory with every connection.
                context.User = new ClaimsPrincipal(new ViewerIdentity(viewer with { Organisation = null }, HubAuthentication.SchemeName));
                return true;
            }
            await HubAuthentication.Challenge(context);
        }
        catch (Exception fault) when (Faults.IsDatabaseAway(fault))
        {
            await Problems.Write(context, StatusCodes.Status503ServiceUnavailable, "unavailable", "error.unavailable");
        }
        return false;
    }

    /// <summary>A token in the header or, because browsers cannot set headers on a WebSocket, in the query; else the session's cookie.</summary>
    private static Task<Viewer?> Who(HttpRequest request, Credentials credentials, CancellationToken cancel) =>
        (HubAuthentication.Bearer(request) ?? (request.Query["access_token"].ToString() is { Length: > 0 } query ? query : null)) is { } token ? credentials.ByAccessToken(token, cancel)
        : SessionCookie.Read(request) is { } cookie ? credentials.BySession(cookie, cancel)
        : Task.FromResult<Viewer?>(null);
}
