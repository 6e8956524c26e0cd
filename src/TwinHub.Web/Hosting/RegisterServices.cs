using TwinHub.Core.Register;
using TwinHub.Core.Reminders;

namespace TwinHub.Web.Hosting;

/// <summary>The quarterly updates and their chase.</summary>
internal static class RegisterServices
{
    public static IServiceCollection AddUpdates(this IServiceCollection services)
    {
        services.AddSingleton<RegisterService>().AddSingleton<OneStepService>().AddSingleton<UpdateOpening>().AddSingleton<UpdateReader>();
        services.AddSingleton<RegisterLinks>().AddSingleton<RegisterLetters>().AddSingleton<SubmissionPost>();
        services.AddSingleton<IChase, RegisterChase>().AddSingleton<ChaseSettings>().AddSingleton<DueReader>();
        return services.AddSingleton<ChasePlan>().AddSingleton<ChaseService>().AddSingleton<DigestService>().AddSingleton<DigestLetters>().AddSingleton<ChaseRound>();
    }
}
