using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using TwinHub.Core.Data;
using Xunit;

/// <summary>A second process that holds a private PostgreSQL until it is killed.</summary>
/// <remarks>
/// The runtime calls this class (its name and place are the runtime's) before the program named on the command line, if
/// DOTNET_STARTUP_HOOKS says so: a real process to kill, without a project of its own.
/// </remarks>
internal static class StartupHook
{
    private const string DataDirectory = "TWINHUB_TEST_HOLDS";

    /// <summary>Starts or joins the server, says so on standard output and stays.</summary>
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(DataDirectory) is not { } folder)
            return;
        _ = PrivatePostgres.Start(folder, NullLogger.Instance, CancellationToken.None).GetAwaiter().GetResult();
        Console.WriteLine("holding");
        new ManualResetEvent(false).WaitOne();
    }

    /// <summary>Runs a holder and waits until it holds.</summary>
    public static async Task<Process> Run(string dataDirectory, CancellationToken cancel)
    {
        var tests = typeof(StartupHook).Assembly.Location;
        var start = new ProcessStartInfo("dotnet", [tests]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_STARTUP_HOOKS"] = tests;
        start.Environment[DataDirectory] = dataDirectory;
        var process = Process.Start(start)!;
        Assert.Equal("holding", await process.StandardOutput.ReadLineAsync(cancel));
        return process;
    }
}
