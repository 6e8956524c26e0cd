using TwinHub.Core.Facilitation;
using TwinHub.Core.Facilitation.Exports;

namespace TwinHub.Web.Hosting;

/// <summary>What the facilitator's board consists of.</summary>
internal static class FacilitationServices
{
    public static IServiceCollection AddFacilitation(this IServiceCollection services) => services
        .AddSingleton<BoardReader>().AddSingleton<BoardExport>().AddSingleton<OwedDesk>().AddSingleton<GroupHistoryReader>()
        .AddSingleton<GroupNudgeService>().AddSingleton<GroupNudgeLetters>().AddSingleton<GroupMessageService>()
        .AddSingleton<DormancyService>().AddSingleton<AliveLetters>().AddSingleton<AliveService>();
}
