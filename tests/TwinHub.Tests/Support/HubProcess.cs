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
    private readonly ConcurrentQueue<string> _said;

    private HubProcess(Process process, Uri url, ConcurrentQueue<string> said) => (_process, Url, _said) = (process, url, said);

    public Uri Url { get; }

    /// <summary>The process's number.</summary>
    public int Id => _process.Id;

    /// <summary>Every line of its terminal so far.</summary>
    public IReadOnlyList<string> Said => [.. _said];

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
        return new(process, await ready.Task, said);
    }

    /// <summary>Runs another command of the hub to its end, which is expected to be a good one, and returns what it said.</summary>
    public static async Task<IReadOnlyList<string>> Command(params string[] arguments)
    {
        var (code, said) = await Ask(arguments, new Dictionary<string, string>());
        Xunit.Assert.True(code == 0, string.Join(" / ", said));
        return said;
    }

    /// <summary>Runs a command that is to be refused: exit code 1 and one line, which is returned.</summary>
    public static Task<string> Refused(params string[] arguments) => RefusedWith(new Dictionary<string, string>(), arguments);

    /// <summary>As <see cref="Refused"/>, with something in the environment.</summary>
    public static async Task<string> RefusedWith(IReadOnlyDictionary<string, string> environment, params string[] arguments)
    {
        var (code, said) = await Ask(arguments, environment);
        Xunit.Assert.True(code == 1 && said.Count == 1, $"exit code {code}: {string.Join(" / ", said)}");
        return said[0];
    }

    /// <summary>SIGKILL for the server of a data directory's private PostgreSQL; its children follow by themselves.</summary>
    public static void KillPostgres(string cluster)
    {
        var pid = int.Parse(File.ReadLines(Path.Combine(cluster, "postmaster.pid")).First(), CultureInfo.InvariantCulture);
        using var postmaster = Process.GetProcessById(pid);
        postmaster.Kill();
    }

    /// <summary>SIGTERM, as a service manager ends it; answers the exit code.</summary>
    public async Task<int> Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        return _process.ExitCode;
    }

    /// <summary>SIGKILL.</summary>
    public Task Kill() => End(_process);

    public async ValueTask DisposeAsync()
    {
        await End(_process);
        _process.Dispose();
    }

    private static async Task<(int Code, IReadOnlyList<string> Said)> Ask(string[] arguments, IReadOnlyDictionary<string, string> environment)
    {
        var said = new ConcurrentQueue<string>();
        using var process = Launch(arguments, said.Enqueue, environment);
        try
        {
            await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(60));
        }
        catch (TimeoutException)
        {
            await End(process);
        }
        return (process.ExitCode, [.. said]);
    }

    private static async Task End(Process process)
    {
        if (!process.HasExited)
        {
            process.Kill();
        }
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(10));
    }

    private static Process Launch(IEnumerable<string> arguments, Action<string> hear, IReadOnlyDictionary<string, string>? environment = null)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [Program, .. arguments, "--Logging:LogLevel:Default=Error"]) { RedirectStandardOutput = true, RedirectStandardError = true },
        };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            process.StartInfo.Environment[name] = value;
        }
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
