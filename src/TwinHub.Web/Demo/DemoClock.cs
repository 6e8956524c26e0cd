using Npgsql;
using TwinHub.Core;
using TwinHub.Core.Data;
using TwinHub.Jobs;

namespace TwinHub.Web.Demo;

/// <summary>
/// Moves the demo's time forward and lets everything happen that became due. One move at a time, over all nodes. (What falls
/// due on the way will be walked through instant by instant once something is due by the hub's own time.)
/// </summary>
public sealed class DemoClock(NpgsqlDataSource source, InstallationService installation, HubClock clock, JobRunner runner)
{
    public static readonly TimeSpan Most = TimeSpan.FromDays(400);

    private const long Lock = 0x636c6f636b; // "clock"

    /// <summary>Advances the clock.</summary>
    /// <returns>The new time and how often each sweep found work; null when a move is under way.</returns>
    public async Task<(DateTimeOffset Now, IReadOnlyDictionary<string, int> Ran)?> Advance(TimeSpan distance, CancellationToken cancel)
    {
        // The lock is the database's, because another node may be asked at the same moment; it ends with the transaction.
        await using var connection = await source.OpenConnectionAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var take = new NpgsqlCommand($"select pg_try_advisory_xact_lock({Lock})", connection, transaction);
        if (await take.ExecuteScalarAsync(cancel) is false)
        {
            return null;
        }
        var offset = await installation.ClockOffset(cancel) + distance;
        await installation.MoveClock(offset, cancel);
        clock.Forward(offset);
        return (clock.GetUtcNow(), await RunAll(cancel));
    }

    private async Task<Dictionary<string, int>> RunAll(CancellationToken cancel)
    {
        var ran = new Dictionary<string, int>();
        foreach (var slot in Timetable.Slots)
        {
            ran[slot.Name] = await runner.Run(slot, cancel);
        }
        return ran;
    }
}
