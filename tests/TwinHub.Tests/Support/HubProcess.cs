using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;

namespace TwinHub.Tests.Support;

/// <summary>The real server in a process of its own, to be killed. Nothing is left to its goodwill.</summary>
public sealed class HubProcess : IAsyncDisposable
{
    private const string Ready = "TwinHub is ready at ";
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "TwinHub.Web.dll");

    private readonly Process _process;

    private HubProcess(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    /// <summary>Starts a server and waits until it says that it is ready.</summary>
    public static async Task<HubProcess> Run(string data, params string[] settings)
    {
        var said = new ConcurrentQueue<string>();
        var ready = new TaskCompletionSource<Uri>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = Launch(["run", "--port", "0", "--data", data, .. settings], line =>
        {
            said.Enqueue(line);
            if (line.StartsWith(Ready, StringComparison.Ordinal))
            {
                ready.TrySetResult(new Uri(line[Ready.Length..].Replace("localhost", "127.0.0.1", StringComparison.Ordinal)));
            }
        });
        if (await Task.WhenAny(ready.Task, process.WaitForExitAsync(), Task.Delay(TimeSpan.FromSeconds(60))) != ready.Task)
        {
            await End(process);
            throw new InvalidOperationException("The server did not start: " + string.Join(" / ", said));
        }
        return new(process, await ready.Task);
    }

    /// <summary>Runs another command of the hub to its end.</summary>
    public static async Task Command(params string[] arguments)
    {
        var said = new ConcurrentQueue<string>();
        using var process = Launch(arguments, said.Enqueue);
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException)
        {
            await End(process);
        }
        Xunit.Assert.True(process.ExitCode == 0, string.Join(" / ", said));
    }

    /// <summary>SIGKILL for the server of a data directory's private PostgreSQL; its children follow by themselves.</summary>
    public static void KillPostgres(string cluster)
    {
        var pid = int.Parse(File.ReadLines(Path.Combine(cluster, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        using var postmaster = Process.GetProcessById(pid);
        postmaster.Kill();
    }

    /// <summary>SIGKILL.</summary>
    public Task Kill() => End(_process);

    public async ValueTask DisposeAsync()
    {
        await End(_process);
        _process.Dispose();
    }

    private static async Task End(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill();
        }
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
    }

    private static Process Launch(IEnumerable<string> arguments, Action<string> hear)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [Program, .. arguments, "--Logging:LogLevel:Default=Error"]) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        process.OutputDataReceived += (_, line) => Hear(line);
        process.ErrorDataReceived += (_, line) => Hear(line);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;

        void Hear(DataReceivedEventArgs line)
        {
            if (line.Data is { } text)
            {
                hear(text);
            }
        }
    }
}
