using Npgsql;
using TwinHub.Core;
using TwinHub.Jobs;

namespace TwinHub.Web.Demo;

/// <summary>Runs all sweeps of the hub until nothing that is due is left, whichever node works at it.</summary>
public sealed class DemoSweeps(NpgsqlDataSource source, JobRunner runner, HubClock clock, TimeProvider time)
{
    /// <summary>Where a sweep fails, the clock goes on after this.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    /// <summary>Adds what each sweep worked off to <paramref name="ran"/>.</summary>
    public async Task Run(IDictionary<string, int> ran, CancellationToken cancel)
    {
        var started = time.GetTimestamp();
        await RunAll(ran, cancel);
        while (await IsSomethingDue(cancel) && time.GetElapsedTime(started) < Patience)
        {
            await Task.Delay(Pause, time, cancel);
            await RunAll(ran, cancel);
        }
    }

    private async Task RunAll(IDictionary<string, int> ran, CancellationToken cancel)
    {
        foreach (var slot in Timetable.Slots)
        {
            ran[slot.Name] = (ran.TryGetValue(slot.Name, out var before) ? before : 0) + await runner.Run(slot, cancel);
        }
    }

    /// <summary>A reminder not settled, invitations not sent, a mail to be delivered, or one that is being delivered now.</summary>
    private async Task<bool> IsSomethingDue(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            select exists (select 1 from reminders where state = 'waiting' and due_at <= $1)
                or exists (select 1 from webinars where publish_at <= $1)
                or exists (select 1 from emails where state in ('queued', 'sending') and (next_at <= $2 or state = 'sending'))
            """);
        command.Parameters.AddWithValue(clock.GetUtcNow());
        command.Parameters.AddWithValue(time.GetUtcNow());
        return (bool)(await command.ExecuteScalarAsync(cancel))!;
    }
}
