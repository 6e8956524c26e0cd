using System.Diagnostics;
using TwinHub.Load.Servers;

namespace TwinHub.Load.Measures;

/// <summary>A yardstick in a process of its own; it ends with its standard input, so that it cannot outlive this one.</summary>
public sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, Target target) => (_process, Target) = (process, target);

    /// <summary>Where it answers.</summary>
    public Target Target { get; }

    /// <summary>Starts this program's <c>serve</c> command; a <see cref="BenchException"/> where it ends before it answers.</summary>
    public static async Task<ServerProcess> Start(string kind, params string[] options)
    {
        var process = Process.Start(Command(["serve", kind, "--stop-on-eof", .. options]))
            ?? throw new BenchException($"The {kind} server did not start.");
        var line = await process.StandardOutput.ReadLineAsync();
        if (line?.StartsWith(YardstickServer.Ready, StringComparison.Ordinal) != true)
        {
            throw new BenchException($"The {kind} server did not start: {line}");
        }

        var hub = new Uri(line[YardstickServer.Ready.Length..] + YardstickServer.HubPath);
        return new ServerProcess(process, new Target(kind, hub, process.Id));
    }

    /// <summary>Ends its input and waits for its end.</summary>
    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static ProcessStartInfo Command(IEnumerable<string> arguments)
    {
        var self = Environment.ProcessPath ?? "dotnet";
        // Started as `dotnet TwinHub.Load.dll`, the process is dotnet and wants the assembly first.
        string[] assembly = Path.GetFileNameWithoutExtension(self) == "dotnet" ? [Path.Combine(AppContext.BaseDirectory, "TwinHub.Load.dll")] : [];
        return new ProcessStartInfo(self, [.. assembly, .. arguments]) { RedirectStandardInput = true, RedirectStandardOutput = true };
    }
}
