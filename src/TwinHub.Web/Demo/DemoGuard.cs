using System.Net;
using TwinHub.Web.Auth;

namespace TwinHub.Web.Demo;

/// <summary>Answers 404 to whatever reaches the demo's doors by a proxy, under a foreign name or from a foreign page.</summary>
public static class DemoGuard
{
    private static readonly string[] Proxied = ["Forwarded", "Via", "X-Real-IP"];

    /// <summary>Stands before routing, so that not even a body or a number that cannot be read tells that there is a door.</summary>
    public static void UseDemoGuard(this IApplicationBuilder app, DemoMode demo)
    {
        if (demo.On)
        {
            app.Use((context, next) => !context.Request.Path.StartsWithSegments("/demo", StringComparison.OrdinalIgnoreCase) || Allows(context)
                ? next() : Problems.Write(context, StatusCodes.Status404NotFound, "not_found", "error.not_found"));
        }
    }

    /// <summary>Whether a request comes from this machine, straight and by one of its own names.</summary>
    public static bool IsLocal(HttpContext context)
    {
        var request = context.Request;
        return context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
            && !request.Headers.Keys.Any(name => Proxied.Contains(name, StringComparer.OrdinalIgnoreCase) || name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase))
            && request.Host.Host is ("localhost" or "127.0.0.1" or "[::1]")
            && (request.Headers.Origin.Count == 0 || OriginGuard.IsOwn(request, request.Headers.Origin.ToString()));
    }

    /// <summary>What is sent to a door must be JSON, which no foreign form can send.</summary>
    private static bool Allows(HttpContext context) =>
        IsLocal(context) && (!HttpMethods.IsPost(context.Request.Method) || context.Request.HasJsonContentType());
}
