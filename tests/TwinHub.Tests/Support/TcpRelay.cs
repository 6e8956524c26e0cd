using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace TwinHub.Tests.Support;

/// <summary>
/// A bad line between two programs: a port on loopback that forwards to a server and can cut its connections off hard, or
/// fall silent as a radio link does, when neither side is told anything.
/// </summary>
public sealed class TcpRelay : IAsyncDisposable
{
    private readonly Socket _door = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly ConcurrentDictionary<Link, Task> _links = new();
    private readonly EndPoint _server;
    private readonly Task _accepting;
    private volatile bool _silent;
    private volatile bool _refusing;

    private TcpRelay(EndPoint server)
    {
        _server = server;
        _door.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _door.Listen();
        _accepting = Accept();
    }

    /// <summary>Where clients connect.</summary>
    public int Port => ((IPEndPoint)_door.LocalEndPoint!).Port;

    /// <summary>A relay to a hub.</summary>
    public static TcpRelay To(Uri server) => new(new IPEndPoint(IPAddress.Loopback, server.Port));

    /// <summary>A relay to the Unix socket of a PostgreSQL.</summary>
    public static TcpRelay ToSocket(string folder) => new(new UnixDomainSocketEndPoint(Path.Combine(folder, ".s.PGSQL.5432")));

    /// <summary>Ends every connection with a reset.</summary>
    public void Reset()
    {
        foreach (var link in _links.Keys)
        {
            link.Dispose();
        }
    }

    /// <summary>Swallows everything in both directions and tells nobody: what is connected now stays dead for good, what connects later too, until <see cref="Speak"/>.</summary>
    public void FallSilent()
    {
        _silent = true;
        foreach (var link in _links.Keys)
        {
            link.IsSilent = true;
        }
    }

    /// <summary>New connections pass again; the swallowed ones never recover.</summary>
    public void Speak() => _silent = false;

    /// <summary>Cuts every connection and every new one until <see cref="Admit"/>.</summary>
    public void Refuse()
    {
        _refusing = true;
        Reset();
    }

    /// <summary>Lets connections in again.</summary>
    public void Admit() => _refusing = false;

    public async ValueTask DisposeAsync()
    {
        _door.Dispose();
        await _accepting;
        Reset();
        await Task.WhenAll(_links.Values);
    }

    private async Task Accept()
    {
        while (true)
        {
            Socket client;
            try
            {
                client = await _door.AcceptAsync();
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException)
            {
                return;
            }
            var link = new Link(client, _server) { IsSilent = _silent };
            _links[link] = Forward(link);
            if (_refusing)
            {
                link.Dispose();
            }
        }
    }

    private async Task Forward(Link link)
    {
        await Task.Yield();
        await link.Run();
        _links.TryRemove(link, out _);
    }

    private sealed class Link(Socket client, EndPoint address) : IDisposable
    {
        private readonly Socket _server = new(address.AddressFamily, SocketType.Stream, address is IPEndPoint ? ProtocolType.Tcp : ProtocolType.Unspecified);
        private volatile bool _silent;

        public bool IsSilent
        {
            get => _silent;
            set => _silent = value;
        }

        public async Task Run()
        {
            try
            {
                await _server.ConnectAsync(address);
                Task[] pumps = [Pump(client, _server), Pump(_server, client)];
                await Task.WhenAny(pumps);
                if (_silent)
                {
                    // The end of one side is not told to the other.
                    await Task.WhenAll(pumps);
                }
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException)
            {
                // The server is away, or the line was cut before it was up: the client is told by the reset below.
            }
            Dispose();
        }

        /// <summary>Ends both sides with a reset.</summary>
        public void Dispose()
        {
            client.Close(timeout: 0);
            _server.Close(timeout: 0);
        }

        private async Task Pump(Socket from, Socket to)
        {
            var buffer = new byte[64 * 1024];
            try
            {
                while (await from.ReceiveAsync(buffer) is > 0 and var count)
                {
                    for (var sent = 0; sent < count && !_silent;)
                    {
                        sent += await to.SendAsync(buffer.AsMemory(sent, count - sent));
                    }
                }
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException)
            {
                // One side has ended; what the other is told is decided above.
            }
        }
    }
}
