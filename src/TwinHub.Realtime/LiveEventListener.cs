using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using TwinHub.Core.Channels;
using TwinHub.Core.Live;

namespace TwinHub.Realtime;

/// <summary>Section <c>Listener</c> of the configuration.</summary>
public sealed record ListenerOptions
{
    /// <summary>Where to listen: a direct connection, never through a transaction pooler. Comes from the connection strings.</summary>
    public string ConnectionString { get; init; } = "";

    /// <summary>How often it speaks to itself; more than zero.</summary>
    public TimeSpan Beat { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long it believes in a connection on which it hears nothing; at least two beats, at most a minute.</summary>
    public TimeSpan Silence { get; init; } = TimeSpan.FromSeconds(15);
}

/// <summary>
/// The node's ear: one connection that only listens, outside any transaction. It hears its own beat or else connects anew.
/// After each connect it LISTENs first, then lets everybody compare with the database, so that nothing falls between.
/// </summary>
public sealed class LiveEventListener(ListenerOptions options, LiveFeed feed, LiveCatchUp catchUp, ChannelAccessCache access, AppendLog log, TimeProvider time, ILogger<LiveEventListener> logger) : BackgroundService
{
    private long _heardAt;
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _hearing;

    /// <summary>Whether it hears; while not, the node is not ready.</summary>
    public bool IsHearing => _hearing;

    /// <summary>Done when it hears for the first time: until then a node that has started is not ready.</summary>
    public Task FirstHeard => _first.Task;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Listen(stoppingToken);
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested && fault is NpgsqlException or TimeoutException or IOException or OperationCanceledException or InvalidOperationException)
            {
                logger.LogWarning("The listener lost the database and connects anew: {Fault}", fault.GetType().Name);
            }
            finally
            {
                _hearing = false;
                access.Trust(false);
            }
            await Task.Delay(TimeSpan.FromMilliseconds(250), time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task Listen(CancellationToken stop)
    {
        var address = new NpgsqlConnectionStringBuilder(options.ConnectionString)
        {
            Pooling = false, KeepAlive = 0, Timeout = 5, CommandTimeout = 5, CancellationTimeout = 500, Enlist = false, ApplicationName = "twinhub-listener",
        };
        await using var connection = new NpgsqlConnection(address.ConnectionString);
        connection.Notification += (_, notification) => Hear(notification.Payload);
        await connection.OpenAsync(stop);
        await Execute(connection, $"listen {Notice.DatabaseChannel}", stop);
        Heard();
        access.Trust(true);
        await catchUp.Run(stop);
        _hearing = true;
        _first.TrySetResult();
        var beatAt = time.GetUtcNow();
        while (!stop.IsCancellationRequested)
        {
            await connection.WaitAsync(options.Beat, stop);
            if (time.GetUtcNow() - beatAt >= options.Beat)
            {
                beatAt = time.GetUtcNow();
                await Execute(connection, $"notify {Notice.DatabaseChannel}, '{Notice.Beat} {log.Node}'", stop);
            }
            if (time.GetUtcNow().Ticks - Volatile.Read(ref _heardAt) > options.Silence.Ticks)
            {
                throw new TimeoutException("The listener heard nothing, not even itself.");
            }
        }
    }

    private void Hear(string payload)
    {
        Heard();
        feed.Tell(Notice.Parse(payload));
    }

    private void Heard() => Volatile.Write(ref _heardAt, time.GetUtcNow().Ticks);

    private static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
