using Npgsql;

namespace TwinHub.Core.Data;

/// <summary>Reads and writes the one row that says what this installation is.</summary>
public sealed class InstallationService(NpgsqlDataSource source, TimeProvider time)
{
    /// <summary>Marks a new database; an existing mark stays.</summary>
    /// <returns>Whether the database is a demo, and whether it was made just now.</returns>
    public async Task<(bool Demo, bool Created)> Mark(bool demo, CancellationToken cancel)
    {
        await using var insert = source.CreateCommand("insert into installation (demo, created_at) values ($1, $2) on conflict do nothing");
        insert.Parameters.AddWithValue(demo);
        insert.Parameters.AddWithValue(time.GetUtcNow());
        var created = await insert.ExecuteNonQueryAsync(cancel) == 1;
        await using var read = source.CreateCommand("select demo from installation");
        return ((bool)(await read.ExecuteScalarAsync(cancel))!, created);
    }

    /// <summary>Whether posting is limited here.</summary>
    public async Task<bool> LimitsPosting(CancellationToken cancel)
    {
        await using var read = source.CreateCommand("select posting_limits from installation");
        return await read.ExecuteScalarAsync(cancel) is not false;
    }

    public async Task<TimeSpan> ClockOffset(CancellationToken cancel)
    {
        await using var read = source.CreateCommand("select clock_offset from installation");
        return await read.ExecuteScalarAsync(cancel) as TimeSpan? ?? TimeSpan.Zero;
    }

    /// <summary>Moves the demo's clock forward and tells all nodes.</summary>
    public async Task MoveClock(TimeSpan offset, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new("update installation set clock_offset = greatest(clock_offset, $1)") { Parameters = { new() { Value = offset } } });
        batch.BatchCommands.Add(Live.LiveNotifier.Command(new(Live.Notice.ClockMoved, offset.Ticks.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        await batch.ExecuteNonQueryAsync(cancel);
    }
}
