using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using TwinHub.Core.Data;
using Xunit;
using static TwinHub.Tests.Core.Data.PrivatePostgresFolders;

namespace TwinHub.Tests.Core.Data;

public sealed class PrivatePostgresTests(PrivatePostgresFolders folders) : IClassFixture<PrivatePostgresFolders>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_cold_start_creates_a_closed_cluster_and_a_clean_stop_leaves_no_process()
    {
        var folder = folders.Fresh();
        var server = await Start(folder);
        var pid = ServerOf(folder)!.Value;
        Assert.True(IsAlive(pid));
        Assert.Equal("twinhub", await Ask(server, "SELECT current_user"));
        Assert.Equal("UTF8", await Ask(server, "SHOW server_encoding"));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, ModeOf(server.ClusterDirectory));
        Assert.True(File.Exists(Path.Join(server.BinDirectory, "pg_ctl")));
        Assert.Contains("ready to accept connections", await File.ReadAllTextAsync(server.LogFile, Cancel), StringComparison.Ordinal);
        var watchdog = Assert.Single(WatchdogsOf(folder));

        await server.DisposeAsync();

        Assert.False(IsAlive(pid));
        Assert.False(IsAlive(watchdog));
        Assert.Null(ServerOf(folder));
    }

    [Fact]
    public async Task It_listens_to_nobody_outside_and_keeps_what_it_confirms()
    {
        await using var server = await Start(await folders.WithCluster());
        const string Settings = "listen_addresses fsync full_page_writes synchronous_commit max_connections log_min_error_statement";
        var values = await Ask(server, $"SELECT string_agg(current_setting(name), '|') FROM unnest(string_to_array('{Settings}', ' ')) AS name");
        Assert.Equal("|on|on|on|200|panic", values);
    }

    [Fact]
    public async Task A_warm_start_finds_what_was_written_before()
    {
        var folder = await folders.WithCluster();
        await using (var first = await Start(folder))
            await Ask(first, "CREATE TABLE kept AS SELECT 7 AS n");
        await using var second = await Start(folder);
        Assert.Equal("7", await Ask(second, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task Two_share_one_server_and_the_last_one_out_stops_it()
    {
        var folder = await folders.WithCluster();
        var first = await Start(folder);
        var pid = ServerOf(folder)!.Value;
        var second = await Start(folder);
        Assert.Equal(pid, ServerOf(folder));

        await first.DisposeAsync();
        Assert.Equal("1", await Ask(second, "SELECT 1"));

        await second.DisposeAsync();
        Assert.False(IsAlive(pid));
    }

    [Fact]
    public async Task Two_that_start_at_the_same_time_get_the_same_server()
    {
        var folder = await folders.WithCluster();
        var both = await Task.WhenAll(Start(folder), Start(folder));
        var pids = await Task.WhenAll(both.Select(server => Ask(server, "SELECT pg_postmaster_start_time()::text")));
        Assert.Equal(pids[0], pids[1]);
        await Task.WhenAll(both.Select(server => server.DisposeAsync().AsTask()));
        Assert.Null(ServerOf(folder));
    }

    [Fact]
    public async Task A_killed_server_is_revived_with_every_commit_and_a_living_one_is_left_alone()
    {
        var folder = await folders.WithCluster();
        await using var server = await Start(folder);
        await Ask(server, "CREATE TABLE kept AS SELECT 7 AS n");
        Assert.False(await server.Revive(Cancel));

        await Kill(ServerOf(folder)!.Value);

        Assert.True(await server.Revive(Cancel));
        Assert.False(await server.Revive(Cancel));
        Assert.Equal("7", await Ask(server, "SELECT n FROM kept"));
    }

    [Fact]
    public async Task A_killed_holders_server_is_stopped_by_its_watchdog()
    {
        var folder = await folders.WithCluster();
        using var holder = await StartupHook.Run(folder, Cancel);
        var pid = ServerOf(folder)!.Value;
        var watchdog = Assert.Single(WatchdogsOf(folder));

        await Kill(holder.Id);

        await Ends(pid);
        await Ends(watchdog);
        Assert.Contains("database system is shut down", await File.ReadAllTextAsync(Path.Join(folder, "postgres", "server.log"), Cancel), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_killed_holders_watchdog_spares_a_server_that_others_use()
    {
        var folder = await folders.WithCluster();
        await using var server = await Start(folder);
        var own = WatchdogsOf(folder);
        using var holder = await StartupHook.Run(folder, Cancel);
        var watchdog = Assert.Single(WatchdogsOf(folder).Except(own));

        await Kill(holder.Id);

        await Ends(watchdog);
        Assert.Equal("1", await Ask(server, "SELECT 1"));
    }

    [Fact]
    public async Task After_a_kill_of_holder_and_server_the_next_start_recovers_every_commit()
    {
        var folder = await folders.WithCluster();
        using var holder = await StartupHook.Run(folder, Cancel);
        await using (var guest = await Start(folder))
            await Ask(guest, "CREATE TABLE kept AS SELECT 7 AS n");

        await Task.WhenAll(Kill(holder.Id), Kill(ServerOf(folder)!.Value));

        await using var server = await Start(folder);
        Assert.Equal("7", await Ask(server, "SELECT n FROM kept"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_pid_file_that_is_empty_or_names_a_stranger_does_not_stop_the_start(bool stranger)
    {
        var folder = await folders.WithCluster();
        var text = stranger ? string.Create(CultureInfo.InvariantCulture, $"{Environment.ProcessId}\n/nowhere\n") : "";
        await File.WriteAllTextAsync(Path.Join(folder, "postgres", "cluster", "postmaster.pid"), text, Cancel);
        await File.WriteAllTextAsync(Path.Join(folder, "postgres", ".s.PGSQL.5432.lock"), text, Cancel);
        await using var server = await Start(folder);
        Assert.Equal("1", await Ask(server, "SELECT 1"));
    }

    [Theory]
    [InlineData("a-name-so-long-that-no-socket-fits-below-it-because-the-kernel-keeps-108-bytes-for-it-and-no-more-than-that")]
    [InlineData("ville, jumelée d'Amman")]
    public async Task A_path_that_no_socket_can_have_gets_a_short_one_that_goes_away_again(string name)
    {
        var folder = await folders.WithCluster(name);
        var server = await Start(folder);
        var socket = new Npgsql.NpgsqlConnectionStringBuilder(server.ConnectionString).Host!;
        Assert.DoesNotContain(name, socket, StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, ModeOf(socket));
        Assert.Equal("1", await Ask(server, "SELECT 1"));
        await server.DisposeAsync();
        Assert.False(Directory.Exists(socket));
    }

    [Fact]
    public async Task A_log_that_has_grown_too_large_is_turned_over_while_the_server_writes_on()
    {
        await using var server = await Start(await folders.WithCluster());
        await using (var log = new FileStream(server.LogFile, FileMode.Open, FileAccess.Write, FileShare.ReadWrite))
            log.SetLength(17 * 1024 * 1024);

        Assert.False(await server.Revive(Cancel));
        await Ask(server, "DO $$ BEGIN RAISE WARNING 'written after'; END $$");

        Assert.Contains("written after", await File.ReadAllTextAsync(server.LogFile, Cancel), StringComparison.Ordinal);
        Assert.InRange(new FileInfo(server.LogFile).Length, 1, 1000);
        Assert.Equal(17 * 1024 * 1024, new FileInfo(server.LogFile + ".1").Length);
    }

    [Fact]
    public async Task A_cancelled_start_leaves_nothing_running()
    {
        var folder = await folders.WithCluster();
        using var cancelled = new CancellationTokenSource(TimeSpan.FromMilliseconds(60));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => PrivatePostgres.Start(folder, NullLogger.Instance, cancelled.Token));
        Assert.Empty(WatchdogsOf(folder));
        Assert.False(ServerOf(folder) is { } pid && IsAlive(pid));
        await using var server = await Start(folder);
        Assert.Equal("1", await Ask(server, "SELECT 1"));
    }

    private static Task<PrivatePostgres> Start(string folder) => PrivatePostgres.Start(folder, NullLogger.Instance, Cancel);

    private static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    private static List<int> WatchdogsOf(string folder) =>
        [.. Directory.EnumerateDirectories("/proc")
            .Select(process => int.TryParse(Path.GetFileName(process), CultureInfo.InvariantCulture, out var pid) ? pid : 0)
            .Where(pid => pid > 0 && IsAlive(pid) && File.ReadAllText($"/proc/{pid}/cmdline").Contains($"{folder}/postgres.use.lock", StringComparison.Ordinal))];
}
