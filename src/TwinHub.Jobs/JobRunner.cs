using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace TwinHub.Jobs;

/// <summary>
/// Runs one sweep and records it. On a node a sweep never runs beside itself; woken while running, it runs once more.
/// Runs that found nothing are not recorded.
/// </summary>
public sealed class JobRunner(IServiceScopeFactory scopes, NpgsqlDataSource source, TimeProvider time, ILogger<JobRunner> logger)
{
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = new();

    /// <summary>Runs the sweep now, after the run under way if there is one.</summary>
    /// <returns>How many rows were worked off; 0 after a failure, which is recorded.</returns>
    public async Task<int> Run(Slot slot, CancellationToken cancel)
    {
        var gate = _gates.GetOrAdd(slot.Name, _ => new SemaphoreSlim(1));
        await gate.WaitAsync(cancel);
        try
        {
            return await RunAlone(slot, cancel);
        }
        finally
        {
            gate.Release();
        }
    }

    private async Task<int> RunAlone(Slot slot, CancellationToken cancel)
    {
        var started = time.GetUtcNow();
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var items = await ((IJob)scope.ServiceProvider.GetRequiredService(slot.Job)).Run(cancel);
            if (items > 0)
            {
                logger.LogInformation("{Job} worked off {Items}", slot.Name, items);
                await Record(slot, started, items, null, cancel);
            }
            return items;
        }
        catch (Exception fault) when (fault is not OperationCanceledException || !cancel.IsCancellationRequested)
        {
            // A sweep that fails must not stop the others: it is recorded, and the next wake tries again.
            logger.LogError(fault, "{Job} failed", slot.Name);
            await RecordFailure(slot, started, fault, cancel);
            return 0;
        }
    }

    private async Task RecordFailure(Slot slot, DateTimeOffset started, Exception fault, CancellationToken cancel)
    {
        try
        {
            await Record(slot, started, 0, fault.GetType().Name + ": " + fault.Message, cancel);
        }
        catch (NpgsqlException)
        {
            logger.LogWarning("{Job}: the failure could not be recorded, the database is away", slot.Name);
        }
    }

    private async Task Record(Slot slot, DateTimeOffset started, int items, string? error, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("insert into job_runs (job, started_at, finished_at, items, error) values ($1, $2, $3, $4, $5)");
        command.Parameters.AddWithValue(slot.Name);
        command.Parameters.AddWithValue(started);
        command.Parameters.AddWithValue(time.GetUtcNow());
        command.Parameters.AddWithValue(items);
        command.Parameters.Add(new() { Value = (object?)error ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        await command.ExecuteNonQueryAsync(cancel);
    }
}
