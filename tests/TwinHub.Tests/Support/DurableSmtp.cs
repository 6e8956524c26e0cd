using System.Diagnostics;
using System.Globalization;

namespace TwinHub.Tests.Support;

/// <summary>
/// A mail server written by others (Debian's python3-aiosmtpd) in a process of its own, which stores durably before it says
/// 250 and can be killed. A library is the least that does it: Postfix and its like install a service for the whole machine.
/// </summary>
public sealed class DurableSmtp : IAsyncDisposable
{
    private readonly string _folder;
    private readonly string[] _security;
    private Process _process;

    private DurableSmtp(string folder, string[] security, Process process, int port) => (_folder, _security, _process, Port) = (folder, security, process, port);

    public int Port { get; }

    /// <summary>Starts a server that stores in the folder.</summary>
    /// <param name="security">Nothing, or the certificate's PEM file, its key's, a user and a password.</param>
    public static async Task<DurableSmtp> Start(string folder, params string[] security)
    {
        var (process, port) = await Launch(folder, 0, security);
        return new(folder, security, process, port);
    }

    /// <summary>The stored mails in the order of their log: recipient and bytes.</summary>
    public IReadOnlyList<(string Recipient, byte[] Content)> Stored() =>
        [.. Lines("log").Select(line => line.Split(' ')).Select(words => (words[1], File.ReadAllBytes(Path.Combine(_folder, "new", words[0]))))];

    /// <summary>How many mails it has said 250 to, or was about to.</summary>
    public int Count => Lines("log").Length;

    /// <summary>Every mail that is safe on its disk, also one it was killed over before it could say so.</summary>
    public IReadOnlyList<byte[]> Kept() => [.. Directory.GetFiles(Path.Combine(_folder, "new")).Select(File.ReadAllBytes)];

    /// <summary>The recipients it has refused, in order: the code and the address.</summary>
    public IReadOnlyList<(int Code, string Recipient)> Refused() => [.. Lines("refused").Select(line => (int.Parse(line[..3], CultureInfo.InvariantCulture), line[4..]))];

    /// <summary>SIGKILL, then a new start on the same port.</summary>
    public async Task KillAndRestart()
    {
        await End();
        (_process, _) = await Launch(_folder, Port, _security);
    }

    public async ValueTask DisposeAsync() => await End();

    /// <summary>Whole lines only: the server may be writing the last one.</summary>
    private string[] Lines(string name)
    {
        var path = Path.Combine(_folder, name);
        return File.Exists(path) ? File.ReadAllText(path).Split('\n')[..^1] : [];
    }

    private async Task End()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static async Task<(Process Process, int Port)> Launch(string folder, int port, string[] security)
    {
        var start = new ProcessStartInfo("/usr/bin/python3") { RedirectStandardOutput = true };
        foreach (var argument in new[] { Path.Combine(AppContext.BaseDirectory, "durable_smtp.py"), folder, port.ToString(CultureInfo.InvariantCulture) }.Concat(security))
        {
            start.ArgumentList.Add(argument);
        }
        var process = Process.Start(start)!;
        var line = await process.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(30));
        return line?.Split(' ') is ["listening", var number]
            ? (process, int.Parse(number, CultureInfo.InvariantCulture)) : throw new InvalidOperationException("The mail server did not start: " + line);
    }
}
