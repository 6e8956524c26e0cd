using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace TwinHub.Load.Measures;

/// <summary>
/// Asks a .NET process for a full garbage collection over its diagnostics socket (the runtime's IPC protocol, which dotnet-gcdump
/// uses too), so that memory is compared and not the collector's mood. Works for any .NET server of the same user.
/// </summary>
public static class Runtime
{
    private const byte EventPipe = 2;
    private const byte StopTracing = 1;
    private const byte CollectTracing2 = 3;
    private const ulong CollectHeap = 0x800000;
    private const uint Informational = 4;

    /// <summary>Collects; false where the process offers no diagnostics socket.</summary>
    public static async Task<bool> CollectGarbage(int processId, CancellationToken cancellation)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"dotnet-diagnostic-{processId}-*-socket");
        // A killed process leaves its socket behind, and its number comes again: the newest one is this process's.
        if (Directory.EnumerateFiles(Path.GetTempPath(), name).MaxBy(File.GetLastWriteTimeUtc) is not { } path)
        {
            return false;
        }

        // Enabling this keyword is what makes the runtime collect; the events themselves are read and dropped.
        using var session = await Ask(path, CollectTracing2, Collection(), cancellation);
        var answer = new byte[28];
        await session.ReadExactlyAsync(answer, cancellation);
        using var stop = await Ask(path, StopTracing, answer[20..], cancellation);
        await session.CopyToAsync(Stream.Null, cancellation);
        return true;
    }

    private static byte[] Collection()
    {
        using var payload = new MemoryStream();
        using var writer = new BinaryWriter(payload);
        writer.Write(1u); // buffer in MB
        writer.Write(1u); // the nettrace format
        writer.Write(false); // no rundown
        writer.Write(1u); // one provider
        writer.Write(CollectHeap);
        writer.Write(Informational);
        Write(writer, "Microsoft-Windows-DotNETRuntime");
        writer.Write(0u); // no filter
        return payload.ToArray();
    }

    private static async Task<NetworkStream> Ask(string path, byte command, byte[] payload, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation);
        var stream = new NetworkStream(socket, ownsSocket: true);
        byte[] message = [.. "DOTNET_IPC_V1\0"u8, .. BitConverter.GetBytes((ushort)(20 + payload.Length)), EventPipe, command, 0, 0, .. payload];
        await stream.WriteAsync(message, cancellation);
        return stream;
    }

    private static void Write(BinaryWriter writer, string text)
    {
        writer.Write((uint)text.Length + 1);
        writer.Write(Encoding.Unicode.GetBytes(text + '\0'));
    }
}
