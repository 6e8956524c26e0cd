using Npgsql;
using TwinHub.Core.Data;

namespace TwinHub.Web.Hosting;

/// <summary>The database of this process: a private PostgreSQL in the data directory, or the one a connection string names.</summary>
public sealed class HubDatabase : IAsyncDisposable
{
    private HubDatabase(NpgsqlDataSource source, string listener, PrivatePostgres? own) => (Source, ListenerConnectionString, Private) = (source, listener, own);

    public NpgsqlDataSource Source { get; }

    /// <summary>For the one connection that listens; never through a transaction pooler.</summary>
    public string ListenerConnectionString { get; }

    public PrivatePostgres? Private { get; }

    public static async Task<HubDatabase> Open(HubSettings settings, string dataDirectory, ILoggerFactory loggers, CancellationToken cancel)
    {
        var own = settings.ConnectionString is { Length: > 0 } ? null
            : await PrivatePostgres.Start(dataDirectory, loggers.CreateLogger<PrivatePostgres>(), cancel);
        var address = new NpgsqlConnectionStringBuilder(own?.ConnectionString ?? settings.ConnectionString)
        {
            ApplicationName = "twinhub", Timeout = 3, CommandTimeout = 15, CancellationTimeout = 500, MaxPoolSize = 50, MaxAutoPrepare = 64, AutoPrepareMinUsages = 3,
        };
        var builder = new NpgsqlDataSourceBuilder(address.ConnectionString);
        builder.UseLoggerFactory(loggers);
        return new(builder.Build(), settings.ListenerConnectionString is { Length: > 0 } listener ? listener : address.ConnectionString, own);
    }

    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        if (Private is not null)
        {
            await Private.DisposeAsync();
        }
    }
}

/// <summary>Starts the private PostgreSQL again when it has died: within five seconds (architecture, Database away).</summary>
public sealed class DatabaseKeeper(HubDatabase database, TimeProvider time, ILogger<DatabaseKeeper> logger) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.Private is not { } postgres)
        {
            return;
        }
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await postgres.Revive(stoppingToken))
                {
                    logger.LogWarning("The private PostgreSQL had stopped and was started again");
                }
            }
            catch (PrivatePostgresException fault)
            {
                logger.LogError("The private PostgreSQL cannot be started again: {Reason}", fault.Message);
            }
        }
    }
}
