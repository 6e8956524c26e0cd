using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using TwinHub.Core;
using TwinHub.Core.Channels;
using TwinHub.Core.Groups;
using TwinHub.Core.People;
using TwinHub.Core.Text;
using TwinHub.Core.Webinars.Rooms;

namespace TwinHub.Realtime;

/// <summary>The live door (contract, Hub): every method checks the caller and passes on to the service the pages use.</summary>
[Authorize]
public sealed class TwinningHub(ChatService chat, AttentionService attention, GroupService groups, RoomReader webinarRooms, LiveRooms live) : Hub
{
    private Subscriber Me => Context.Features.GetRequiredFeature<Subscriber>();

    private Viewer Viewer => Me.Viewer;

    public override Task OnConnectedAsync()
    {
        live.Presence.Came(Viewer.PersonId);
        return Task.CompletedTask;
    }

    public override Task OnDisconnectedAsync(Exception? exception)
    {
        live.Presence.Left(Viewer.PersonId);
        return Task.CompletedTask;
    }

    /// <summary>Joins a channel and returns a page. Live events begin before the page is read.</summary>
    public Task<JoinAnswer> Join(string channelId, long? afterRevision) => Answer(async cancel =>
    {
        var channel = Id(channelId);
        if (afterRevision < 0)
        {
            throw Error(Refusal.Invalid("afterRevision"));
        }
        Check(await chat.Access(Viewer.PersonId, channel, cancel));
        await live.Channels.Join(channel, Me, cancel);
        // Asked again with the page, of the database: a removal before the join would be overheard by nobody.
        var answer = await chat.CatchUp(Viewer.PersonId, channel, afterRevision, cancel);
        if (answer.Refusal is not null)
        {
            live.Channels.Leave(channel, Me);
        }
        var page = Check(answer);
        return new JoinAnswer(page.Revision, page.Messages, page.More, page.Reset ? true : null);
    });

    public void Leave(string channelId) => live.Channels.Leave(Id(channelId), Me);

    /// <summary>Asks for hints when a group changes.</summary>
    public Task Watch(string groupSlug) => Answer(async cancel =>
    {
        Check(await groups.Find(Viewer.PersonId, groupSlug ?? "", cancel));
        live.Channels.Watch(groupSlug!, Me);
        return true;
    });

    /// <summary>Posts a message; answers after it is durable.</summary>
    public Task<PostedMessage> Post(string channelId, PostRequest request) => Answer(async cancel =>
    {
        if (!Guid.TryParse(request?.ClientMessageId, out var clientMessageId))
        {
            throw Error(Refusal.Invalid("clientMessageId"));
        }
        return Check(await chat.Post(Viewer.PersonId, Id(channelId), new(clientMessageId, request.Body ?? "", Files(request.AttachmentIds)), cancel));
    });

    public Task MarkRead(string channelId, long revision) => Answer(async cancel =>
        Check(await attention.MarkRead(Viewer.PersonId, Id(channelId), revision, cancel)));

    /// <summary>Says that the caller is writing; more often than once a second counts once.</summary>
    public Task Typing(string channelId) => Answer(async cancel =>
    {
        var channel = Id(channelId);
        return Me.Calls.MayTell(channel) && Check(await attention.Typing(Viewer, channel, cancel));
    });

    /// <summary>Enters the room of a webinar: attendance begins, and <c>RoomChanged</c> tells what to read again.</summary>
    public Task<bool> EnterRoom(string webinarId) => Answer(async cancel =>
    {
        var webinar = Id(webinarId);
        // A session for one room opens no other.
        if (Viewer.RoomId is { } only && only != webinar)
        {
            throw Error(Refusal.NotFound);
        }
        Check(await webinarRooms.Enter(Viewer.PersonId, webinar, cancel));
        live.Board.Enter(webinar, Me);
        return true;
    });

    public void LeaveRoom(string webinarId) => live.Board.Leave(Id(webinarId), Me);

    /// <summary>Where calls arrive whose arguments do not fit.</summary>
    public void Malformed() => throw Error(new Refusal(RefusalCode.Invalid));

    private async Task<T> Answer<T>(Func<CancellationToken, Task<T>> call)
    {
        try
        {
            return await call(Context.ConnectionAborted);
        }
        catch (Exception fault) when (fault is Npgsql.NpgsqlException or TimeoutException or InvalidOperationException { InnerException: Npgsql.NpgsqlException })
        {
            throw Error(Refusal.Unavailable);
        }
    }

    private T Check<T>(Outcome<T> outcome) => outcome.Refusal is { } refusal ? throw Error(refusal) : outcome.Value;

    /// <summary>Ids are opaque to clients: what is no id of ours is simply not found.</summary>
    private Guid Id(string? id) => Guid.TryParse(id, out var guid) ? guid : throw Error(Refusal.NotFound);

    private List<Guid> Files(IReadOnlyList<string?>? ids) =>
        [.. (ids ?? []).Select(id => Guid.TryParse(id, out var guid) ? guid : throw Error(Refusal.Invalid("attachmentIds", "attachments.gone")))];

    private HubException Error(Refusal refusal) => new($"{refusal.Wire}: {refusal.Sentence(Texts.Shared.For(Viewer.Language))}");
}

/// <summary>What a client posts. Threads are not known yet.</summary>
public sealed record PostRequest(string? ClientMessageId, string? Body, IReadOnlyList<string?>? AttachmentIds = null);

/// <summary>A page for a client that joins or catches up; <c>reset</c> stands only where the client must start over.</summary>
public sealed record JoinAnswer(long Revision, IReadOnlyList<MessageEvent> Messages, bool More,
    [property: System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)] bool? Reset);
