using System.Threading.Channels;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Quartz;
using TwinHub.Core.Live;

namespace TwinHub.Jobs;

/// <summary>Fires a sweep when a notice says that there is work for it. Many notices at once fire it once.</summary>
public sealed class Waker : BackgroundService
{
    private readonly Channel<Slot> _woken = Channel.CreateUnbounded<Slot>(new() { SingleReader = true });
    private readonly ISchedulerFactory _schedulers;
    private readonly ILogger<Waker> _logger;

    public Waker(ISchedulerFactory schedulers, LiveFeed feed, ILogger<Waker> logger)
    {
        (_schedulers, _logger) = (schedulers, logger);
        foreach (var slot in Timetable.Slots.Where(slot => slot.WokenBy is not null))
        {
            feed.On(slot.WokenBy!, _ => _woken.Writer.TryWrite(slot));
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (await _woken.Reader.WaitToReadAsync(stoppingToken))
        {
            var slots = new HashSet<Slot>();
            while (_woken.Reader.TryRead(out var slot))
            {
                slots.Add(slot);
            }
            await Fire(slots, stoppingToken);
        }
    }

    private async Task Fire(HashSet<Slot> slots, CancellationToken cancel)
    {
        try
        {
            var scheduler = await _schedulers.GetScheduler(cancel);
            foreach (var slot in slots)
            {
                await scheduler.TriggerJob(new JobKey(slot.Name), cancel);
            }
        }
        catch (SchedulerException fault)
        {
            _logger.LogWarning("A sweep could not be woken and waits for its timer: {Fault}", fault.Message);
        }
    }
}
