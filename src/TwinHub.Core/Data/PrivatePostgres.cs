using Microsoft.Extensions.Logging;
using Npgsql;
using TwinHub.Core.Data.Private;

namespace TwinHub.Core.Data;

/// <summary>A PostgreSQL of TwinHub's own in its data directory, reached by Unix socket only, without port or password.</summary>
/// <remarks>
/// Several processes may share one: each holds the use lock for its life, the last one out stops the server, and a watchdog
/// does so for a process that was killed. Starting and stopping happen under the start lock.
/// </remarks>
public sealed class PrivatePostgres : IAsyncDisposable
{
    private readonly PrivatePostgresOptions options;
    private readonly DataFolder data;
    private readonly ServerControl control;
    private readonly ILogger logger;
    private readonly FileLock use;
    private readonly Watchdog watchdog;
    private bool left;

    private PrivatePostgres(PrivatePostgresOptions options, DataFolder data, ServerControl control, ILogger logger)
    {
        (this.options, this.data, this.control, this.logger) = (options, data, control, logger);
        use = FileLock.TryShared(data.UseLock) ?? throw Busy(data);
        watchdog = Watchdog.Start(data, control.FastStop);
    }

    /// <summary>Host (the socket's folder), user and database; pool and timeouts are the caller's to add.</summary>
    public string ConnectionString => ConnectionTo("twinhub").ConnectionString;

    /// <summary>The cluster's directory, open to the server's user only.</summary>
    public string ClusterDirectory => data.Cluster;

    /// <summary>What the server says: at most 16 MB, and once more as much in <c>server.log.1</c>.</summary>
    public string LogFile => data.Log;

    /// <summary>The folder of the server's programs and of pg_dump, of the cluster's own version.</summary>
    public string BinDirectory => control.Binaries.Directory;

    /// <summary>Starts or joins the server of this data directory; the environment's <c>Postgres__Bin</c> may name the programs' folder.</summary>
    /// <exception cref="PrivatePostgresException">It cannot serve; the message says why and what to do.</exception>
    public static Task<PrivatePostgres> Start(string dataDirectory, ILogger logger, CancellationToken cancel) =>
        Start(new PrivatePostgresOptions(dataDirectory) { BinDirectory = Environment.GetEnvironmentVariable("Postgres__Bin") }, logger, cancel);

    /// <summary>Starts or joins the server: makes folder, cluster and the database <c>twinhub</c> where they are absent.</summary>
    /// <exception cref="PrivatePostgresException">It cannot serve; the message says why and what to do.</exception>
    public static async Task<PrivatePostgres> Start(PrivatePostgresOptions options, ILogger logger, CancellationToken cancel)
    {
        if (!OperatingSystem.IsLinux())
            throw new PrivatePostgresException("TwinHub starts a PostgreSQL of its own on Linux only; name another with ConnectionStrings__TwinHub.");
        var data = new DataFolder(DataFolder.Prepare(options.DataDirectory));
        var account = ServerAccount.Find();
        var binaries = await PostgresBinaries.Find(options.BinDirectory, data.Cluster, cancel);
        using var starting = await FileLock.Exclusive(data.StartLock, options.LockPatience, cancel) ?? throw Busy(data);
        var postgres = new PrivatePostgres(options, data, new ServerControl(data, account, binaries, logger), logger);
        try
        {
            await postgres.control.Run(options.RequiredFreeBytes, cancel);
            await postgres.MakeDatabase(cancel);
            return postgres;
        }
        catch
        {
            await postgres.Leave();
            throw;
        }
    }

    /// <summary>Starts the server again if it has died; costs next to nothing when it has not.</summary>
    /// <returns>Whether it had to.</returns>
    /// <exception cref="PrivatePostgresException">It cannot be started; worth another try later.</exception>
    public async Task<bool> Revive(CancellationToken cancel)
    {
        ObjectDisposedException.ThrowIf(left, this);
        if (control.Runs())
        {
            await control.LimitLog(cancel);
            return false;
        }
        using var starting = await FileLock.Exclusive(data.StartLock, options.LockPatience, cancel) ?? throw Busy(data);
        ObjectDisposedException.ThrowIf(left, this);
        return await control.Run(options.RequiredFreeBytes, cancel);
    }

    /// <summary>Leaves the server, and stops it if nobody else uses it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (left)
            return;
        using var stopping = await FileLock.Exclusive(data.StartLock, options.LockPatience, CancellationToken.None);
        if (stopping is not null)
        {
            await Leave();
            return;
        }
        logger.LogWarning("Another process keeps starting or stopping the private PostgreSQL; leaving it to the watchdog");
        left = true;
        use.Dispose();
        watchdog.Abandon();
    }

    private async Task Leave()
    {
        left = true;
        use.Dispose();
        using (var alone = FileLock.TryExclusive(data.UseLock))
            if (alone is not null)
                await control.Stop();
        await watchdog.DisposeAsync();
    }

    // Also proves that the server lets this user in. A server joined while it still recovers says so until it is ready.
    private async Task MakeDatabase(CancellationToken cancel)
    {
        while (true)
        {
            try
            {
                await using var connection = await Open("twinhub", cancel);
                return;
            }
            catch (PostgresException absent) when (absent.SqlState == PostgresErrorCodes.InvalidCatalogName)
            {
                await using var connection = await Open("postgres", cancel);
                await using var create = new NpgsqlCommand("CREATE DATABASE twinhub", connection);
                await create.ExecuteNonQueryAsync(cancel);
            }
            catch (PostgresException early) when (early.SqlState == PostgresErrorCodes.CannotConnectNow)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50), cancel);
            }
        }
    }

    private async Task<NpgsqlConnection> Open(string database, CancellationToken cancel)
    {
        var settings = ConnectionTo(database);
        settings.Pooling = false;
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync(cancel);
        return connection;
    }

    private NpgsqlConnectionStringBuilder ConnectionTo(string database) =>
        new() { Host = control.Socket.Path, Username = "twinhub", Database = database };

    private static PrivatePostgresException Busy(DataFolder data) =>
        new($"Another process has long been starting or stopping the database in {data.Path}; wait for it or end it, then start again.");
}
