using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using TwinHub.Core.Live;
using TwinHub.Core.Webinars.Rooms;

namespace TwinHub.Realtime;

/// <summary>
/// The rooms of webinars on this node: who is connected to which, whose attendance it therefore renews, and which parts of a
/// room have changed. Changes are gathered: two hundred people hear of ten votes in a second once.
/// </summary>
public sealed class RoomBoard : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<(string Connection, Guid Webinar), Subscriber> _here = new();
    private readonly ConcurrentDictionary<RoomPresence, long> _left = new();
    private readonly ConcurrentQueue<RoomPresence> _came = new();
    private readonly Lock _gate = new();
    private Dictionary<Guid, HashSet<string>> _changed = [];
    private readonly AttendanceBook _book;
    private readonly RoomReader _reader;
    private readonly PresenceOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<RoomBoard> _logger;

    public RoomBoard(AttendanceBook book, RoomReader reader, PresenceOptions options, LiveFeed feed, TimeProvider time, ILogger<RoomBoard> logger)
    {
        (_book, _reader, _options, _time, _logger) = (book, reader, options, time, logger);
        feed.On(Notice.WebinarChanged, notice => Changed(Guid.Parse(notice.Words[0]), notice.Words[1]));
    }

    /// <summary>A connection is in a room; the caller has checked that it may be.</summary>
    public void Enter(Guid webinar, Subscriber subscriber)
    {
        _here[(subscriber.ConnectionId, webinar)] = subscriber;
        _came.Enqueue(new(webinar, subscriber.Viewer.PersonId));
    }

    public void Leave(Guid webinar, Subscriber subscriber)
    {
        if (_here.TryRemove((subscriber.ConnectionId, webinar), out _))
        {
            _left[new(webinar, subscriber.Viewer.PersonId)] = _time.GetTimestamp();
        }
    }

    /// <summary>A connection has ended.</summary>
    public void Disconnected(Subscriber subscriber)
    {
        foreach (var (_, webinar) in _here.Keys.Where(key => key.Connection == subscriber.ConnectionId))
        {
            Leave(webinar, subscriber);
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var beatAt = 0L;
        using var timer = new PeriodicTimer(Tick, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (beatAt == 0 || _time.GetElapsedTime(beatAt) >= _options.BeatEvery)
                {
                    await _book.EndSilent(stoppingToken);
                    await Renew([.. _here.Select(one => new RoomPresence(one.Key.Webinar, one.Value.Viewer.PersonId))], stoppingToken);
                    beatAt = _time.GetTimestamp();
                }
                await WriteChanges(stoppingToken);
                await TellChanges(stoppingToken);
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
            {
                // The next beat renews everybody who is still here.
                _logger.LogWarning("Attendance waits for the database: {Fault}", fault.GetType().Name);
            }
        }
    }

    private void Changed(Guid webinar, string what)
    {
        if (_here.Keys.Any(key => key.Webinar == webinar))
        {
            lock (_gate)
            {
                (_changed.TryGetValue(webinar, out var parts) ? parts : _changed[webinar] = []).Add(what);
            }
        }
    }

    private async Task WriteChanges(CancellationToken cancel)
    {
        var came = new HashSet<RoomPresence>();
        while (_came.TryDequeue(out var one))
        {
            came.Add(one);
        }
        await Renew(came, cancel);
        var left = _left.Where(one => _time.GetElapsedTime(one.Value) >= _options.LeaveAfter).Select(one => one.Key).ToList();
        left.ForEach(one => _left.TryRemove(one, out _));
        var gone = left.Where(one => !_here.Any(here => here.Key.Webinar == one.WebinarId && here.Value.Viewer.PersonId == one.PersonId)).ToList();
        if (gone.Count > 0)
        {
            await _book.End(gone, cancel);
        }
    }

    private Task Renew(HashSet<RoomPresence> here, CancellationToken cancel) => here.Count == 0 ? Task.CompletedTask : _book.Renew(here, cancel);

    /// <summary>Tells each room which of its parts to read again, and how many are in it: a large room reads spread over a moment.</summary>
    private async Task TellChanges(CancellationToken cancel)
    {
        foreach (var (webinar, parts) in TakeChanges())
        {
            var here = _here.Where(one => one.Key.Webinar == webinar).Select(one => one.Value).ToList();
            // Another answer, time or list of invitees: some may have lost their seat.
            var seated = parts.Any(MovesSeats) ? await _reader.Seated([.. here.Select(one => one.Viewer.PersonId).Distinct()], webinar, cancel) : null;
            foreach (var one in here.Where(one => seated?.Contains(one.Viewer.PersonId) == false))
            {
                one.Send(Frames.Event("RoomChanged", new { webinarId = webinar, what = new[] { "closed" }, people = 0 }));
                Leave(webinar, one);
            }
            if (!parts.Any(IsPart))
            {
                continue;
            }
            var frame = Frames.Event("RoomChanged", new { webinarId = webinar, what = parts.Where(IsPart).Order(StringComparer.Ordinal), people = here.Count });
            here.Where(one => seated?.Contains(one.Viewer.PersonId) != false).ToList().ForEach(one => one.Send(frame));
        }
    }

    private Dictionary<Guid, HashSet<string>> TakeChanges()
    {
        lock (_gate)
        {
            var taken = _changed;
            _changed = [];
            return taken;
        }
    }

    private static bool MovesSeats(string what) => what is "answers" or "invitations" or "changed";

    private static bool IsPart(string what) => what is "agenda" or "questions" or "polls" or "hands" or "people";
}
