using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TwinHub.Core.Data;
using Xunit;

namespace TwinHub.Tests.Core.Data;

/// <summary>Data directories for one test class: copies of a cluster that was created and stopped once; all are removed at the end.</summary>
public sealed class PrivatePostgresFolders : IAsyncLifetime
{
    private readonly string root = Path.Join("/tmp", $"twinhub-tests-{Mark()}");

    // Short, so that a socket still fits below.
    private static string Mark() => Guid.NewGuid().ToString("N")[..8];

    private string Template => Path.Join(root, "template");

    /// <summary>Creates the cluster that the others are copied from.</summary>
    public async ValueTask InitializeAsync()
    {
        await Run("mkdir", "-m", "0755", root);
        await using var server = await PrivatePostgres.Start(Template, NullLogger.Instance, TestContext.Current.CancellationToken);
    }

    /// <summary>Ends what a failed test may have left running, by id, and removes the folders.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var folder in Directory.EnumerateDirectories(root))
            if (ServerOf(folder) is { } pid && IsAlive(pid))
                await Run("kill", "-QUIT", pid.ToString(CultureInfo.InvariantCulture));
        await Run("rm", "-rf", root);
    }

    /// <summary>A directory that does not exist yet.</summary>
    public string Fresh(string name = "fresh") => Path.Join(root, $"{name}-{Mark()}");

    /// <summary>A directory with a stopped cluster in it.</summary>
    public async Task<string> WithCluster(string name = "warm")
    {
        var folder = Fresh(name);
        await Run("cp", "-a", Template, folder);
        return folder;
    }

    /// <summary>The pid in the cluster's pid file; null without one.</summary>
    public static int? ServerOf(string folder) =>
        Path.Join(folder, "postgres", "cluster", "postmaster.pid") is var file && File.Exists(file)
        && int.TryParse(File.ReadLines(file).FirstOrDefault(), CultureInfo.InvariantCulture, out var pid) ? pid : null;

    /// <summary>Whether a process lives; dead ones that nobody has buried do not.</summary>
    public static bool IsAlive(int pid) =>
        File.Exists($"/proc/{pid}/cmdline") && File.ReadAllText($"/proc/{pid}/cmdline").Length > 0;

    /// <summary>Waits until the process has ended, at most 15 s.</summary>
    public static async Task Ends(int pid)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(15));
        while (IsAlive(pid))
            await Task.Delay(10, deadline.Token);
    }

    /// <summary>Kills a process the way a power cut does.</summary>
    public static async Task Kill(int pid)
    {
        using var process = Process.GetProcessById(pid);
        process.Kill();
        await Ends(pid);
    }

    /// <summary>Runs one statement on a connection of its own and answers its first value as text.</summary>
    public static async Task<string?> Ask(PrivatePostgres server, string sql)
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var connection = new NpgsqlConnection(server.ConnectionString + ";Pooling=false");
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToString(await command.ExecuteScalarAsync(cancel), CultureInfo.InvariantCulture);
    }

    /// <summary>Runs a program and expects it to succeed.</summary>
    public static async Task Run(string program, params string[] arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments))!;
        await process.WaitForExitAsync(CancellationToken.None);
        Assert.Equal(0, process.ExitCode);
    }
}
