using Npgsql;
using NpgsqlTypes;

namespace TwinHub.Realtime;

/// <summary>Compares who is attached to channels and groups here with who may be, for when a notice may have gone unheard.</summary>
public sealed class Revocations(Rooms rooms, NpgsqlDataSource source)
{
    /// <summary>Evicts everybody who has lost what they are attached to.</summary>
    public async Task Evict(CancellationToken cancel)
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
        command.Parameters.Add(new() { Value = attached.Select(one => one.Person).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Uuid });
        await using var row = await command.ExecuteReaderAsync(cancel);
        var lost = new List<(string, Guid)>();
        while (await row.ReadAsync(cancel))
        {
            lost.Add((row.GetString(0), row.GetGuid(1)));
        }
        return lost;
    }
}
