using System.Net;
using System.Net.Sockets;
using System.Text;
using TwinHub.Core;
using TwinHub.Core.Documents.Uploads;
using Xunit;

namespace TwinHub.Tests.Core.Documents.Uploads;

/// <summary>Against a daemon that speaks clamd's INSTREAM.</summary>
public sealed class VirusScannerTests
{
    [Theory]
    [InlineData("stream: OK\0", null)]
    [InlineData("stream: Eicar-Test-Signature FOUND\0", RefusalCode.Invalid)]
    [InlineData("INSTREAM size limit exceeded. ERROR\0", RefusalCode.Unavailable)]
    [InlineData("", RefusalCode.Unavailable)]
    public async Task A_file_is_kept_only_when_the_daemon_says_so(string answer, RefusalCode? refused)
    {
        var content = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("0123456789", 20_000)));
        var file = Path.GetTempFileName();
        await File.WriteAllBytesAsync(file, content, TestContext.Current.CancellationToken);
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var heard = Hear(listener, answer);
        var refusal = await new VirusScanner(new() { Scanner = $"tcp:127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}" }).Look(file, TestContext.Current.CancellationToken);
        Assert.Equal(refused, refusal?.Code);
        Assert.Equal(content, await heard);
        File.Delete(file);
    }

    [Fact]
    public async Task A_daemon_that_is_away_keeps_every_file_out() => Assert.Equal(RefusalCode.Unavailable,
        (await new VirusScanner(new() { Scanner = "unix:/nowhere/clamd.ctl" }).Look("/etc/hostname", TestContext.Current.CancellationToken))!.Code);

    [Fact]
    public async Task Where_none_is_configured_nobody_is_asked() => Assert.Null(await new VirusScanner(new()).Look("/nowhere", TestContext.Current.CancellationToken));

    private static async Task<byte[]> Hear(TcpListener listener, string answer)
    {
        using var client = await listener.AcceptTcpClientAsync(TestContext.Current.CancellationToken);
        var line = client.GetStream();
        var command = new byte["zINSTREAM\0".Length];
        await line.ReadExactlyAsync(command, TestContext.Current.CancellationToken);
        Assert.Equal("zINSTREAM\0", Encoding.ASCII.GetString(command));
        using var heard = new MemoryStream();
        while (await Length(line) is > 0 and var length)
        {
            var piece = new byte[length];
            await line.ReadExactlyAsync(piece, TestContext.Current.CancellationToken);
            heard.Write(piece);
        }
        await line.WriteAsync(Encoding.ASCII.GetBytes(answer), TestContext.Current.CancellationToken);
        return heard.ToArray();
    }

    private static async Task<int> Length(NetworkStream line)
    {
        var bytes = new byte[4];
        await line.ReadExactlyAsync(bytes, TestContext.Current.CancellationToken);
        return System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes);
    }
}
