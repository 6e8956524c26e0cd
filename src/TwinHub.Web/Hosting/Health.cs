using System.Net;
using Npgsql;
using TwinHub.Core.Data;
using TwinHub.Realtime;

namespace TwinHub.Web.Hosting;

/// <summary>Health (contract): alive is answered by the process alone; ready only with database, migrations and listener.</summary>
public static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/health/live", () => Results.Text("live")).AllowAnonymous().ExcludeFromDescription();
        app.MapGet("/health/ready", Ready).AllowAnonymous().ExcludeFromDescription();
    }

    private static async Task<IResult> Ready(HttpContext context, Migrator migrator, LiveEventListener listener, CancellationToken cancel)
    {
        var database = await Database(migrator, cancel);
        var ready = database == "ok" && listener.IsHearing;
        var isLocal = context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from);
        object answer = isLocal
            ? new { status = ready ? "ready" : "unavailable", database, listener = listener.IsHearing ? "ok" : "away", degraded = Array.Empty<string>() }
            : new { status = ready ? "ready" : "unavailable" };
        return Results.Json(answer, statusCode: ready ? 200 : 503);
    }

    private static async Task<string> Database(Migrator migrator, CancellationToken cancel)
    {
        try
        {
            return await migrator.IsCurrent(cancel) ? "ok" : "migrations missing";
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
        {
            return "away";
        }
    }
}
