using System.Buffers.Text;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace TwinHub.Load.Client;

/// <summary>What a client hears; called on one thread at a time.</summary>
public interface IHubEvents
{
    /// <summary>A <c>MessagePosted</c> record.</summary>
    void Posted(ReadOnlySpan<byte> record);

    /// <summary>The answer to a post; the refusal's text, or null where it was accepted.</summary>
    void Answered(string? refusal);

    /// <summary>The connection ended, not by this side's wish.</summary>
    void Lost(string reason);
}

/// <summary>
/// SignalR's JSON protocol, as far as the bench needs it. Events are handed on as bytes: reading a few of their fields in place
/// costs a tenth of deserialising them.
/// </summary>
public sealed class SignalRClient : IAsyncDisposable
{
    private readonly WebSocketClient _socket;
    private readonly IHubEvents _events;
    private readonly TaskCompletionSource _handshake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource<string> _joined = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task _reading = Task.CompletedTask;
    private int _invocations;
    private volatile bool _closing;

    private SignalRClient(WebSocketClient socket, IHubEvents events) => (_socket, _events) = (socket, events);

    /// <summary>Connects and shakes hands; the token travels as <c>access_token</c> in the query.</summary>
    public static async Task<SignalRClient> Connect(Uri hub, string token, IHubEvents events, CancellationToken cancellation)
    {
        var address = new UriBuilder(hub) { Query = "access_token=" + Uri.EscapeDataString(token) }.Uri;
        var client = new SignalRClient(await WebSocketClient.Connect(address, cancellation), events);
        client._socket.Send("{\"protocol\":\"json\",\"version\":1}\u001e"u8);
        client._reading = client.Read();
        try
        {
            await client._handshake.Task.WaitAsync(cancellation);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>Joins a channel (once a client) and returns the answer's JSON; a <see cref="BenchException"/> where the server refuses.</summary>
    public Task<string> Join(string channelId, CancellationToken cancellation)
    {
        _socket.Send(Encoding.UTF8.GetBytes($"{{\"type\":1,\"invocationId\":\"join\",\"target\":\"Join\",\"arguments\":[\"{channelId}\",null]}}\u001e"));
        return _joined.Task.WaitAsync(cancellation);
    }

    /// <summary>Posts a body that needs no escaping; the answer arrives at <see cref="IHubEvents.Answered"/>.</summary>
    public void Post(ReadOnlySpan<byte> channelId, ReadOnlySpan<byte> body)
    {
        Span<byte> record = stackalloc byte[1024];
        var length = 0;
        Append(record, ref length, "{\"type\":1,\"invocationId\":\""u8);
        Utf8Formatter.TryFormat(Interlocked.Increment(ref _invocations), record[length..], out var written);
        length += written;
        Append(record, ref length, "\",\"target\":\"Post\",\"arguments\":[\""u8);
        Append(record, ref length, channelId);
        Append(record, ref length, "\",{\"clientMessageId\":\""u8);
        Utf8Formatter.TryFormat(Guid.NewGuid(), record[length..], out written);
        length += written;
        Append(record, ref length, "\",\"body\":\""u8);
        Append(record, ref length, body);
        Append(record, ref length, "\"}]}\u001e"u8);
        _socket.Send(record[..length]);
    }

    /// <summary>Tells the server that this client lives; it gives up after 30 s of silence.</summary>
    public void Ping() => _socket.Send("{\"type\":6}\u001e"u8);

    /// <summary>Closes and waits for the reader to end.</summary>
    public async ValueTask DisposeAsync()
    {
        _closing = true;
        await _socket.DisposeAsync();
        await _reading;
    }

    private async Task Read()
    {
        var reason = "the server closed the connection";
        try
        {
            await _socket.Read(new RecordReader(Take));
        }
        catch (SocketException failure)
        {
            reason = failure.Message;
        }
        catch (ObjectDisposedException) when (_closing)
        {
            reason = "closed here";
        }

        var lost = new BenchException(reason);
        _handshake.TrySetException(lost);
        _joined.TrySetException(lost);
        // Nobody may be waiting any more; what they were not told, Lost tells.
        _ = (_handshake.Task.Exception, _joined.Task.Exception);
        if (!_closing)
        {
            _events.Lost(reason);
        }
    }

    private void Take(ReadOnlySpan<byte> record)
    {
        if (record.StartsWith("{\"type\":1,\"target\":\"MessagePosted\""u8))
        {
            _events.Posted(record);
        }
        else if (record.StartsWith("{\"type\":3,\"invocationId\":\"join\""u8))
        {
            Joined(record);
        }
        else if (record.StartsWith("{\"type\":3"u8))
        {
            _events.Answered(record.IndexOf("\"error\":"u8) < 0 ? null : Encoding.UTF8.GetString(record));
        }
        else if (record.StartsWith("{}"u8))
        {
            _handshake.TrySetResult();
        }
        else if (record.StartsWith("{\"type\":7"u8) || record.StartsWith("{\"error\""u8))
        {
            _handshake.TrySetException(new BenchException(Encoding.UTF8.GetString(record)));
            _events.Lost(Encoding.UTF8.GetString(record));
        }
    }

    private void Joined(ReadOnlySpan<byte> record)
    {
        using var document = JsonDocument.Parse(record.ToArray());
        if (document.RootElement.TryGetProperty("result", out var result))
        {
            _joined.TrySetResult(result.GetRawText());
        }
        else
        {
            _joined.TrySetException(new BenchException("Join was refused: " + Encoding.UTF8.GetString(record)));
        }
    }

    private static void Append(Span<byte> record, ref int length, ReadOnlySpan<byte> part)
    {
        part.CopyTo(record[length..]);
        length += part.Length;
    }
}
