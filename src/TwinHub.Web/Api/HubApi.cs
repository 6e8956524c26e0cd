using System.Text.Json.Serialization;
using TwinHub.Core;
using TwinHub.Core.Channels;
using TwinHub.Core.People;
using TwinHub.Web.Auth;

namespace TwinHub.Web.Api;

/// <summary>The HTTP door for programs: <c>/api/v1</c>, described at <c>/openapi/v1.json</c> (contract, HTTP).</summary>
public static class HubApi
{
    public static void AddHubApi(this IServiceCollection services)
    {
        services.AddOpenApi("v1", options => options.ShouldInclude = description => description.RelativePath?.StartsWith("api/", StringComparison.Ordinal) == true);
        services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        services.ConfigureHttpJsonOptions(options =>
        {
            options.SerializerOptions.Converters.Add(new MessageEventConverter());
            options.SerializerOptions.DefaultIgnoreCondition = JsonIgnoreCondition.Never;
            options.SerializerOptions.NumberHandling = JsonNumberHandling.Strict;
            options.SerializerOptions.Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping;
        });
    }

    public static void MapHubApi(this IEndpointRouteBuilder app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        var api = app.MapGroup("/api/v1").RequireAuthorization();
        api.MapPeople();
        api.MapNetworks();
        api.MapGroups();
        api.MapMessages();
        api.MapWebinars();
        api.MapQuarters();
        api.MapReviews();
        api.MapRegister();
        api.MapDocuments();
        // A body that is no JSON fits none of the paths above and ends here too.
        app.Map("/api/{**rest}", (HttpContext context) => (HasOtherBody(context.Request) ? Refusal.Invalid("Content-Type") : Refusal.NotFound).Result(context))
            .AllowAnonymous().ExcludeFromDescription();
    }

    private static bool HasOtherBody(HttpRequest request) => request.ContentType is not null && !request.HasJsonContentType();

    /// <summary>Who is asking.</summary>
    public static Viewer Viewer(this HttpContext context) => ViewerIdentity.Read(context.User);

    /// <summary>The value in its API shape, or the refusal as problem details.</summary>
    public static IResult Answer<T>(this HttpContext context, Outcome<T> outcome, Func<T, object?> shape, int status = 200) =>
        outcome.Refusal is { } refusal ? refusal.Result(context) : Results.Json(shape(outcome.Value), statusCode: status);
}

/// <summary>Lists come in pages: <c>{items, nextCursor|null}</c> (contract, Common rules).</summary>
public sealed record Page(IReadOnlyList<object> Items, string? NextCursor)
{
    public const int DefaultLimit = 50;
    public const int MaxLimit = 200;

    /// <summary>The limit asked for: 50 when none, invalid below 1 or above 200.</summary>
    public static Outcome<int> Limit(string? text) =>
        text is null ? DefaultLimit
        : int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var limit) && limit is >= 1 and <= MaxLimit ? limit
        : Refusal.Invalid("limit", "error.limit");

    /// <summary>A page from one row more than asked for.</summary>
    public static Page Of<T>(IReadOnlyList<T> rows, int limit, Func<T, object> shape, Func<T, string> cursor) =>
        new([.. rows.Take(limit).Select(shape)], rows.Count > limit ? cursor(rows[limit - 1]) : null);

    /// <summary>The row after which the next page starts.</summary>
    public static Outcome<Guid?> After(string? cursor) =>
        cursor is null ? (Guid?)null : Guid.TryParse(cursor, out var id) ? (Guid?)id : Refusal.Invalid("cursor");
}
