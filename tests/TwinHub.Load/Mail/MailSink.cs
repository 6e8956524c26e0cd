using System.Net;
using System.Net.Sockets;
using TwinHub.Load.Measures;

namespace TwinHub.Load.Mail;

/// <summary>A mail server on loopback that takes every mail and forgets it: it only notes when each came.</summary>
public sealed class MailSink : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Task _accepting;
    private volatile Arrivals _arrivals = new(0, (_, _) => { });

    public MailSink()
    {
        _listener.Start();
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How long the server thinks before it answers to a whole mail.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>
    /// Whether the kernel acknowledges each packet at once. It usually waits 40 ms for an answer to travel along, and a client
    /// that writes a mail in small pieces waits with it (Nagle's algorithm).
    /// </summary>
    public bool AcknowledgesAtOnce { get; set; }

    /// <summary>Counts anew: the mails that come from now on.</summary>
    /// <param name="seen">Told of each mail when it has come: its number from 1, and its bytes as they travelled.</param>
    public Arrivals Expect(int count, Action<int, ReadOnlyMemory<byte>> seen) => _arrivals = new(count, seen);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _accepting;
        _stop.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                _ = Serve(await _listener.AcceptSocketAsync(_stop.Token));
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The bench is over.
        }
    }

    /// <summary>TCP_QUICKACK (tcp(7)) does not last: it is asked for anew before each read.</summary>
    private void Acknowledge(Socket socket)
    {
        if (AcknowledgesAtOnce)
        {
            socket.SetRawSocketOption(6, 12, [1, 0, 0, 0]);
        }
    }

    private async Task Serve(Socket socket)
    {
        try
        {
            socket.NoDelay = true;
            await using var talk = new SinkTalk(new NetworkStream(socket, ownsSocket: true), () => Acknowledge(socket));
            await talk.Run(async content =>
            {
                var number = _arrivals.Count();
                if (Delay > TimeSpan.Zero)
                {
                    await Task.Delay(Delay, Window.Clock, _stop.Token);
                }
                _arrivals.Note(number, content);
            }, _stop.Token);
        }
        catch (Exception end) when (end is IOException or OperationCanceledException)
        {
            // The other side has gone, or the bench is over.
        }
    }
}

/// <summary>When the mails of one run came.</summary>
public sealed class Arrivals(int count, Action<int, ReadOnlyMemory<byte>> seen)
{
    private readonly TaskCompletionSource _all = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _begun;
    private int _come;
    private long _first;
    private long _last;

    /// <summary>Mails a second between the first and the last one.</summary>
    public double Rate => (count - 1) / Window.Clock.GetElapsedTime(_first, _last).TotalSeconds;

    /// <summary>Until the last one is here.</summary>
    public Task All(TimeSpan patience) => _all.Task.WaitAsync(patience, Window.Clock);

    /// <summary>A mail's number, from 1.</summary>
    public int Count() => Interlocked.Increment(ref _begun);

    /// <summary>A mail is here and is about to be answered.</summary>
    public void Note(int number, ReadOnlyMemory<byte> content)
    {
        var now = Window.Clock.GetTimestamp();
        Interlocked.CompareExchange(ref _first, now, 0);
        seen(number, content);
        if (Interlocked.Increment(ref _come) == count)
        {
            _last = now;
            _all.TrySetResult();
        }
    }
}
