using Npgsql;
using TwinHub.Core;
using TwinHub.Core.Data;
using TwinHub.Core.Reminders;

namespace TwinHub.Web.Demo;

/// <summary>
/// Moves the demo's time forward. It stops at every instant at which something falls due and goes on when that has happened
/// and its mails have arrived, so that each carries its own time. One move at a time, over all nodes.
/// </summary>
public sealed class DemoClock(NpgsqlDataSource source, InstallationService installation, HubClock clock, ReminderService reminders, DemoSweeps sweeps)
{
    public static readonly TimeSpan Most = TimeSpan.FromDays(400);

    private const long Lock = 0x636c6f636b; // "clock"

    /// <summary>Advances the clock.</summary>
    /// <returns>The new time and how much each sweep worked off; null when a move is under way.</returns>
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
        var (start, ran) = (await installation.ClockOffset(cancel), new Dictionary<string, int>());
        // This node may not have heard yet how far another one has moved it.
        clock.Forward(start);
        await Walk(start + distance, ran, cancel);
        return (clock.GetUtcNow(), ran);
    }

    /// <summary>Stops on the way, then arrives; while it walks the real time goes on too.</summary>
    private async Task Walk(TimeSpan end, Dictionary<string, int> ran, CancellationToken cancel)
    {
        while (await reminders.NextDue(Real + end, cancel) is { } due)
        {
            await Stop(due - Real, ran, cancel);
        }
        await Stop(end, ran, cancel);
    }

    private DateTimeOffset Real => clock.GetUtcNow() - clock.Offset;

    private async Task Stop(TimeSpan offset, Dictionary<string, int> ran, CancellationToken cancel)
    {
        await installation.MoveClock(offset, cancel);
        clock.Forward(offset);
        await sweeps.Run(ran, cancel);
    }
}
