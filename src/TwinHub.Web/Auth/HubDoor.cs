using System.Security.Claims;
using TwinHub.Core.People;
using TwinHub.Core.Webinars.Rooms;
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
        var (source, identities) = (app.Services.GetRequiredService<EndpointDataSource>(), new Identities(app.Services.GetRequiredService<Credentials>(), app.Services.GetRequiredService<RoomDoor>()));
        var endpoints = new Lazy<Dictionary<string, Endpoint>>(() => source.Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => Leads(endpoint.RoutePattern.RawText)).ToDictionary(endpoint => endpoint.RoutePattern.RawText!, Endpoint (endpoint) => endpoint));
        app.MapWhen(context => Leads(context.Request.Path.Value), branch => branch.Run(context => Enter(context, endpoints.Value[context.Request.Path.Value!], identities)));
    }

    private static bool Leads(string? path) => path is RealtimeSetup.HubPath or RealtimeSetup.HubPath + "/negotiate";

    private static async Task Enter(HttpContext context, Endpoint endpoint, Identities identities)
    {
        if (!context.WebSockets.IsWebSocketRequest)
        {
            SecurityHeaders.Add(context);
        }
        if (await Admit(context, identities))
        {
            context.SetEndpoint(endpoint);
            await endpoint.RequestDelegate!(context);
        }
    }

    private static async Task<bool> Admit(HttpContext context, Identities identities)
    {
        if (!OriginGuard.Allows(context.Request))
        {
            await Problems.Write(context, StatusCodes.Status403Forbidden, "not_allowed", "error.not_allowed");
            return false;
        }
        try
        {
            if (await identities.Who(context.Request, context.RequestAborted) is { } viewer)
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

    private sealed record Identities(Credentials Credentials, RoomDoor Rooms)
    {
        /// <summary>
        /// A token in the header or, because browsers cannot set headers on a WebSocket, in the query; a page that was opened
        /// by a room's session says so; else the person's own session.
        /// </summary>
        public Task<Viewer?> Who(HttpRequest request, CancellationToken cancel) =>
            (HubAuthentication.Bearer(request) ?? (request.Query["access_token"].ToString() is { Length: > 0 } query ? query : null)) is { } token ? Credentials.ByAccessToken(token, cancel)
            : Guid.TryParse(request.Query["room"], out var room) ? TokenCookie.Room.Read(request) is { } pass ? Rooms.Read(pass, room, cancel) : Task.FromResult<Viewer?>(null)
            : TokenCookie.Session.Read(request) is { } cookie ? Credentials.BySession(cookie, cancel)
            : Task.FromResult<Viewer?>(null);
    }
}
