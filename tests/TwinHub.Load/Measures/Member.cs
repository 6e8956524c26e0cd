using System.Numerics;
using System.Runtime.InteropServices;
using System.Text.Json;
using TwinHub.Load.Client;

namespace TwinHub.Load.Measures;

/// <summary>
/// One connection in one room: counts and times what it is sent and keeps the order it saw. The counters are written by the
/// connection's reader only; others read them while it runs and get a value at most one event old.
/// </summary>
public sealed class Member(Room room, Window window) : IHubEvents, IAsyncDisposable
{
    private const int SampleSize = 20;
    private SignalRClient? _client;
    private long _joinedAt;
    private long _revision;

    /// <summary>Events delivered since the join.</summary>
    public long Delivered => Volatile.Read(ref _revision) - _joinedAt;

    /// <summary>Posts answered with a number.</summary>
    public long Accepted { get; private set; }

    /// <summary>Posts refused.</summary>
    public long Refused { get; private set; }

    /// <summary>A running hash over the message ids in the order seen.</summary>
    public ulong Order { get; private set; }

    /// <summary>What was wrong: the first event out of order, or null.</summary>
    public string? Disorder { get; private set; }

    /// <summary>Why the connection ended or a post was refused; null while all is well.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Whether the server ended the connection.</summary>
    public bool IsLost { get; private set; }

    /// <summary>Latencies from due to delivered, of the messages in the window.</summary>
    public LatencyHistogram Latencies { get; } = new();

    /// <summary>The longest record among the first 20 (instants lose their trailing zeros); empty before the first.</summary>
    public byte[] Sample { get; private set; } = [];

    /// <summary>Connects and joins the room; nobody posts in it meanwhile.</summary>
    public async Task Join(Uri hub, string token, CancellationToken cancellation)
    {
        _client = await SignalRClient.Connect(hub, token, this, cancellation);
        using var answer = JsonDocument.Parse(await _client.Join(room.ChannelId, cancellation));
        _joinedAt = answer.RootElement.GetProperty("revision").GetInt64();
        Volatile.Write(ref _revision, _joinedAt);
    }

    /// <summary>Posts a message that was due then; never waits.</summary>
    public void Post(long due) => _client?.Post(room.ChannelIdBytes, PostedEvent.Body(due));

    /// <summary>Tells the server that this member lives.</summary>
    public void Ping() => _client?.Ping();

    /// <inheritdoc/>
    public void Posted(ReadOnlySpan<byte> record)
    {
        if (!PostedEvent.TryRead(record, out var posted) || posted.Revision != _revision + 1 || record.IndexOf(room.ChannelIdBytes) < 0)
        {
            Disorder ??= $"revision {posted.Revision} after {_revision} in channel {room.ChannelId}";
            return;
        }

        if (window.Contains(posted.Due))
        {
            Latencies.Add((long)((Window.Clock.GetTimestamp() - posted.Due) / Window.PerMicrosecond));
        }

        Order = Mix(Order, posted.MessageId);
        Volatile.Write(ref _revision, posted.Revision);
        if (Delivered <= SampleSize && record.Length > Sample.Length)
        {
            Sample = record.ToArray();
        }
    }

    /// <inheritdoc/>
    public void Answered(string? refusal)
    {
        Trouble ??= refusal;
        Accepted += refusal is null ? 1 : 0;
        Refused += refusal is null ? 0 : 1;
    }

    /// <inheritdoc/>
    public void Lost(string reason) => (IsLost, Trouble) = (true, reason);

    /// <summary>Leaves.</summary>
    public ValueTask DisposeAsync() => _client?.DisposeAsync() ?? ValueTask.CompletedTask;

    private static ulong Mix(ulong order, ReadOnlySpan<byte> messageId)
    {
        foreach (var part in MemoryMarshal.Cast<byte, uint>(messageId))
        {
            order = (BitOperations.RotateLeft(order, 5) ^ part) * 0x9E3779B97F4A7C15;
        }

        return order;
    }
}
