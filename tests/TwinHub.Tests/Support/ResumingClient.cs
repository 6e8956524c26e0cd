using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using Npgsql;

namespace TwinHub.Tests.Support;

/// <summary>
/// A client that keeps to the contract's rules and never gives up: it joins after its own position, pages while there is
/// more, holds back live events meanwhile, notices a dead line by itself, connects anew, and sends what was not
/// acknowledged again with the same id, one message at a time. Whatever the server does against the rules is a fault.
/// </summary>
public sealed class ResumingClient : IAsyncDisposable
{
    private readonly Func<Task<LiveClient>> _connect;
    private readonly Guid _channel;
    private readonly TimeSpan _silence;
    private readonly ConcurrentQueue<Said> _pending = new();
    private readonly ConcurrentQueue<Said> _acknowledged = new();
    private readonly ConcurrentQueue<Said> _applied = new();
    private readonly ConcurrentQueue<string> _faults = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _running;
    private long _position;
    private int _connections;

    /// <summary>Begins at once.</summary>
    /// <param name="connect">Opens a connection; asked again whenever one has ended.</param>
    /// <param name="channel">The channel to follow.</param>
    /// <param name="position">The last revision it has; 0: from the beginning.</param>
    /// <param name="silence">How long it waits for any answer before it takes the line for dead.</param>
    public ResumingClient(Func<Task<LiveClient>> connect, Guid channel, long position, TimeSpan? silence = null)
    {
        (_connect, _channel, _position, _silence) = (connect, channel, position, silence ?? TimeSpan.FromSeconds(10));
        _running = Task.Run(Run);
    }

    /// <summary>Every message, in the order in which it was applied.</summary>
    public IReadOnlyList<Said> Applied => [.. _applied];

    /// <summary>What the server said is saved, with its revision.</summary>
    public IReadOnlyList<Said> Acknowledged => [.. _acknowledged];

    /// <summary>What waits to be acknowledged.</summary>
    public IReadOnlyList<Said> Pending => [.. _pending];

    /// <summary>What the server did against the contract.</summary>
    public IReadOnlyList<string> Faults => [.. _faults];

    /// <summary>How often it has connected.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The last revision applied.</summary>
    public long Position => Interlocked.Read(ref _position);

    /// <summary>Says something: now or as soon as there is a line.</summary>
    public void Say(string body) => _pending.Enqueue(new(Guid.NewGuid(), 0, body));

    /// <summary>Waits until everything said is acknowledged.</summary>
    public Task Settled(double seconds) => Eventually.True(() => _pending.IsEmpty, $"{_pending.Count} messages of a client acknowledged", seconds);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _running;
        _stop.Dispose();
    }

    private async Task Run()
    {
        while (!_stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = await _connect().WaitAsync(_silence, _stop.Token);
                Interlocked.Increment(ref _connections);
                await Live(connection);
            }
            catch (Exception end) when (end is LiveException or WebSocketException or HttpRequestException or TimeoutException or OperationCanceledException or NpgsqlException or IOException)
            {
                // The line has ended, however it ended: a new one is opened below.
            }
            await Task.Delay(Random.Shared.Next(50, 250), _stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Receives, sends and feels the pulse until one of the three finds the line dead.</summary>
    private async Task Live(LiveClient connection)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        Task[] tasks = [Receive(connection, end.Token), Send(connection, end.Token), FeelPulse(connection, end.Token)];
        var first = await Task.WhenAny(tasks);
        await end.CancelAsync();
        await Task.WhenAll(tasks).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private async Task Receive(LiveClient connection, CancellationToken end)
    {
        await CatchUp(connection, end);
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        var (taken, last) = (0, 0L);
        while (connection.IsOpen)
        {
            // What came while the pages were read stands first in the same list: it was held back.
            foreach (var live in connection.EventsFrom(taken))
            {
                taken++;
                if (live.Target == "MessagePosted")
                {
                    last = Follow(Said.Of(live.Argument), last);
                }
            }
            await timer.WaitForNextTickAsync(end);
        }
    }

    private async Task CatchUp(LiveClient connection, CancellationToken end)
    {
        var more = true;
        while (more)
        {
            var page = await connection.Call("Join", _channel, Position).WaitAsync(_silence, end);
            var messages = page.GetProperty("messages").EnumerateArray().Select(Said.Of).ToList();
            Require(!page.TryGetProperty("reset", out _), "the server asks to start over");
            Require(messages.Count <= 500, $"a page of {messages.Count}");
            foreach (var message in messages)
            {
                Require(message.Revision > Position, $"page brings {message.Revision} after {Position}");
                Apply(message);
            }
            more = page.GetProperty("more").GetBoolean();
        }
    }

    private long Follow(Said live, long last)
    {
        Require(last == 0 || live.Revision == last + 1, $"live event {live.Revision} after {last}");
        if (live.Revision > Position)
        {
            Require(live.Revision == Position + 1, $"live event {live.Revision} at position {Position}");
            Apply(live);
        }
        return live.Revision;
    }

    private void Apply(Said message)
    {
        _applied.Enqueue(message);
        Interlocked.Exchange(ref _position, message.Revision);
    }

    private void Require(bool holds, string fault)
    {
        if (!holds)
        {
            _faults.Enqueue(fault);
        }
    }

    private async Task Send(LiveClient connection, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            if (!_pending.TryPeek(out var next))
            {
                await Task.Delay(5, end);
                continue;
            }
            try
            {
                var answer = await connection.Post(_channel, next.Body, next.ClientMessageId).WaitAsync(_silence, end);
                _acknowledged.Enqueue(next with { Revision = answer.GetProperty("revision").GetInt64() });
                _pending.TryDequeue(out _);
            }
            catch (LiveException refused) when (refused.Code is "unavailable" or "rate_limited")
            {
                await Task.Delay(Random.Shared.Next(50, 300), end);
            }
        }
    }

    /// <summary>A call that costs nothing; without its answer the line is dead.</summary>
    private async Task FeelPulse(LiveClient connection, CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await connection.Call("Leave", Guid.Empty).WaitAsync(_silence, end);
            await Task.Delay(500, end);
        }
    }
}

/// <summary>A message as a client keeps it; the revision is 0 until the server has told it.</summary>
public sealed record Said(Guid ClientMessageId, long Revision, string Body)
{
    public static Said Of(JsonElement message) =>
        new(message.GetProperty("clientMessageId").GetGuid(), message.GetProperty("revision").GetInt64(), message.GetProperty("body").GetString()!);
}
