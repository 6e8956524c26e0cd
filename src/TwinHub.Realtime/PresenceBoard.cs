using System.Collections.Concurrent;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using TwinHub.Core.Channels;
using TwinHub.Core.Live;

namespace TwinHub.Realtime;

/// <summary>Section <c>Presence</c> of the configuration.</summary>
public sealed record PresenceOptions
{
    /// <summary>How long somebody who left is still shown.</summary>
    public TimeSpan LeaveAfter { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often a node says that it lives; more than zero.</summary>
    public TimeSpan BeatEvery { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How long a node is believed to live without a beat; at least two beats, with one more at most a minute (contract, PresenceChanged).</summary>
    public TimeSpan DeadAfter { get; init; } = TimeSpan.FromSeconds(40);
}

/// <summary>
/// Who is here, over all nodes: each node writes its people into a table and beats; a node that stops beating is swept by
/// the others (gone within 60 s). Leaving counts after a few seconds, so that turning a page does not flicker.
/// </summary>
public sealed class PresenceBoard : BackgroundService
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<Guid, DateTimeOffset> _changed = new();
    private readonly ConcurrentQueue<Guid> _heard = new();
    private readonly HashSet<Guid> _written = [];
    private readonly Rooms _rooms;
    private readonly AppendLog _log;
    private readonly PresenceOptions _options;
    private readonly NpgsqlDataSource _source;
    private readonly TimeProvider _time;
    private readonly ILogger<PresenceBoard> _logger;
    private volatile bool _refresh = true;

    public PresenceBoard(Rooms rooms, AppendLog log, PresenceOptions options, LiveFeed feed, NpgsqlDataSource source, TimeProvider time, ILogger<PresenceBoard> logger)
    {
        (_rooms, _log, _options, _source, _time, _logger) = (rooms, log, options, source, time, logger);
        feed.On(Notice.Presence, notice =>
        {
            foreach (var person in notice.Words)
            {
                _heard.Enqueue(Guid.Parse(person));
            }
        });
    }

    public void Came(Guid person) => _changed[person] = _time.GetUtcNow();

    public void Left(Guid person) => _changed[person] = _time.GetUtcNow() + _options.LeaveAfter;

    /// <summary>Writes everybody anew: after the database or the listener was away.</summary>
    public void Refresh() => _refresh = true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var beatAt = DateTimeOffset.MinValue;
        using var timer = new PeriodicTimer(Tick, _time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (_time.GetUtcNow() - beatAt >= _options.BeatEvery || _refresh)
                {
                    await Beat(stoppingToken);
                    beatAt = _time.GetUtcNow();
                }
                await WriteChanges(stoppingToken);
                await TellHeard(stoppingToken);
            }
            catch (NpgsqlException fault)
            {
                _refresh = true;
                _logger.LogWarning("Presence waits for the database: {Fault}", fault.GetType().Name);
            }
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await Sweep("n.id = $1", _log.Node, cancellationToken);
        }
        catch (NpgsqlException fault)
        {
            _logger.LogWarning("Presence could not be taken back: {Fault}", fault.GetType().Name);
        }
    }

    private async Task Beat(CancellationToken cancel)
    {
        // The database's clock: the nodes' own may differ, and one that runs ahead would sweep its living neighbours.
        await using var command = _source.CreateCommand("""
            insert into nodes (id, beat_at) values ($1, clock_timestamp())
            on conflict (id) do update set beat_at = excluded.beat_at returning xmax = 0
            """);
        command.Parameters.AddWithValue(_log.Node);
        var isNew = (bool)(await command.ExecuteScalarAsync(cancel))!;
        if (_refresh || isNew)
        {
            _refresh = false;
            _written.Clear();
            foreach (var person in _rooms.Connections.Select(one => one.Viewer.PersonId).Distinct())
            {
                _changed.TryAdd(person, _time.GetUtcNow());
            }
        }
        await Sweep("n.beat_at < clock_timestamp() - $1", _options.DeadAfter, cancel);
    }

    private async Task Sweep(string condition, object value, CancellationToken cancel)
    {
        // The presence rows go with their node; whoever they were is told to all.
        await using var command = _source.CreateCommand($"""
            with people as (select distinct p.person_id from presence p join nodes n on n.id = p.node_id where {condition}),
                 gone as (delete from nodes n where {condition})
            select pg_notify($2, $3 || ' ' || string_agg(person_id::text, ' ')) from (select person_id, row_number() over () / 150 as part from people) p group by part
            """);
        command.Parameters.AddWithValue(value);
        command.Parameters.AddWithValue(Notice.DatabaseChannel);
        command.Parameters.AddWithValue(Notice.Presence);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task WriteChanges(CancellationToken cancel)
    {
        var now = _time.GetUtcNow();
        var due = _changed.Where(pair => pair.Value <= now).Take(150).ToList();
        due.ForEach(pair => _changed.TryRemove(pair));
        var here = _rooms.Connections.Select(one => one.Viewer.PersonId).ToHashSet();
        var came = due.Select(pair => pair.Key).Where(person => here.Contains(person) && _written.Add(person)).ToArray();
        var left = due.Select(pair => pair.Key).Where(person => !here.Contains(person) && _written.Remove(person)).ToArray();
        if (came.Length + left.Length == 0)
        {
            return;
        }
        await using var batch = _source.CreateBatch();
        batch.BatchCommands.Add(Command("insert into presence (node_id, person_id) select $1, unnest($2::uuid[]) on conflict do nothing", came));
        batch.BatchCommands.Add(Command("delete from presence where node_id = $1 and person_id = any($2)", left));
        batch.BatchCommands.Add(LiveNotifier.Command(new(Notice.Presence, string.Join(' ', came.Concat(left)))));
        await batch.ExecuteNonQueryAsync(cancel);
    }

    private NpgsqlBatchCommand Command(string sql, Guid[] people) => new(sql)
    {
        Parameters = { new() { Value = _log.Node }, new() { Value = people, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid } },
    };

    /// <summary>Tells those who read the groups of the people that came or went.</summary>
    private async Task TellHeard(CancellationToken cancel)
    {
        var people = new HashSet<Guid>();
        while (people.Count < 500 && _heard.TryDequeue(out var person))
        {
            people.Add(person);
        }
        if (people.Count == 0)
        {
            return;
        }
        await using var command = _source.CreateCommand("""
            select m.person_id, g.slug, c.id, exists (select 1 from presence p where p.person_id = m.person_id)
            from memberships m join twinning_groups g on g.id = m.group_id join channels c on c.group_id = g.id where m.person_id = any($1)
            """);
        command.Parameters.AddWithValue(people.ToArray());
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            Tell(row.GetString(1), row.GetGuid(2), row.GetGuid(0), row.GetBoolean(3));
        }
    }

    private void Tell(string slug, Guid channel, Guid person, bool online)
    {
        // Who begins to listen after this look is like who begins after the telling: too late for this one in any case.
        var room = _rooms.Find(channel);
        if (room is null && !_rooms.IsWatched(slug))
        {
            return;
        }
        var frame = Frames.Event("PresenceChanged", new { groupSlug = slug, personId = person, online });
        room?.Enqueue(new Whisper(frame, Except: null));
        _rooms.Tell(slug, frame, heardBy: room);
    }
}
