using TwinHub.Realtime;

namespace TwinHub.Web.Auth;

/// <summary>
/// Refuses what a foreign page could send with the visitor's cookie: writing requests and hub connections whose Origin is
/// not our own (ASVS 3.5.1, 4.4.2). Programs send no Origin; they come with a token.
/// </summary>
public static class OriginGuard
{
    public static IApplicationBuilder UseOriginGuard(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        var request = context.Request;
        var guarded = request.Path.StartsWithSegments(RealtimeSetup.HubPath, StringComparison.Ordinal)
            || !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
        if (guarded && request.Headers.Origin.ToString() is { Length: > 0 } origin && !IsOwn(request, origin))
        {
            await Problems.Write(context, StatusCodes.Status403Forbidden, "not_allowed", "error.not_allowed");
            return;
        }
        await next();
    });

    /// <summary>Whether an Origin header names this very host.</summary>
    public static bool IsOwn(HttpRequest request, string origin) =>
        string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}
