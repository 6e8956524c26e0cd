using Microsoft.EntityFrameworkCore;
using Npgsql;
using TwinHub.Web.Api;
using TwinHub.Web.Auth;

namespace TwinHub.Web.Hosting;

/// <summary>
/// Turns what went wrong underneath into an answer without inner details: a body that cannot be read is <c>invalid</c>, an
/// absent database is <c>unavailable</c>, anything else is logged and answered 500.
/// </summary>
public static class Faults
{
    public static IApplicationBuilder UseFaults(this IApplicationBuilder app) => app.Use(async (context, next) =>
    {
        try
        {
            await next();
            await Explain(context);
        }
        catch (Exception fault) when (!context.Response.HasStarted && !context.RequestAborted.IsCancellationRequested)
        {
            await Answer(context, fault);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The other side has gone; there is nobody to answer.
        }
    });

    /// <summary>The framework refuses some requests by a bare status, such as a body that is too large; programs get the contract's form.</summary>
    private static Task Explain(HttpContext context)
    {
        var response = context.Response;
        var isBare = IsApi(context) && response is { StatusCode: >= 400, HasStarted: false, ContentType: null };
        var code = response.StatusCode switch { 403 => "not_allowed", 404 => "not_found", 413 => "too_long", 429 => "rate_limited", >= 500 => "unavailable", _ => "invalid" };
        return isBare ? Problems.Write(context, response.StatusCode, code, "error." + code) : Task.CompletedTask;
    }

    /// <summary>Programs ask here; everywhere else people do.</summary>
    private static bool IsApi(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || context.Request.Path.StartsWithSegments(InboundMailApi.Path, StringComparison.Ordinal);

    private static async Task Answer(HttpContext context, Exception fault)
    {
        var (status, code) = fault switch
        {
            BadHttpRequestException { StatusCode: 413 } => (413, "too_long"),
            BadHttpRequestException => (400, "invalid"),
            _ when IsDatabaseAway(fault) => (503, "unavailable"),
            _ => (500, "unavailable"),
        };
        if (status >= 500)
        {
            context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("TwinHub.Faults")
                .Log(status == 500 ? LogLevel.Error : LogLevel.Warning, status == 500 ? fault : null, "{Method} {Path} failed: {Fault}", context.Request.Method, Route(context), fault.GetType().Name);
        }
        context.Response.Clear();
        if (IsApi(context))
        {
            await Problems.Write(context, status, code, "error." + code);
            return;
        }
        // The status alone: the status code pages show it in the reader's language.
        context.Response.StatusCode = status;
    }

    /// <summary>The pattern, not the address: that may hold a token (ASVS 16.2.5).</summary>
    private static string? Route(HttpContext context) => (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText;

    /// <summary>The database is not there, or is going or coming.</summary>
    public static bool IsDatabaseAway(Exception fault) => fault switch
    {
        PostgresException postgres => postgres.IsTransient || postgres.SqlState.StartsWith("57P", StringComparison.Ordinal),
        NpgsqlException or TimeoutException => true,
        InvalidOperationException or DbUpdateException => fault.InnerException is { } inner && IsDatabaseAway(inner),
        _ => false,
    };
}
