using Npgsql;
using TwinHub.Core.Live;
using TwinHub.Core.People;

namespace TwinHub.Core.Channels;

/// <summary>What people have read, and that they are writing: nothing of it takes a number in the channel.</summary>
public sealed class AttentionService(ChannelAccessCache access, NpgsqlDataSource source)
{
    /// <summary>Moves a person's read position forward, never back, never past the channel; tells the person's other devices.</summary>
    public async Task<Outcome<long>> MarkRead(Guid person, Guid channel, long revision, CancellationToken cancel)
    {
        if (revision < 0)
        {
            return Refusal.Invalid("revision");
        }
        if (await access.Find(person, channel, cancel) is null)
        {
            return Refusal.NotFound;
        }
        await using var command = source.CreateCommand("""
            with moved as (
                insert into read_positions as r (channel_id, person_id, revision)
                select c.id, $2, least($3, c.revision) from channels c where c.id = $1
                on conflict (channel_id, person_id) do update set revision = excluded.revision where r.revision < excluded.revision
                returning channel_id, person_id, revision
            )
            select pg_notify($4, $5 || ' ' || channel_id || ' ' || person_id || ' ' || revision || ' ' ||
                (select count(*) from messages m where m.channel_id = $1 and m.posted > moved.revision and m.author_id <> $2 and not m.deleted))
            from moved
            """);
        command.Parameters.AddWithValue(channel);
        command.Parameters.AddWithValue(person);
        command.Parameters.AddWithValue(revision);
        command.Parameters.AddWithValue(Notice.DatabaseChannel);
        command.Parameters.AddWithValue(Notice.ReadMoved);
        await command.ExecuteNonQueryAsync(cancel);
        return revision;
    }

    /// <summary>Tells the others that somebody who may write here is writing.</summary>
    public async Task<Outcome<bool>> Typing(Viewer viewer, Guid channel, CancellationToken cancel)
    {
        if (await access.Find(viewer.PersonId, channel, cancel) is not { } found)
        {
            return Refusal.NotFound;
        }
        if (!found.CanWrite)
        {
            return Refusal.NotAllowed;
        }
        await source.Notify(new(Notice.Typing, $"{channel} {viewer.PersonId} {viewer.Name}"), cancel);
        return true;
    }
}
