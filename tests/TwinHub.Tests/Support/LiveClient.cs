using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace TwinHub.Tests.Support;

/// <summary>A small client of the hub in SignalR's JSON protocol over a bare WebSocket, as a bot would write one.</summary>
public sealed class LiveClient : IAsyncDisposable
{
    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonElement>> _calls = new();
    private readonly List<LiveEvent> _events = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly SemaphoreSlim _sending = new(1);
    private Task _reading = Task.CompletedTask;
    private int _ids;

    /// <summary>Everything the server has sent so far, in order.</summary>
    public IReadOnlyList<LiveEvent> Events => EventsFrom(0);

    /// <summary>What the server has sent after so many events.</summary>
    public IReadOnlyList<LiveEvent> EventsFrom(int count)
    {
        lock (_events)
        {
            return _events[count..];
        }
    }

    public bool IsOpen => _socket.State == WebSocketState.Open && !_reading.IsCompleted;

    public static Task<LiveClient> Connect(Uri hub, string token, string? origin = null) => Connect(hub, $"access_token={token}", ("Origin", origin));

    /// <summary>As the page of a webinar's room that was opened by a mailed link.</summary>
    public static Task<LiveClient> ConnectToRoom(Uri hub, Guid webinar, string pass) => Connect(hub, $"room={webinar}", ("Cookie", $"twinhub-room={pass}"));

    private static async Task<LiveClient> Connect(Uri hub, string query, (string Name, string? Value) header)
    {
        var client = new LiveClient();
        if (header.Value is not null)
        {
            client._socket.Options.SetRequestHeader(header.Name, header.Value);
        }
        await client._socket.ConnectAsync(new Uri($"ws://{hub.Authority}/hubs/twinning?{query}"), CancellationToken.None);
        await client.Send("""{"protocol":"json","version":1}""");
        var shook = new TaskCompletionSource();
        client._reading = client.Read(shook);
        await shook.Task.WaitAsync(TimeSpan.FromSeconds(10));
        return client;
    }

    /// <summary>Calls a hub method and returns its result.</summary>
    /// <exception cref="LiveException">The hub refused; the code says why.</exception>
    public async Task<JsonElement> Call(string target, params object?[] arguments)
    {
        var id = Interlocked.Increment(ref _ids).ToString(System.Globalization.CultureInfo.InvariantCulture);
        var call = _calls[id] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await Send(JsonSerializer.Serialize(new { type = 1, invocationId = id, target, arguments }));
        if (_reading.IsCompleted)
        {
            call.TrySetException(new LiveException("closed"));
        }
        return await call.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    public Task<JsonElement> Post(Guid channel, string body, Guid? clientMessageId = null) =>
        Call("Post", channel, new { clientMessageId = clientMessageId ?? Guid.NewGuid(), body });

    /// <summary>Sends a raw record, well-formed or not.</summary>
    public async Task Send(string record)
    {
        await _sending.WaitAsync();
        try
        {
            await _socket.SendAsync(Encoding.UTF8.GetBytes(record + '\u001e'), WebSocketMessageType.Text, true, CancellationToken.None);
        }
        finally
        {
            _sending.Release();
        }
    }

    /// <summary>The first event of a kind that fits, now or soon.</summary>
    public async Task<JsonElement> Event(string target, Func<JsonElement, bool>? fits = null, double seconds = 15)
    {
        JsonElement found = default;
        await Eventually.True(() =>
        {
            var one = Events.FirstOrDefault(e => e.Target == target && (fits is null || fits(e.Argument)));
            found = one?.Argument ?? default;
            return one is not null;
        }, $"event {target}", seconds);
        return found;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Dispose();
        await _reading;
        _stop.Dispose();
    }

    private async Task Read(TaskCompletionSource shook)
    {
        var (buffer, rest) = (new byte[64 * 1024], new MemoryStream());
        try
        {
            while (true)
            {
                var received = await _socket.ReceiveAsync(buffer.AsMemory(), _stop.Token);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    break;
                }
                foreach (var b in buffer.AsSpan(0, received.Count))
                {
                    if (b != 0x1e)
                    {
                        rest.WriteByte(b);
                        continue;
                    }
                    Take(JsonDocument.Parse(rest.ToArray()).RootElement, shook);
                    rest.SetLength(0);
                }
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // The connection has ended; whoever waits is told below.
        }
        shook.TrySetException(new LiveException("closed"));
        foreach (var call in _calls.Values)
        {
            call.TrySetException(new LiveException("closed"));
        }
    }

    private void Take(JsonElement record, TaskCompletionSource shook)
    {
        switch (record.TryGetProperty("type", out var type) ? type.GetInt32() : 0)
        {
            case 0:
                shook.TrySetResult();
                break;
            case 1:
                lock (_events)
                {
                    _events.Add(new(record.GetProperty("target").GetString()!, record.GetProperty("arguments")[0]));
                }
                break;
            case 3 when _calls.TryRemove(record.GetProperty("invocationId").GetString()!, out var call):
                if (record.TryGetProperty("error", out var error))
                {
                    call.TrySetException(new LiveException(error.GetString()!));
                }
                else
                {
                    call.TrySetResult(record.TryGetProperty("result", out var result) ? result : default);
                }
                break;
        }
    }
}

/// <summary>What the server sent: the event's name and its one argument.</summary>
public sealed record LiveEvent(string Target, JsonElement Argument);

/// <summary>A refusal by the hub, or the end of the connection (<c>closed</c>).</summary>
public sealed class LiveException(string message) : Exception(message)
{
    /// <summary>The contract's code, without the framework's prefix.</summary>
    public string Code => Message.Contains("HubException: ", StringComparison.Ordinal) ? Message.Split("HubException: ")[1].Split(':')[0] : Message.Split(':')[0];
}
