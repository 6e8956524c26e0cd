using Microsoft.AspNetCore.SignalR;

namespace TwinHub.Load.Servers;

/// <summary>The first yardstick: a SignalR hub that stores nothing, the most the framework gives on this machine.</summary>
public sealed class BareHub(BareRooms rooms, EventTemplate template, TimeProvider clock) : Hub
{
    /// <summary>Joins a channel and gives its newest 50 messages; the position is ignored.</summary>
    public async Task<JoinAnswer> Join(string channelId, long? afterRevision)
    {
        await Groups.AddToGroupAsync(Context.ConnectionId, channelId, Context.ConnectionAborted);
        return rooms[channelId].Newest();
    }

    /// <summary>Numbers a message, sends it to everyone joined and answers.</summary>
    public async Task<PostAnswer> Post(string channelId, NewMessage message)
    {
        var (posted, delivery) = rooms[channelId].Post(
            revision => template.Make(channelId, revision, message, clock.GetUtcNow()),
            made => Clients.Group(channelId).SendAsync(nameof(MessagePosted), made));
        await delivery;
        return new PostAnswer(posted.MessageId, posted.Revision, posted.SentAt);
    }
}
