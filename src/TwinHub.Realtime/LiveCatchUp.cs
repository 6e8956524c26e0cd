using Npgsql;
using NpgsqlTypes;
using TwinHub.Core;
using TwinHub.Core.Data;

namespace TwinHub.Realtime;

/// <summary>
/// What a node does after its listener was away: it evicts who lost a channel meanwhile (first, so that they receive nothing
/// later), compares the revision of every joined channel with the database and closes connections whose session ended.
/// </summary>
public sealed class LiveCatchUp(Rooms rooms, ConnectionGuard guard, PresenceBoard presence, DemoClockReader clock, NpgsqlDataSource source)
{
    public async Task Run(CancellationToken cancel)
    {
        await clock.Read(cancel);
        var all = rooms.All();
        await EvictTheRevoked(all, cancel);
        foreach (var (channel, revision) in await Revisions([.. all.Select(room => room.Channel)], cancel))
        {
            rooms.Find(channel)?.Enqueue(new Deliver(0, revision, null));
        }
        await guard.CheckAll(cancel);
        presence.Refresh();
    }

    private async Task EvictTheRevoked(IReadOnlyList<Room> all, CancellationToken cancel)
    {
        var pairs = all.SelectMany(room => room.Readers.Select(reader => (room.Channel, reader.Viewer.PersonId))).Distinct().ToList();
        await using var command = source.CreateCommand("""
            select t.channel, t.person from unnest($1::uuid[], $2::uuid[]) as t(channel, person)
            where not exists (select 1 from channel_access(t.channel, t.person))
            """);
        command.Parameters.Add(Ids(pairs.Select(pair => pair.Channel)));
        command.Parameters.Add(Ids(pairs.Select(pair => pair.PersonId)));
        await using var row = await command.ExecuteReaderAsync(cancel);
        while (await row.ReadAsync(cancel))
        {
            rooms.Find(row.GetGuid(0))?.Enqueue(new Evict(row.GetGuid(1), "removed"));
        }
    }

    private async Task<List<(Guid Channel, long Revision)>> Revisions(Guid[] channels, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select id, revision from channels where id = any($1)");
        command.Parameters.Add(Ids(channels));
        await using var row = await command.ExecuteReaderAsync(cancel);
        var revisions = new List<(Guid, long)>();
        while (await row.ReadAsync(cancel))
        {
            revisions.Add((row.GetGuid(0), row.GetInt64(1)));
        }
        return revisions;
    }

    private static NpgsqlParameter Ids(IEnumerable<Guid> ids) => new() { Value = ids.ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid };
}

/// <summary>Keeps this node's hub clock where the database says it is.</summary>
public sealed class DemoClockReader(HubClock clock, InstallationService installation)
{
    public async Task Read(CancellationToken cancel) => clock.Offset = await installation.ClockOffset(cancel);
}
