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
    private static readonly Guid Everybody = Guid.Empty;

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

    /// <summary>Has every connection of this node checked, after the same moment: something may have ended unheard.</summary>
    public void LookAtAll() => _people.Writer.TryWrite(Everybody);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var lookedAt = _time.GetTimestamp();
        while (!stoppingToken.IsCancellationRequested)
        {
            var people = await Told(Look - _time.GetElapsedTime(lookedAt), stoppingToken);
            var isTime = people.Contains(Everybody) || _time.GetElapsedTime(lookedAt) >= Look;
            await Persist(() => Check([.. _rooms.Connections.Where(one => isTime || people.Contains(one.Viewer.PersonId))], stoppingToken), stoppingToken);
            lookedAt = isTime ? _time.GetTimestamp() : lookedAt;
        }
    }

    /// <summary>The people whose credentials ended within one moment of grace; nobody when there was nothing to tell for so long.</summary>
    private async Task<HashSet<Guid>> Told(TimeSpan patience, CancellationToken stop)
    {
        using var look = CancellationTokenSource.CreateLinkedTokenSource(stop);
        look.CancelAfter(patience > TimeSpan.Zero ? patience : TimeSpan.Zero);
        try
        {
            await _people.Reader.WaitToReadAsync(look.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            return [];
        }
        await Task.Delay(Grace, _time, stop);
        var people = new HashSet<Guid>();
        while (_people.Reader.TryRead(out var person))
        {
            people.Add(person);
        }
        return people;
    }

    /// <summary>Checks until it succeeds: who was told of once is not told of again.</summary>
    private async Task Persist(Func<Task> check, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await check();
                return;
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
            {
                _logger.LogWarning("Connections could not be checked yet: {Fault}", fault.GetType().Name);
                await Task.Delay(Grace, _time, stop);
            }
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
