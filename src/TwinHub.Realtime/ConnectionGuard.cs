using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using TwinHub.Core.Live;
using TwinHub.Core.People;

namespace TwinHub.Realtime;

/// <summary>
/// Closes connections whose session or token has ended: at once when told, and by looking once a minute (expiry tells
/// nobody). A moment is left for the eviction that may come with it.
/// </summary>
public sealed class ConnectionGuard : BackgroundService
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);

    private readonly Channel<Guid> _people = System.Threading.Channels.Channel.CreateUnbounded<Guid>();
    private readonly Rooms _rooms;
    private readonly Credentials _credentials;
    private readonly TimeProvider _time;
    private readonly ILogger<ConnectionGuard> _logger;

    public ConnectionGuard(Rooms rooms, Credentials credentials, LiveFeed feed, TimeProvider time, ILogger<ConnectionGuard> logger)
    {
        (_rooms, _credentials, _time, _logger) = (rooms, credentials, time, logger);
        feed.On(Notice.CredentialsEnded, notice => _people.Writer.TryWrite(Guid.Parse(notice.Rest)));
    }

    /// <summary>Checks every connection of this node.</summary>
    public Task CheckAll(CancellationToken cancel) => Check([.. _rooms.Connections], cancel);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            using var look = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
            look.CancelAfter(Look);
            try
            {
                var person = await _people.Reader.ReadAsync(look.Token);
                await Task.Delay(Grace, _time, stoppingToken);
                await Check([.. _rooms.Connections.Where(one => one.Viewer.PersonId == person)], stoppingToken);
            }
            catch (OperationCanceledException) when (!stoppingToken.IsCancellationRequested)
            {
                await LookAtAll(stoppingToken);
            }
            catch (NpgsqlException fault)
            {
                // The listener is away too, and checks every connection when it comes back.
                _logger.LogWarning("Connections could not be checked: {Fault}", fault.GetType().Name);
            }
        }
    }

    private async Task LookAtAll(CancellationToken stop)
    {
        try
        {
            await CheckAll(stop);
        }
        catch (NpgsqlException fault)
        {
            _logger.LogWarning("Connections could not be checked: {Fault}", fault.GetType().Name);
        }
    }

    private async Task Check(Subscriber[] subscribers, CancellationToken cancel)
    {
        var standing = await _credentials.Standing([.. subscribers.Select(one => one.Viewer)], cancel);
        foreach (var subscriber in subscribers.Where(one => !standing.Contains(one.Viewer.SessionId ?? one.Viewer.TokenId ?? Guid.Empty)))
        {
            subscriber.Abort();
        }
    }
}
