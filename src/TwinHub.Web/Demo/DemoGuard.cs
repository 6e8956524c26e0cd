using System.Net;
using TwinHub.Core;
using TwinHub.Web.Auth;

namespace TwinHub.Web.Demo;

/// <summary>Answers 404 to whatever reaches the demo's doors by a proxy, under a foreign name or from a foreign page.</summary>
public static class DemoGuard
{
    private static readonly string[] Proxied = ["Forwarded", "Via", "X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Prefix", "X-Real-IP"];

    public static async ValueTask<object?> Filter(EndpointFilterInvocationContext context, EndpointFilterDelegate next) =>
        Allows(context.HttpContext, isPage: false) ? await next(context) : Refusal.NotFound.Result(context.HttpContext);

    /// <summary>Whether a request may pass. A page is opened by links, a data door takes JSON only.</summary>
    public static bool Allows(HttpContext context, bool isPage)
    {
        var request = context.Request;
        return context.Connection.RemoteIpAddress is { } from && IPAddress.IsLoopback(from)
            && !request.Headers.Keys.Any(name => Proxied.Contains(name, StringComparer.OrdinalIgnoreCase) || name.StartsWith("X-Forwarded-", StringComparison.OrdinalIgnoreCase))
            && request.Host.Host is ("localhost" or "127.0.0.1" or "[::1]")
            && (request.Headers.Origin.Count == 0 || OriginGuard.IsOwn(request, request.Headers.Origin.ToString()))
            && (isPage || !HttpMethods.IsPost(request.Method) || request.HasJsonContentType());
    }
}
