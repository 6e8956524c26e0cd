using System.Diagnostics;
using System.Globalization;

namespace TwinHub.Load.Mail;

/// <summary>A hub in a process of its own, ended with the bench.</summary>
public sealed class HubUnderLoad : IAsyncDisposable
{
    private const string Ready = "TwinHub is ready at ";

    private readonly Process _process;

    private HubUnderLoad(Process process, Uri url) => (_process, Url) = (process, url);

    public Uri Url { get; }

    public int ProcessId => _process.Id;

    /// <summary>Resident memory in MB (proc(5)).</summary>
    public double Resident => long.Parse(File.ReadLines($"/proc/{ProcessId}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024.0;

    /// <summary>Starts a hub and waits until it is ready.</summary>
    public static async Task<HubUnderLoad> Run(string program, string data, params string[] settings)
    {
        var process = Start(program, ["run", "--port", "0", "--no-demo", "--data", data, "--Logging:LogLevel:Default=Error", .. settings]);
        while (await process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(Ready, StringComparison.Ordinal))
            {
                _ = process.StandardOutput.BaseStream.CopyToAsync(Stream.Null);
                return new(process, new Uri(line[Ready.Length..].Replace("localhost", "127.0.0.1", StringComparison.Ordinal)));
            }
            Console.Error.WriteLine(line);
        }
        throw new BenchException("The hub did not start.");
    }

    /// <summary>Runs another of its commands to the end.</summary>
    public static async Task Command(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var said = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new BenchException($"{arguments[0]} failed: {said}");
        }
    }

    /// <summary>SIGTERM, so that its database stops too.</summary>
    public async ValueTask DisposeAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", ProcessId.ToString(CultureInfo.InvariantCulture)]);
        await _process.WaitForExitAsync();
        _process.Dispose();
    }

    private static Process Start(string program, string[] arguments) =>
        Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments]) { RedirectStandardOutput = true }) ?? throw new BenchException("The hub did not start.");
}
