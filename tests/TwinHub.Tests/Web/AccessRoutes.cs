using System.Reflection;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Realtime;
using TwinHub.Tests.Support;

namespace TwinHub.Tests.Web;

/// <summary>Every way into the running hub, read from the hub itself: routes, page handlers, methods of the live hub.</summary>
public static class AccessRoutes
{
    private static readonly string[] Lifetime = [nameof(TwinningHub.OnConnectedAsync), nameof(TwinningHub.OnDisconnectedAsync), "Dispose"];

    /// <summary><c>METHOD /route</c>, <c>METHOD /page?handler=name</c> and <c>hub Method</c>, each once, in order.</summary>
    public static async Task<IReadOnlyList<string>> Of(TestHub hub)
    {
        var routes = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var endpoint in hub.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(IsCode))
        {
            routes.UnionWith(await Doors(hub, endpoint));
        }
        routes.UnionWith(typeof(TwinningHub).GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(method => !Lifetime.Contains(method.Name)).Select(method => "hub " + method.Name));
        return [.. routes];
    }

    /// <summary>Files of the front end are the same for everybody; so is the framework's door to those made after the build.</summary>
    private static bool IsCode(RouteEndpoint endpoint) =>
        endpoint.Metadata.GetMetadata<StaticAssetDescriptor>() is null && endpoint.RoutePattern.RawText != "{**path:file}";

    private static async Task<IEnumerable<string>> Doors(TestHub hub, RouteEndpoint endpoint)
    {
        var path = "/" + endpoint.RoutePattern.RawText?.TrimStart('/');
        if (endpoint.Metadata.GetMetadata<PageActionDescriptor>() is not { } page)
        {
            return (endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["ANY"]).Select(method => $"{method} {path}");
        }
        var compiled = await hub.App.Services.GetRequiredService<PageLoader>().LoadAsync(page, endpoint.Metadata);
        var handlers = compiled.HandlerMethods.Select(handler =>
            $"{handler.HttpMethod.ToUpperInvariant()} {path}{(handler.Name is null ? "" : "?handler=" + char.ToLowerInvariant(handler.Name[0]) + handler.Name[1..])}").ToList();
        // A page without handlers of its own is shown.
        return handlers.Count > 0 ? handlers : [$"GET {path}"];
    }
}
