using System.Collections.Concurrent;

namespace TwinHub.Load.Servers;

/// <summary>The rooms of the hub that stores nothing.</summary>
public sealed class BareRooms
{
    private readonly ConcurrentDictionary<string, BareRoom> _rooms = new(StringComparer.Ordinal);

    /// <summary>The room of a channel, made when first asked for.</summary>
    public BareRoom this[string channelId] => _rooms.GetOrAdd(channelId, static _ => new BareRoom());
}

/// <summary>A room in memory: its number and its newest 50 messages.</summary>
public sealed class BareRoom
{
    private const int Kept = 50;
    private readonly Lock _lock = new();
    private readonly Queue<MessagePosted> _newest = new(Kept + 1);
    private long _revision;

    /// <summary>Numbers a message and starts its delivery under one lock: SignalR keeps the order in which sends to a connection were started.</summary>
    public (MessagePosted Message, Task Delivery) Post(Func<long, MessagePosted> make, Func<MessagePosted, Task> deliver)
    {
        lock (_lock)
        {
            var message = make(++_revision);
            _newest.Enqueue(message);
            if (_newest.Count > Kept)
            {
                _newest.Dequeue();
            }

            return (message, deliver(message));
        }
    }

    /// <summary>The newest messages, oldest first.</summary>
    public JoinAnswer Newest()
    {
        lock (_lock)
        {
            return new JoinAnswer(_revision, [.. _newest], _revision > Kept);
        }
    }
}
