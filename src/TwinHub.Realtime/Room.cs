using System.Collections.Immutable;
using System.Threading.Channels;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.Logging;
using TwinHub.Core.Channels;

namespace TwinHub.Realtime;

/// <summary>
/// A channel's readers on this node and its one dispatcher: everything that reaches them passes one queue, so every reader
/// sees revisions gapless and in order, and an eviction stands exactly where it was committed.
/// </summary>
public sealed class Room : IDisposable
{
    /// <summary>Messages after which a frame leaves.</summary>
    private const int MaxFrame = 100;

    private readonly MessageReader _reader;
    private readonly ILogger _logger;
    private readonly Pace _pace;
    private readonly TimeProvider _time;
    private readonly Channel<RoomWork> _work = System.Threading.Channels.Channel.CreateUnbounded<RoomWork>(new() { SingleReader = true });
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _closed = new();
    private ImmutableArray<Subscriber> _readers = [];
    private long _dispatched;

    public Room(Guid channel, MessageReader reader, Pace pace, TimeProvider time, ILogger logger)
    {
        (Channel, _reader, _pace, _time, _logger) = (channel, reader, pace, time, logger);
        Loop = Task.Run(() => Run(_closed.Token));
    }

    public Guid Channel { get; }

    public ImmutableArray<Subscriber> Readers => _readers;

    /// <summary>Done when it knows from which revision on it dispatches; only then may a first page be read.</summary>
    public Task Ready => _ready.Task;

    /// <summary>The dispatcher's life, for an orderly stop.</summary>
    public Task Loop { get; }

    public void Add(Subscriber reader) =>
        ImmutableInterlocked.Update(ref _readers, (readers, one) => readers.Contains(one) ? readers : readers.Add(one), reader);

    public void Remove(Subscriber reader) => ImmutableInterlocked.Update(ref _readers, (readers, one) => readers.Remove(one), reader);

    public void Enqueue(RoomWork work) => _work.Writer.TryWrite(work);

    public void Dispose()
    {
        _work.Writer.TryComplete();
        _closed.Cancel();
        _closed.Dispose();
    }

    private async Task Run(CancellationToken closed)
    {
        await Persist(async () => _dispatched = await _reader.Revision(Channel, closed), closed);
        _ready.TrySetResult();
        while (!closed.IsCancellationRequested && await _work.Reader.WaitToReadAsync(closed))
        {
            if (_pace.Gathering is { Ticks: > 0 } gathering)
            {
                await Task.Delay(gathering, _time, closed);
            }
            await Persist(() => Drain(closed), closed);
        }
    }

    /// <summary>Works until it succeeds: while the database is away the room stands still and loses nothing.</summary>
    private async Task Persist(Func<Task> step, CancellationToken closed)
    {
        while (!closed.IsCancellationRequested)
        {
            try
            {
                await step();
                return;
            }
            catch (Exception fault) when (fault is Npgsql.NpgsqlException or TimeoutException or IOException)
            {
                _logger.LogWarning("Channel {Channel} waits for the database: {Fault}", Channel, fault.GetType().Name);
                await Task.Delay(TimeSpan.FromMilliseconds(250), _time, closed).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task Drain(CancellationToken closed)
    {
        var frame = new List<MessageEvent>();
        try
        {
            while (_work.Reader.TryPeek(out var work))
            {
                if (work is Deliver deliver)
                {
                    frame.AddRange(await Next(deliver, frame.Count == 0 ? _dispatched : frame[^1].Revision, closed));
                }
                else
                {
                    Flush(frame);
                    Apply(work);
                }
                if (frame.Count >= MaxFrame)
                {
                    Flush(frame);
                }
                _work.Reader.TryRead(out _);
            }
        }
        finally
        {
            Flush(frame);
        }
    }

    /// <summary>What follows on <paramref name="position"/>: from memory where it continues without a gap, else from the database.</summary>
    private async Task<IReadOnlyList<MessageEvent>> Next(Deliver work, long position, CancellationToken closed)
    {
        if (work.To <= position)
        {
            return [];
        }
        if (work.Rows is { Count: > 0 } rows && work.From == position + 1)
        {
            return rows;
        }
        return await _reader.Between(Channel, position, work.To, int.MaxValue, closed);
    }

    private void Flush(List<MessageEvent> messages)
    {
        if (messages.Count == 0)
        {
            return;
        }
        Send(Frames.Messages(messages), except: null);
        _pace.Sent(messages.Count, _readers.Length);
        _dispatched = messages[^1].Revision;
        messages.Clear();
    }

    /// <summary>Tells that nothing of a channel follows.</summary>
    public static SerializedHubMessage Evicted(Guid channel, string reason) => Frames.Event("Evicted", new { channelId = channel, reason });

    private void Apply(RoomWork work)
    {
        if (work is Whisper whisper)
        {
            Send(whisper.Frame, whisper.Except);
        }
        else if (work is Evict evict)
        {
            Apply(evict);
        }
    }

    private void Send(SerializedHubMessage frame, Guid? except)
    {
        foreach (var reader in _readers)
        {
            if (except is null || reader.Viewer.PersonId != except)
            {
                reader.Send(frame);
            }
        }
    }

    private void Apply(Evict evict)
    {
        var frame = Evicted(Channel, evict.Reason);
        foreach (var reader in _readers.Where(reader => reader.Viewer.PersonId == evict.Person))
        {
            Remove(reader);
            reader.Send(frame);
        }
    }
}

/// <summary>What passes a room's queue.</summary>
public abstract record RoomWork;

/// <summary>Revisions that were committed; the rows where this node wrote them itself.</summary>
public sealed record Deliver(long From, long To, IReadOnlyList<MessageEvent>? Rows) : RoomWork;

/// <summary>What takes no number (typing, presence): to all readers of this moment, but not to one person's connections.</summary>
public sealed record Whisper(SerializedHubMessage Frame, Guid? Except) : RoomWork;

/// <summary>A person who reads nothing from here on.</summary>
public sealed record Evict(Guid Person, string Reason) : RoomWork;
