namespace TwinHub.Web.Auth;

/// <summary>
/// Refuses what a foreign page could send with the visitor's cookie: writing requests and hub connections whose Origin is
/// not our own (ASVS 3.5.1, 4.4.2). Programs send no Origin; they come with a token.
/// </summary>
public static class OriginGuard
{
    public static IApplicationBuilder UseOriginGuard(this IApplicationBuilder app) => app.Use((context, next) =>
        HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method) || Allows(context.Request)
            ? next() : Problems.Write(context, StatusCodes.Status403Forbidden, "not_allowed", "error.not_allowed"));

    /// <summary>The request comes from our own pages or from a program.</summary>
    public static bool Allows(HttpRequest request) => request.Headers.Origin.ToString() is not { Length: > 0 } origin || IsOwn(request, origin);

    /// <summary>Whether an Origin header names this very host.</summary>
    public static bool IsOwn(HttpRequest request, string origin) =>
        string.Equals(origin, $"{request.Scheme}://{request.Host}", StringComparison.OrdinalIgnoreCase);
}
