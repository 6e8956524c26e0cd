using Microsoft.AspNetCore.SignalR;

namespace TwinHub.Load.Servers;

/// <summary>The second yardstick: the bare hub with one INSERT a message, durable before anyone sees it.</summary>
public sealed class InsertHub(InsertStore store, EventTemplate template, TimeProvider clock) : Hub
{
    /// <summary>Joins a channel and gives its newest 50 messages; the position is ignored.</summary>
    public async Task<JoinAnswer> Join(string channelId, long? afterRevision)
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, channelId, Context.ConnectionAborted);
        return await store.Newest(channelId, Context.ConnectionAborted);
    }

    /// <summary>Stores a message, then sends it to everyone joined and answers.</summary>
    public async Task<PostAnswer> Post(string channelId, NewMessage message)
    {
        var room = store[channelId];
        MessagePosted posted;
        Task delivery;
        await room.Turn.WaitAsync();
        try
        {
            var sentAt = clock.GetUtcNow();
            posted = template.Make(channelId, room.Revision + 1, message, sentAt);
            await store.Insert(posted, sentAt, CancellationToken.None);
            room.Revision = posted.Revision;
            delivery = Clients.Group(channelId).SendAsync(nameof(MessagePosted), posted);
        }
        finally
        {
            room.Turn.Release();
        }

        await delivery;
        return new PostAnswer(posted.MessageId, posted.Revision, posted.SentAt);
    }
}
