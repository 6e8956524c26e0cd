using TwinHub.Core;
using TwinHub.Core.Data;
using TwinHub.Jobs;

namespace TwinHub.Web.Demo;

/// <summary>
/// Moves the demo's time forward and lets everything happen that became due. One move at a time. (What falls due on the way
/// will be walked through instant by instant once something is due by the hub's own time.)
/// </summary>
public sealed class DemoClock(InstallationService installation, HubClock clock, JobRunner runner) : IDisposable
{
    public static readonly TimeSpan Most = TimeSpan.FromDays(400);

    private readonly SemaphoreSlim _one = new(1);

    /// <summary>Advances the clock.</summary>
    /// <returns>The new time and how often each sweep found work; null when a move is under way.</returns>
    public async Task<(DateTimeOffset Now, IReadOnlyDictionary<string, int> Ran)?> Advance(TimeSpan distance, CancellationToken cancel)
    {
        if (!await _one.WaitAsync(0, cancel))
        {
            return null;
        }
        try
        {
            clock.Offset += distance;
            await installation.MoveClock(clock.Offset, cancel);
            var ran = new Dictionary<string, int>();
            foreach (var slot in Timetable.Slots)
            {
                ran[slot.Name] = await runner.Run(slot, cancel);
            }
            return (clock.GetUtcNow(), ran);
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();
}
