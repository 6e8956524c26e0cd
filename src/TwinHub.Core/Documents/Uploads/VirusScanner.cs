using System.Buffers.Binary;
using System.Net.Sockets;
using System.Text;

namespace TwinHub.Core.Documents.Uploads;

/// <summary>Asks a ClamAV daemon, where one is configured, whether a file is harmless (clamd's INSTREAM; ASVS 5.4.3). Fails closed.</summary>
public sealed class VirusScanner(DocumentOptions options)
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <returns>Null: harmless, or nobody to ask; <c>invalid</c>: something was found; <c>unavailable</c>: no answer.</returns>
    public async Task<Refusal?> Look(string file, CancellationToken cancel)
    {
        if (options.Scanner.Length == 0)
        {
            return null;
        }
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(Patience);
        try
        {
            var answer = await Ask(file, deadline.Token);
            return answer.EndsWith(" OK", StringComparison.Ordinal) ? null
                : answer.EndsWith(" FOUND", StringComparison.Ordinal) ? Refusal.Invalid("file", "documents.harmful") : NoAnswer;
        }
        catch (Exception fault) when (fault is SocketException or IOException || (fault is OperationCanceledException && !cancel.IsCancellationRequested))
        {
            return NoAnswer;
        }
    }

    private static Refusal NoAnswer => new(RefusalCode.Unavailable, "documents.scanner-away");

    private async Task<string> Ask(string file, CancellationToken cancel)
    {
        using var socket = await Connect(cancel);
        await using var line = new NetworkStream(socket);
        await line.WriteAsync("zINSTREAM\0"u8.ToArray(), cancel);
        await using var content = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.Read, 1, FileOptions.Asynchronous);
        var piece = new byte[64 * 1024 + 4];
        while (await content.ReadAsync(piece.AsMemory(4), cancel) is > 0 and var read)
        {
            BinaryPrimitives.WriteUInt32BigEndian(piece, (uint)read);
            await line.WriteAsync(piece.AsMemory(0, read + 4), cancel);
        }
        await line.WriteAsync(new byte[4], cancel);
        using var reader = new StreamReader(line, Encoding.ASCII);
        return (await reader.ReadToEndAsync(cancel)).TrimEnd('\0', '\n');
    }

    private async Task<Socket> Connect(CancellationToken cancel)
    {
        var (kind, place) = options.Scanner.Split(':', 2) is [var first, var rest] ? (first, rest) : ("", "");
        if (kind == "unix")
        {
            var local = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
            await local.ConnectAsync(new UnixDomainSocketEndPoint(place), cancel);
            return local;
        }
        var colon = place.LastIndexOf(':');
        var remote = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await remote.ConnectAsync(place[..colon], int.Parse(place[(colon + 1)..], System.Globalization.CultureInfo.InvariantCulture), cancel);
        return remote;
    }
}
