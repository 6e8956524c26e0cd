using Microsoft.Net.Http.Headers;
using TwinHub.Core.Webinars;

namespace TwinHub.Web.Api;

/// <summary>A person's calendar at its secret address (contract, HTTP). Nothing else is asked, because calendars cannot sign in.</summary>
public static class CalendarFeedDoor
{
    public static void MapCalendarFeed(this IEndpointRouteBuilder app) => app.MapGet("/calendar/{token}.ics", Read).AllowAnonymous().ExcludeFromDescription();

    private static async Task<IResult> Read(HttpContext context, string token, CalendarFeeds feeds, CancellationToken cancel)
    {
        var feed = await feeds.Read(token, cancel);
        if (feed.Refusal is not null)
        {
            return Results.NotFound();
        }
        // Kept by the subscriber alone, and asked about each time: a webinar may have been moved.
        context.Response.Headers.CacheControl = "private, no-cache";
        var tag = new EntityTagHeaderValue($"\"{feed.Value.Tag}\"", isWeak: true);
        return Results.Bytes(feed.Value.Calendar, "text/calendar; charset=utf-8", entityTag: tag);
    }
}
