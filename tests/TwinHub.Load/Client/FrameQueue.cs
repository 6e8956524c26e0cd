using System.Net.Sockets;

namespace TwinHub.Load.Client;

/// <summary>Frames on their way out of one socket: added from any thread, sent one buffer at a time in the order added.</summary>
public sealed class FrameQueue(Socket socket)
{
    private const int FrameOverhead = 8;
    private readonly Lock _lock = new();
    private byte[] _filling = new byte[1024];
    private byte[] _sending = [];
    private int _filled;
    private bool _busy;

    /// <summary>Completes when nothing is left to send; faulted where the socket failed.</summary>
    public Task Sent { get; private set; } = Task.CompletedTask;

    /// <summary>Adds a frame and starts sending unless that is under way or has failed.</summary>
    public void Add(int opcode, ReadOnlySpan<byte> payload)
    {
        lock (_lock)
        {
            if (_filled + payload.Length + FrameOverhead > _filling.Length)
            {
                Array.Resize(ref _filling, 2 * (_filled + payload.Length + FrameOverhead));
            }

            _filled += WebSocketFrame.Write(_filling.AsSpan(_filled), opcode, payload);
            if (_busy)
            {
                return;
            }

            _busy = true;
            Sent = Flush();
        }
    }

    private async Task Flush()
    {
        for (var bytes = Take(); bytes.Length > 0; bytes = Take())
        {
            while (bytes.Length > 0)
            {
                bytes = bytes[await socket.SendAsync(bytes)..];
            }
        }
    }

    private ReadOnlyMemory<byte> Take()
    {
        lock (_lock)
        {
            (_filling, _sending) = (_sending.Length == 0 ? new byte[1024] : _sending, _filling);
            var bytes = _sending.AsMemory(0, _filled);
            _filled = 0;
            _busy = bytes.Length > 0;
            return bytes;
        }
    }
}
