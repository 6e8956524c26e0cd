using Npgsql;
using NpgsqlTypes;

namespace TwinHub.Realtime;

/// <summary>
/// What a node does after its listener was away: it evicts who lost a channel meanwhile (first, so that they receive nothing
/// later), compares the revision of every joined channel with the database and closes connections whose session ended.
/// </summary>
public sealed class LiveCatchUp(Rooms rooms, ConnectionGuard guard, PresenceBoard presence, InstallationReader installation, NpgsqlDataSource source)
{
    public async Task Run(CancellationToken cancel)
    {
        await installation.Read(cancel);
        // The revisions are read before it is asked who may still read: whoever is removed after the question was asked was
        // removed after these revisions, and the notice of that comes behind them.
        var revisions = await Revisions([.. rooms.All().Select(room => room.Channel)], cancel);
        await EvictTheRevoked(cancel);
        foreach (var (channel, revision) in revisions)
        {
            rooms.Find(channel)?.Enqueue(new Deliver(0, revision, null));
        }
        guard.LookAtAll();
        presence.Refresh();
    }

    private async Task EvictTheRevoked(CancellationToken cancel)
    {
        var pairs = rooms.All().SelectMany(room => room.Readers.Select(reader => (room.Channel.ToString(), reader.Viewer.PersonId))).Distinct();
        foreach (var (slug, person) in await Lost("g.slug = t.place", rooms.Watched(), cancel))
        {
            rooms.Unwatch(slug, person);
        }
        foreach (var (channel, person) in await Lost("c.id = t.place::uuid", [.. pairs], cancel))
        {
            rooms.Evict(Guid.Parse(channel), person, "removed");
        }
    }

    /// <summary>Those who may no longer read the channel or group they are attached to.</summary>
    private async Task<List<(string Place, Guid Person)>> Lost(string condition, IReadOnlyList<(string Place, Guid Person)> attached, CancellationToken cancel)
    {
        await using var command = source.CreateCommand($"""
            select t.place, t.person from unnest($1::text[], $2::uuid[]) as t(place, person)
            where not exists (select 1 from channels c join twinning_groups g on g.id = c.group_id cross join lateral channel_access(c.id, t.person) where {condition})
            """);
        command.Parameters.Add(new() { Value = attached.Select(one => one.Place).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(Ids(attached.Select(one => one.Person)));
        await using var row = await command.ExecuteReaderAsync(cancel);
        var lost = new List<(string, Guid)>();
        while (await row.ReadAsync(cancel))
        {
            lost.Add((row.GetString(0), row.GetGuid(1)));
        }
        return lost;
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
