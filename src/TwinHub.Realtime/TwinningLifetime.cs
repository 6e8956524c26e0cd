using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using TwinHub.Core.People;

namespace TwinHub.Realtime;

/// <summary>Gives rooms their connections. SignalR's own groups are not used: they neither order nor isolate concurrent sends.</summary>
public sealed class TwinningLifetime(Rooms rooms, RoomBoard board, ILogger<DefaultHubLifetimeManager<TwinningHub>> logger) : DefaultHubLifetimeManager<TwinningHub>(logger)
{
    public override Task OnConnectedAsync(HubConnectionContext connection)
    {
        var subscriber = new Subscriber(connection, ViewerIdentity.Read(connection.User));
        connection.Features.Set(subscriber);
        rooms.Connected(subscriber);
        return base.OnConnectedAsync(connection);
    }

    public override Task OnDisconnectedAsync(HubConnectionContext connection)
    {
        if (connection.Features.Get<Subscriber>() is { } subscriber)
        {
            rooms.Disconnected(subscriber);
            board.Disconnected(subscriber);
        }
        return base.OnDisconnectedAsync(connection);
    }
}
