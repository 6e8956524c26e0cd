using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text;

namespace TwinHub.Core.Mail.Smtp;

/// <summary>The line to a mail server: writes commands and data, reads answers, each under a time limit and a limit of size.</summary>
public sealed class SmtpLine(Socket socket) : IAsyncDisposable
{
    private const int MaxLine = 2_000;
    private const int MaxLines = 100;

    private readonly byte[] _in = new byte[4_096];
    private readonly byte[] _out = new byte[32_768];
    private Stream _stream = new NetworkStream(socket, ownsSocket: true);
    private int _start;
    private int _end;
    private int _pending;

    /// <summary>Something arrived without being asked for, or the other side has hung up.</summary>
    public bool HasNews => _start < _end || socket.Poll(0, SelectMode.SelectRead);

    public bool IsEncrypted => _stream is SslStream;

    /// <summary>The other side is on this machine.</summary>
    public bool IsLoopback { get; } = IPAddress.IsLoopback(Plain(((IPEndPoint)socket.RemoteEndPoint!).Address));

    /// <summary>How the hub calls itself: its address on this line (RFC 5321, 4.1.3).</summary>
    public string OwnName { get; } = Literal((IPEndPoint)socket.LocalEndPoint!);

    /// <summary>Encrypts the line from here on.</summary>
    /// <exception cref="SmtpFault">What was said in the clear after the agreement would be taken for encrypted (RFC 3207, 5); or the certificate is not the server's.</exception>
    public async Task Encrypt(SslClientAuthenticationOptions options, TimeSpan limit, CancellationToken cancel)
    {
        if (_start < _end)
        {
            throw new SmtpFault(SmtpTrouble.Line, "The server spoke on in the clear after STARTTLS");
        }
        var encrypted = new SslStream(_stream, leaveInnerStreamOpen: false);
        _stream = encrypted;
        await Within(limit, "TLS", stop => new ValueTask(encrypted.AuthenticateAsClientAsync(options, stop)), cancel);
    }

    /// <summary>Puts a command on the line; it leaves with <see cref="Flush"/>, so that several can travel together.</summary>
    public void Add(string command)
    {
        var bytes = Encoding.UTF8.GetBytes(command + "\r\n");
        bytes.CopyTo(_out, _pending);
        _pending += bytes.Length;
    }

    /// <summary>Sends bytes as they are, after what waits to leave.</summary>
    public async Task Write(ReadOnlyMemory<byte> bytes, TimeSpan limit, CancellationToken cancel)
    {
        while (bytes.Length > 0)
        {
            if (_pending == _out.Length)
            {
                await Flush(limit, cancel);
            }
            var count = Math.Min(bytes.Length, _out.Length - _pending);
            bytes[..count].CopyTo(_out.AsMemory(_pending));
            (_pending, bytes) = (_pending + count, bytes[count..]);
        }
    }

    public Task Flush(TimeSpan limit, CancellationToken cancel)
    {
        var bytes = _out.AsMemory(0, _pending);
        _pending = 0;
        return Within(limit, "what was sent", stop => _stream.WriteAsync(bytes, stop), cancel);
    }

    /// <summary>The next answer, whole.</summary>
    /// <exception cref="SmtpFault">None came in time, the line broke, or what came is no answer.</exception>
    public async Task<SmtpReply> Read(string command, TimeSpan limit, CancellationToken cancel)
    {
        SmtpReply? reply = null;
        await Within(limit, command, async stop => reply = await ReadReply(stop), cancel);
        return reply!;
    }

    /// <summary>Hangs up at once, without a farewell.</summary>
    public ValueTask DisposeAsync()
    {
        socket.Dispose();
        return _stream.DisposeAsync();
    }

    private async ValueTask<SmtpReply> ReadReply(CancellationToken stop)
    {
        var lines = new List<string>();
        var code = 0;
        while (lines.Count < MaxLines)
        {
            var line = await ReadLine(stop);
            var (number, last) = Parse(line);
            if (lines.Count > 0 && number != code)
            {
                throw Nonsense();
            }
            code = number;
            lines.Add(line.Length > 4 ? line[4..] : "");
            if (last)
            {
                return new(code, lines);
            }
        }
        throw new SmtpFault(SmtpTrouble.Line, $"The server's answer has more than {MaxLines} lines");
    }

    private static (int Code, bool Last) Parse(string line)
    {
        if (line.Length < 3 || line[0] is < '2' or > '5' || !char.IsAsciiDigit(line[1]) || !char.IsAsciiDigit(line[2]) || (line.Length > 3 && line[3] is not (' ' or '-')))
        {
            throw Nonsense();
        }
        return (((line[0] - '0') * 100) + ((line[1] - '0') * 10) + (line[2] - '0'), line.Length == 3 || line[3] == ' ');
    }

    private static SmtpFault Nonsense() => new(SmtpTrouble.Line, "The server's answer is not SMTP");

    private async ValueTask<string> ReadLine(CancellationToken stop)
    {
        var seen = 0;
        int length;
        while ((length = _in.AsSpan(_start + seen, _end - _start - seen).IndexOf((byte)'\n')) < 0)
        {
            seen = _end - _start;
            if (seen > MaxLine)
            {
                throw new SmtpFault(SmtpTrouble.Line, $"The server's answer has a line of more than {MaxLine} octets");
            }
            await Fill(stop);
        }
        var line = _in.AsSpan(_start, seen + length);
        _start += seen + length + 1;
        return Encoding.UTF8.GetString(line.TrimEnd((byte)'\r'));
    }

    private async ValueTask Fill(CancellationToken stop)
    {
        _in.AsSpan(_start, _end - _start).CopyTo(_in);
        (_start, _end) = (0, _end - _start);
        var count = await _stream.ReadAsync(_in.AsMemory(_end), stop);
        _end += count > 0 ? count : throw new SmtpFault(SmtpTrouble.Line, "The server hung up");
    }

    /// <summary>Runs one step under its time limit and gives every way to fail one shape.</summary>
    private static async Task Within(TimeSpan limit, string what, Func<CancellationToken, ValueTask> step, CancellationToken cancel)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        stop.CancelAfter(limit);
        try
        {
            await step(stop.Token);
        }
        catch (OperationCanceledException fault) when (!cancel.IsCancellationRequested)
        {
            throw new SmtpFault(SmtpTrouble.Line, $"No answer to {what} within {limit.TotalSeconds:0.###} s", fault);
        }
        catch (AuthenticationException fault)
        {
            throw new SmtpFault(SmtpTrouble.Setting, $"TLS could not be agreed with the mail server (Mail:Host, Mail:Security, Mail:Authorities): {fault.Message}", fault);
        }
        catch (Exception fault) when (fault is (IOException and not SmtpFault) or SocketException or ObjectDisposedException)
        {
            throw new SmtpFault(SmtpTrouble.Line, $"The line broke at {what}: {fault.Message}", fault);
        }
    }

    private static string Literal(IPEndPoint own)
    {
        var address = Plain(own.Address);
        // Without the zone of a link-local address: it means nothing to the other side.
        return address.AddressFamily == AddressFamily.InterNetworkV6 ? $"[IPv6:{new IPAddress(address.GetAddressBytes())}]" : $"[{address}]";
    }

    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
}
