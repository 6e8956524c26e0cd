using Npgsql;

namespace TwinHub.Realtime;

/// <summary>
/// What a node does after its listener was away: it evicts who lost a channel meanwhile (first, so that they receive nothing
/// later), compares the revision of every joined channel with the database and closes connections whose session ended.
/// </summary>
public sealed class LiveCatchUp(Rooms rooms, Revocations revocations, ConnectionGuard guard, PresenceBoard presence, InstallationReader installation, NpgsqlDataSource source)
{
    public async Task Run(CancellationToken cancel)
    {
        await installation.Read(cancel);
        // The revisions are read before it is asked who may still read: whoever is removed after the question was asked was
        // removed after these revisions, and the notice of that comes behind them.
        var revisions = await Revisions([.. rooms.All().Select(room => room.Channel)], cancel);
        await revocations.Evict(cancel);
        foreach (var (channel, revision) in revisions)
        {
            rooms.Find(channel)?.Enqueue(new Deliver(0, revision, null));
        }
        guard.LookAtAll();
        presence.Refresh();
    }

    private async Task<List<(Guid Channel, long Revision)>> Revisions(Guid[] channels, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select id, revision from channels where id = any($1)");
        command.Parameters.AddWithValue(channels);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var revisions = new List<(Guid, long)>();
        while (await row.ReadAsync(cancel))
        {
            revisions.Add((row.GetGuid(0), row.GetInt64(1)));
        }
        return revisions;
    }
}
