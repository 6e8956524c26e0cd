using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace TwinHub.Tests.Support;

/// <summary>
/// A mail server that behaves as badly as its script says, and well where the script says nothing. The script sees what the
/// client said (or CONNECT, TEXT when the content begins, and "." when it is complete) and the connection's number from 1;
/// it gives the raw answer, <see cref="Drop"/> or <see cref="Silence"/>. Everything received is kept byte for byte.
/// </summary>
public sealed class ScriptedSmtp : IAsyncDisposable
{
    /// <summary>Hangs up with a reset.</summary>
    public const string Drop = "\0drop";

    /// <summary>Never says anything again.</summary>
    public const string Silence = "\0silence";

    private readonly Socket _door = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentBag<Task> _talks = [];
    private readonly Func<string, int, Task<string?>> _script;
    private readonly Task _accepting;
    private int _connections;
    private int _open;

    public ScriptedSmtp(Func<string, int, string?> script) : this((said, connection) => Task.FromResult(script(said, connection))) { }

    public ScriptedSmtp(Func<string, int, Task<string?>>? script = null)
    {
        _script = script ?? ((_, _) => Task.FromResult<string?>(null));
        _door.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _door.Listen(64);
        _accepting = Accept();
    }

    public int Port => ((IPEndPoint)_door.LocalEndPoint!).Port;

    /// <summary>What EHLO offers.</summary>
    public string[] Offers { get; init; } = ["PIPELINING", "SIZE 1000000", "8BITMIME", "SMTPUTF8", "ENHANCEDSTATUSCODES"];

    /// <summary>Offers STARTTLS with this certificate.</summary>
    public X509Certificate2? Certificate { get; init; }

    /// <summary>TLS from the first byte.</summary>
    public bool ImplicitTls { get; init; }

    /// <summary>Every line the client said outside content, with its connection's number and whether it came encrypted.</summary>
    public ConcurrentQueue<(int Connection, bool Encrypted, string Line)> Said { get; } = new();

    /// <summary>Every completed content as it was on the wire, without the dot that ended it.</summary>
    public ConcurrentQueue<byte[]> Contents { get; } = new();

    public int Connections => Volatile.Read(ref _connections);

    /// <summary>The most connections that were open at once.</summary>
    public int MostOpen { get; private set; }

    /// <summary>The lines of all connections that begin with a verb.</summary>
    public IReadOnlyList<string> Lines(string verb) => [.. Said.Select(one => one.Line).Where(line => line.StartsWith(verb, StringComparison.Ordinal))];

    /// <summary>Ends all talks and leaves the port; a second time does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_stop.IsCancellationRequested)
        {
            return;
        }
        await _stop.CancelAsync();
        _door.Dispose();
        await _accepting;
        await Task.WhenAll(_talks);
        _stop.Dispose();
    }

    private async Task Accept()
    {
        while (true)
        {
            try
            {
                var client = await _door.AcceptAsync(_stop.Token);
                client.NoDelay = true;
                _talks.Add(Talk(client, ++_connections));
            }
            catch (Exception end) when (end is SocketException or ObjectDisposedException or OperationCanceledException)
            {
                return;
            }
        }
    }

    private async Task Talk(Socket client, int number)
    {
        await Task.Yield();
        MostOpen = Math.Max(MostOpen, Interlocked.Increment(ref _open));
        try
        {
            Stream stream = new NetworkStream(client, ownsSocket: true);
            stream = ImplicitTls ? await Encrypt(stream) : stream;
            await new Conversation(this, number, stream).Run();
        }
        catch (Exception end) when (end is IOException or SocketException or OperationCanceledException or ObjectDisposedException or System.Security.Authentication.AuthenticationException)
        {
            // The client has gone, or the script or the end of the test ended the talk.
        }
        finally
        {
            Interlocked.Decrement(ref _open);
            client.LingerState = new(true, 0);
            client.Dispose();
        }
    }

    private async Task<Stream> Encrypt(Stream stream)
    {
        var encrypted = new SslStream(stream);
        await encrypted.AuthenticateAsServerAsync(new SslServerAuthenticationOptions { ServerCertificate = Certificate }, _stop.Token);
        return encrypted;
    }

    private sealed class Conversation(ScriptedSmtp server, int number, Stream stream)
    {
        private readonly byte[] _buffer = new byte[65_536];
        private int _start;
        private int _end;

        public async Task Run()
        {
            await Answer("CONNECT", "220 localhost ESMTP");
            while (Encoding.UTF8.GetString(await ReadLine()).TrimEnd('\r', '\n') is var line)
            {
                server.Said.Enqueue((number, stream is SslStream, line));
                await Obey(line);
                if (line == "QUIT")
                {
                    return;
                }
            }
        }

        private async Task Obey(string line)
        {
            switch (line.Split(' ', ':')[0])
            {
                case "EHLO":
                    string[] offers = ["localhost", .. server.Offers, .. server.Certificate is not null && stream is not SslStream ? ["STARTTLS"] : Array.Empty<string>()];
                    await Answer(line, string.Join("\r\n", offers.Select((offer, i) => $"250{(i == offers.Length - 1 ? ' ' : '-')}{offer}")));
                    break;
                case "STARTTLS" when await Answer(line, "220 2.0.0 Go ahead"):
                    stream = await server.Encrypt(stream);
                    break;
                case "DATA" when await Answer(line, "354 Go ahead"):
                    await Content();
                    break;
                case "QUIT":
                    await Answer(line, "221 2.0.0 Bye");
                    break;
                case "AUTH" when line == "AUTH LOGIN":
                    await Login(line);
                    break;
                case "AUTH":
                    await Answer(line, "235 2.7.0 Welcome");
                    break;
                case "STARTTLS" or "DATA":
                    break;
                default:
                    await Answer(line, "250 2.0.0 OK");
                    break;
            }
        }

        private async Task Login(string line)
        {
            foreach (var question in new[] { "334 VXNlcm5hbWU6", "334 UGFzc3dvcmQ6" })
            {
                await Answer(line, question);
                line = Encoding.UTF8.GetString(await ReadLine()).TrimEnd('\r', '\n');
                server.Said.Enqueue((number, stream is SslStream, line));
            }
            await Answer(line, "235 2.7.0 Welcome");
        }

        private async Task Content()
        {
            await Answer("TEXT", null);
            var content = new MemoryStream();
            while (await ReadLine() is var line && !line.AsSpan().SequenceEqual(".\r\n"u8))
            {
                content.Write(line);
            }
            server.Contents.Enqueue(content.ToArray());
            await Answer(".", "250 2.0.0 Stored");
        }

        /// <returns>Whether the usual answer was given.</returns>
        private async Task<bool> Answer(string said, string? usual)
        {
            var scripted = await server._script(said, number);
            if (scripted == Drop)
            {
                throw new IOException("As the script says");
            }
            if (scripted == Silence)
            {
                await Task.Delay(Timeout.Infinite, server._stop.Token);
            }
            if ((scripted ?? usual) is { } answer)
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(answer + "\r\n"), server._stop.Token);
            }
            return scripted is null || (usual is not null && scripted.StartsWith(usual[..3], StringComparison.Ordinal));
        }

        private async Task<byte[]> ReadLine()
        {
            int length;
            while ((length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n')) < 0)
            {
                _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
                (_start, _end) = (0, _end - _start);
                var count = await stream.ReadAsync(_buffer.AsMemory(_end), server._stop.Token);
                _end += count > 0 ? count : throw new IOException("The client hung up");
            }
            var line = _buffer.AsSpan(_start, length + 1).ToArray();
            _start += length + 1;
            return line;
        }
    }
}
