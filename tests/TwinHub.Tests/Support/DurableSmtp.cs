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
    public IReadOnlyList<(string Recipient, byte[] Content)> Stored()
    {
        var log = Path.Combine(_folder, "log");
        return !File.Exists(log) ? [] : [.. File.ReadAllLines(log).Select(line => line.Split(' ')).Select(words => (words[1], File.ReadAllBytes(Path.Combine(_folder, "new", words[0]))))];
    }

    /// <summary>SIGKILL, then a new start on the same port.</summary>
    public async Task KillAndRestart()
    {
        await End();
        (_process, _) = await Launch(_folder, Port, _security);
    }

    public async ValueTask DisposeAsync() => await End();

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
