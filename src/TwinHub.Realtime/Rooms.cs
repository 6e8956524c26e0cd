using System.Collections.Concurrent;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using TwinHub.Core.Channels;

namespace TwinHub.Realtime;

/// <summary>This node's connections, the channels they have joined and the groups they watch.</summary>
public sealed class Rooms(MessageReader reader, Pace pace, TimeProvider time, ILogger<Rooms> logger)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<Guid, Room> _rooms = [];
    private readonly ConcurrentDictionary<string, Subscriber> _connections = new();
    private readonly Dictionary<(string Slug, string Connection), Subscriber> _watchers = [];

    public IEnumerable<Subscriber> Connections => _connections.Values;

    public void Connected(Subscriber subscriber) => _connections[subscriber.ConnectionId] = subscriber;

    public void Disconnected(Subscriber subscriber)
    {
        _connections.TryRemove(subscriber.ConnectionId, out _);
        Unwatch(watcher => watcher.Key.Connection == subscriber.ConnectionId);
        lock (_gate)
        {
            foreach (var room in _rooms.Values.ToList())
            {
                Remove(room, subscriber);
            }
        }
    }

    /// <summary>Adds a reader; when this returns, every later revision reaches it.</summary>
    /// <exception cref="OperationCanceledException">The connection has ended meanwhile.</exception>
    public async Task Join(Guid channel, Subscriber subscriber, CancellationToken cancel)
    {
        Room? room;
        lock (_gate)
        {
            // Nobody would ever take out a connection that is put in after its end.
            if (!_connections.ContainsKey(subscriber.ConnectionId))
            {
                throw new OperationCanceledException("The connection has ended.");
            }
            if (!_rooms.TryGetValue(channel, out room))
            {
                _rooms[channel] = room = new Room(channel, reader, pace, time, logger);
            }
            room.Add(subscriber);
        }
        await room.Ready.WaitAsync(AppendLog.Patience, time, cancel);
    }

    public void Leave(Guid channel, Subscriber subscriber)
    {
        lock (_gate)
        {
            if (_rooms.TryGetValue(channel, out var room))
            {
                Remove(room, subscriber);
            }
        }
    }

    public Room? Find(Guid channel)
    {
        lock (_gate)
        {
            return _rooms.GetValueOrDefault(channel);
        }
    }

    public IReadOnlyList<Room> All()
    {
        lock (_gate)
        {
            return [.. _rooms.Values];
        }
    }

    public void Watch(string slug, Subscriber subscriber)
    {
        lock (_watchers)
        {
            // Nobody would ever take out a connection that is put in after its end.
            if (_connections.ContainsKey(subscriber.ConnectionId))
            {
                _watchers[(slug, subscriber.ConnectionId)] = subscriber;
            }
        }
    }

    /// <summary>Who watches which group here.</summary>
    public IReadOnlyList<(string Slug, Guid Person)> Watched()
    {
        lock (_watchers)
        {
            return [.. _watchers.Select(watcher => (watcher.Key.Slug, watcher.Value.Viewer.PersonId)).Distinct()];
        }
    }

    /// <summary>Whether anybody watches a group here.</summary>
    public bool IsWatched(string slug)
    {
        lock (_watchers)
        {
            return _watchers.Keys.Any(watcher => watcher.Slug == slug);
        }
    }

    /// <summary>Tells those who watch a group; who reads its given channel hears it there.</summary>
    public void Tell(string slug, SerializedHubMessage frame, Room? heardBy = null)
    {
        lock (_watchers)
        {
            foreach (var watcher in _watchers.Where(watcher => watcher.Key.Slug == slug && heardBy?.Readers.Contains(watcher.Value) != true))
            {
                watcher.Value.Send(frame);
            }
        }
    }

    /// <summary>A person no longer sees a group: when this returns, no hint about it follows.</summary>
    public void Unwatch(string slug, Guid person) => Unwatch(watcher => watcher.Key.Slug == slug && watcher.Value.Viewer.PersonId == person);

    /// <summary>A person no longer sees a channel: its readers are told in their turn, the person's other connections at once.</summary>
    public void Evict(Guid channel, Guid person, string reason)
    {
        var room = Find(channel);
        foreach (var other in Connections.Where(one => one.Viewer.PersonId == person && room?.Readers.Contains(one) != true))
        {
            other.Send(Room.Evicted(channel, reason));
        }
        room?.Enqueue(new Evict(person, reason));
    }

    private void Unwatch(Func<KeyValuePair<(string Slug, string Connection), Subscriber>, bool> which)
    {
        lock (_watchers)
        {
            foreach (var key in _watchers.Where(which).Select(watcher => watcher.Key).ToList())
            {
                _watchers.Remove(key);
            }
        }
    }

    private void Remove(Room room, Subscriber subscriber)
    {
        room.Remove(subscriber);
        if (room.Readers.IsEmpty)
        {
            _rooms.Remove(room.Channel);
            room.Dispose();
        }
    }
}
