using System.Buffers;
using System.IO.Pipelines;
using System.Text;

namespace TwinHub.Load.Mail;

/// <summary>One conversation of the sink (RFC 5321), pipelined where the other side does so (RFC 2920).</summary>
/// <param name="beforeRead">Called before each read.</param>
public sealed class SinkTalk(Stream stream, Action beforeRead) : IAsyncDisposable
{
    private static readonly byte[] End = "\r\n.\r\n"u8.ToArray();

    private readonly PipeReader _in = PipeReader.Create(stream, new(bufferSize: 65_536));

    /// <summary>Talks until the other side says goodbye or hangs up.</summary>
    /// <param name="take">Takes a mail's bytes, dots doubled as they travelled; the answer goes out when it has ended.</param>
    public async Task Run(Func<ReadOnlyMemory<byte>, Task> take, CancellationToken cancel)
    {
        await Say("220 sink ESMTP", cancel);
        while (await Next("\r\n"u8.ToArray(), cancel) is { } line)
        {
            switch (Encoding.ASCII.GetString(line.Span[..Math.Min(4, line.Length)]).ToUpperInvariant())
            {
                case "EHLO":
                    await Say("250-sink\r\n250-PIPELINING\r\n250-SIZE 30000000\r\n250-ENHANCEDSTATUSCODES\r\n250 8BITMIME", cancel);
                    break;
                case "DATA":
                    await Say("354 Go on", cancel);
                    if (await Next(End, cancel) is { } mail)
                    {
                        await take(mail);
                        await Say("250 2.0.0 Taken", cancel);
                    }
                    break;
                case "QUIT":
                    await Say("221 2.0.0 Bye", cancel);
                    return;
                default:
                    await Say("250 2.0.0 Ok", cancel);
                    break;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _in.CompleteAsync();
        await stream.DisposeAsync();
    }

    /// <summary>What comes before the mark; null: the other side has hung up.</summary>
    private async Task<ReadOnlyMemory<byte>?> Next(byte[] mark, CancellationToken cancel)
    {
        while (true)
        {
            beforeRead();
            var read = await _in.ReadAsync(cancel);
            var reader = new SequenceReader<byte>(read.Buffer);
            if (reader.TryReadTo(out ReadOnlySequence<byte> found, mark))
            {
                var bytes = found.ToArray();
                _in.AdvanceTo(reader.Position);
                return bytes;
            }
            _in.AdvanceTo(read.Buffer.Start, read.Buffer.End);
            if (read.IsCompleted)
            {
                return null;
            }
        }
    }

    private ValueTask Say(string line, CancellationToken cancel) => stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), cancel);
}
