using TwinHub.Core.Groups;
using TwinHub.Core.Groups.Plan;
using TwinHub.Core.Reminders;
using TwinHub.Core.Reviews;

namespace TwinHub.Web.Hosting;

/// <summary>The plan of a group and its reviews.</summary>
internal static class PlanServices
{
    public static void AddPlan(this IServiceCollection services) => services
        .AddSingleton<GroupDesk>().AddSingleton<PlanService>().AddSingleton<PlanReader>()
        .AddSingleton<MilestoneService>().AddSingleton<ReviewService>().AddSingleton<ReviewReader>().AddSingleton<ConclusionService>()
        .AddSingleton<IChase, ReviewChase>();
}
