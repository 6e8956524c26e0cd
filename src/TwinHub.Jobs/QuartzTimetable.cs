using Microsoft.Extensions.DependencyInjection;
using Quartz;

namespace TwinHub.Jobs;

/// <summary>
/// The scheduler adapter. Quartz keeps its plan in memory: it only wakes sweeps, and losing it loses nothing. Each line of
/// the timetable is one Quartz job with one trigger; a notice fires it at once.
/// </summary>
public static class QuartzTimetable
{
    public static IServiceCollection AddTimetable(this IServiceCollection services, bool run)
    {
        services.AddSingleton<JobRunner>();
        foreach (var slot in Timetable.Slots)
        {
            services.AddTransient(slot.Job);
        }
        if (!run)
        {
            return services;
        }
        services.AddQuartz(quartz =>
        {
            foreach (var slot in Timetable.Slots)
            {
                quartz.AddJob<QuartzSweep>(job => job.WithIdentity(slot.Name).UsingJobData("slot", slot.Name).StoreDurably());
                quartz.AddTrigger(trigger => trigger.ForJob(slot.Name).WithIdentity(slot.Name).StartNow()
                    .WithSimpleSchedule(schedule => schedule.WithInterval(slot.Every).RepeatForever()));
            }
        });
        services.AddQuartzHostedService(options => options.WaitForJobsToComplete = true);
        services.AddHostedService<Waker>();
        return services;
    }
}

/// <summary>Quartz's side of a sweep.</summary>
[DisallowConcurrentExecution]
public sealed class QuartzSweep(JobRunner runner) : Quartz.IJob
{
    public async ValueTask Execute(IJobExecutionContext context, CancellationToken cancellationToken)
    {
        var name = context.MergedJobDataMap.GetString("slot");
        await runner.Run(Timetable.Slots.Single(slot => slot.Name == name), cancellationToken);
    }
}
