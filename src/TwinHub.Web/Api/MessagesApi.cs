using System.Globalization;
using TwinHub.Core;
using TwinHub.Core.Channels;
using TwinHub.Web.Auth;

namespace TwinHub.Web.Api;

internal static class MessagesApi
{
    public static void MapMessages(this RouteGroupBuilder api)
    {
        api.MapGet("/channels/{id}/messages", Read).WithSummary("Messages: before= pages back by place, newest first; after= gives changes by revision, oldest first.");
        api.MapPost("/channels/{id}/messages", Post).WithSummary("Posts a message; 201 the first time, 200 when the same is sent again.");
    }

    private static async Task<IResult> Read(HttpContext context, string id, string? limit, string? before, string? after, ChatService chat, CancellationToken cancel)
    {
        var channel = Guid.TryParse(id, out var found) ? found : Guid.Empty;
        var (size, back, forth) = (Page.Limit(limit), Number(before, "before"), Number(after, "after"));
        var access = await chat.Access(context.Viewer().PersonId, channel, cancel);
        var both = before is not null && after is not null ? Refusal.Invalid("before", "error.before_and_after") : null;
        if ((access.Refusal ?? size.Refusal ?? back.Refusal ?? forth.Refusal ?? both) is { } refusal)
        {
            return refusal.Result(context);
        }
        var (messages, more) = forth.Value is { } revision
            ? await chat.After(channel, revision, size.Value, cancel)
            : await chat.Before(channel, back.Value ?? long.MaxValue, size.Value, cancel);
        var next = !more ? null : (forth.Value is null ? messages[^1].Posted : messages[^1].Revision).ToString(CultureInfo.InvariantCulture);
        return Results.Json(new { items = messages, nextCursor = next });
    }

    private static async Task<IResult> Post(HttpContext context, string id, NewMessage body, ChatService chat, CancellationToken cancel)
    {
        var channel = Guid.TryParse(id, out var found) ? found : Guid.Empty;
        var access = await chat.Access(context.Viewer().PersonId, channel, cancel);
        if (access.Refusal is { } refusal)
        {
            return refusal.Result(context);
        }
        if (!Guid.TryParse(body.ClientMessageId, out var clientMessageId))
        {
            return Refusal.Invalid("clientMessageId").Result(context);
        }
        var files = (body.AttachmentIds ?? []).Select(one => Guid.TryParse(one, out var file) ? file : Guid.Empty).ToList();
        if (files.Contains(Guid.Empty))
        {
            return Refusal.Invalid("attachmentIds", "attachments.gone").Result(context);
        }
        var posted = await chat.Post(context.Viewer().PersonId, channel, new(clientMessageId, body.Body ?? "", files), cancel);
        return context.Answer(posted, message => message, posted.Refusal is null && !posted.Value.Repeated ? 201 : 200);
    }

    private static Outcome<long?> Number(string? text, string field) =>
        text is null ? (long?)null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? (long?)number
        : Refusal.Invalid(field);
}

/// <summary>A message to post: a UUID of the client's own, Markdown, and files that were sent before, at most ten; with files the body may be empty.</summary>
public sealed record NewMessage(string? ClientMessageId, string? Body, IReadOnlyList<string?>? AttachmentIds = null);
