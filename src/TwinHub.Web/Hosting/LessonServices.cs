using TwinHub.Core.Groups.Contributions;
using TwinHub.Core.Lessons;

namespace TwinHub.Web.Hosting;

/// <summary>Lessons, who hears of them at home, and what partners give each other.</summary>
public static class LessonServices
{
    public static IServiceCollection AddLessons(this IServiceCollection services) => services
        .AddSingleton<LessonService>().AddSingleton<LessonReader>().AddSingleton<DisseminationService>()
        .AddSingleton<ContributionService>().AddSingleton<ContributionReader>();
}
