using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using TwinHub.Core.Live;
using TwinHub.Core.People;

namespace TwinHub.Realtime;

/// <summary>
/// Closes connections whose session or token has ended: at once when told, and by looking once a minute (expiry tells
/// nobody). Whoever lost a channel with it is told of that first, and has a moment to hear it.
/// </summary>
public sealed class ConnectionGuard : BackgroundService
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Look = TimeSpan.FromMinutes(1);
    private static readonly Guid Everybody = Guid.Empty;

    private readonly Channel<Guid> _people = System.Threading.Channels.Channel.CreateUnbounded<Guid>();
    private readonly Rooms _rooms;
    private readonly Revocations _revocations;
    private readonly Credentials _credentials;
    private readonly TimeProvider _time;
    private readonly ILogger<ConnectionGuard> _logger;

    public ConnectionGuard(Rooms rooms, Revocations revocations, Credentials credentials, LiveFeed feed, TimeProvider time, ILogger<ConnectionGuard> logger)
    {
        (_rooms, _revocations, _credentials, _time, _logger) = (rooms, revocations, credentials, time, logger);
        feed.On(Notice.CredentialsEnded, notice => _people.Writer.TryWrite(Guid.Parse(notice.Rest)));
    }

    /// <summary>Has every connection of this node checked: something may have ended unheard.</summary>
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

    /// <summary>The people whose credentials ended; nobody when there was nothing to tell for so long.</summary>
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
        var ended = subscribers.Where(one => !standing.Contains(one.Viewer.SessionId ?? one.Viewer.TokenId ?? Guid.Empty)).ToList();
        if (ended.Count > 0)
        {
            // Mostly the notice has evicted them by then; where it went unheard, it is done here.
            await Task.Delay(Grace, _time, cancel);
            await _revocations.Evict(cancel);
            await Task.Delay(Grace, _time, cancel);
            ended.ForEach(one => one.Abort());
        }
    }
}
