using Microsoft.AspNetCore.SignalR;
using TwinHub.Core.People;

namespace TwinHub.Realtime;

/// <summary>
/// One connection as rooms see it. Frames leave in the order in which they were sent, and a slow reader delays nobody else:
/// while one write is under way further frames wait here, and who lets too many wait is disconnected. It comes back and
/// asks by revision.
/// </summary>
public sealed class Subscriber(HubConnectionContext connection, Viewer viewer)
{
    /// <summary>Frames that may wait for one slow connection.</summary>
    private const int MaxWaiting = 2_000;

    private readonly Lock _gate = new();
    private Queue<SerializedHubMessage>? _waiting;
    private bool _busy;
    private bool _gone;

    public Viewer Viewer => viewer;

    public string ConnectionId => connection.ConnectionId;

    /// <summary>How often it calls.</summary>
    public CallBucket Calls { get; } = new();

    public void Send(SerializedHubMessage frame)
    {
        lock (_gate)
        {
            if (_gone)
            {
                return;
            }
            if (_busy)
            {
                Wait(frame);
                return;
            }
            _busy = true;
        }
        Write(frame);
    }

    /// <summary>Ends the connection.</summary>
    public void Abort()
    {
        lock (_gate)
        {
            _gone = true;
            _waiting = null;
        }
        connection.Abort();
    }

    private void Wait(SerializedHubMessage frame)
    {
        _waiting ??= new();
        if (_waiting.Count == MaxWaiting)
        {
            _gone = true;
            _waiting = null;
            connection.Abort();
            return;
        }
        _waiting.Enqueue(frame);
    }

    private void Write(SerializedHubMessage? frame)
    {
        while (frame is not null)
        {
            var written = connection.WriteAsync(frame, CancellationToken.None);
            if (!written.IsCompleted)
            {
                // The rest follows when the pipe has room. WriteAsync reports a broken connection by closing it.
                written.AsTask().ContinueWith(_ => Write(Next()), TaskScheduler.Default);
                return;
            }
            frame = Next();
        }
    }

    private SerializedHubMessage? Next()
    {
        lock (_gate)
        {
            if (_waiting is not null && _waiting.TryDequeue(out var next))
            {
                return next;
            }
            _busy = false;
            return null;
        }
    }
}
