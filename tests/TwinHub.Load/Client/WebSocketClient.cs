using System.Net.Sockets;
using System.Text;

namespace TwinHub.Load.Client;

/// <summary>Takes what arrives: called on one thread at a time, the bytes are valid only during the call.</summary>
public interface IPayloads
{
    /// <summary>The payload of one data frame; a record may begin or end inside it.</summary>
    void Received(ReadOnlySpan<byte> payload);
}

/// <summary>
/// A WebSocket client over a plain socket: one receive takes as many frames as there are, where the framework's client needs two
/// receives a frame. The generator shares the machine with what it measures, so what it saves is measured more truly.
/// </summary>
public sealed class WebSocketClient : IAsyncDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private readonly FrameQueue _outgoing;
    private byte[] _buffer = new byte[8 * 1024];
    private int _start;
    private int _end;

    private WebSocketClient() => _outgoing = new FrameQueue(_socket);

    /// <summary>Connects and upgrades; throws <see cref="BenchException"/> where the server refuses.</summary>
    public static async Task<WebSocketClient> Connect(Uri address, CancellationToken cancellation)
    {
        var client = new WebSocketClient();
        try
        {
            await client._socket.ConnectAsync(address.Host, address.Port, cancellation);
            await client.Upgrade(address, cancellation);
            return client;
        }
        catch (SocketException failure)
        {
            await client.DisposeAsync();
            throw new BenchException($"{address.Authority} does not answer: {failure.Message}");
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>Queues one text frame; never waits.</summary>
    public void Send(ReadOnlySpan<byte> payload) => _outgoing.Add(WebSocketFrame.Text, payload);

    /// <summary>Reads until the connection ends; answers pings.</summary>
    public async Task Read(IPayloads payloads)
    {
        while (TakeFrames(payloads))
        {
            MakeRoom();
            var received = await _socket.ReceiveAsync(_buffer.AsMemory(_end));
            if (received == 0)
            {
                return;
            }

            _end += received;
        }
    }

    /// <summary>Says goodbye and closes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_socket.Connected)
        {
            _outgoing.Add(WebSocketFrame.Close, []);
            // Only manners: whoever measures has taken all results by now, and a server that no longer reads must not hold the run up.
            await _outgoing.Sent.WaitAsync(TimeSpan.FromSeconds(1)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        _socket.Dispose();
    }

    private async Task Upgrade(Uri address, CancellationToken cancellation)
    {
        var key = Convert.ToBase64String(Guid.NewGuid().ToByteArray());
        var request = $"GET {address.PathAndQuery} HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
            + $"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: {key}\r\n\r\n";
        await _socket.SendAsync(Encoding.ASCII.GetBytes(request), cancellation);
        int end;
        while ((end = _buffer.AsSpan(0, _end).IndexOf("\r\n\r\n"u8)) < 0)
        {
            var received = _end == _buffer.Length ? 0 : await _socket.ReceiveAsync(_buffer.AsMemory(_end), cancellation);
            if (received == 0)
            {
                throw new BenchException($"{address.Authority} closed the connection before answering.");
            }

            _end += received;
        }

        if (!_buffer.AsSpan().StartsWith("HTTP/1.1 101"u8))
        {
            throw new BenchException($"{address.Authority} did not upgrade: {Encoding.ASCII.GetString(_buffer, 0, end).Split('\r')[0]}");
        }

        _start = end + 4;
    }

    private bool TakeFrames(IPayloads payloads)
    {
        while (WebSocketFrame.TryRead(_buffer.AsSpan(_start, _end - _start), out var frame) && frame.Length <= _end - _start)
        {
            var payload = _buffer.AsSpan(_start + frame.HeaderLength, frame.PayloadLength);
            _start += frame.Length;
            if (frame.Opcode < WebSocketFrame.Close)
            {
                payloads.Received(payload);
            }
            else if (frame.Opcode == WebSocketFrame.Ping)
            {
                _outgoing.Add(WebSocketFrame.Pong, payload);
            }
            else if (frame.Opcode == WebSocketFrame.Close)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Moves an unfinished frame to the front and makes sure that all of it fits.</summary>
    private void MakeRoom()
    {
        var left = _buffer.AsSpan(_start, _end - _start);
        var wanted = WebSocketFrame.TryRead(left, out var frame) ? frame.Length : 0;
        var target = wanted > _buffer.Length ? new byte[wanted + 16 * 1024] : _buffer;
        left.CopyTo(target);
        (_buffer, _start, _end) = (target, 0, left.Length);
    }
}
