using TwinHub.Core.Register;
using TwinHub.Core.Register.Exports;
using TwinHub.Core.Reminders;

namespace TwinHub.Web.Hosting;

/// <summary>The register: the quarterly updates and their chase, and what the network reads of them.</summary>
internal static class RegisterServices
{
    public static IServiceCollection AddUpdates(this IServiceCollection services)
    {
        services.AddSingleton<RegisterService>().AddSingleton<OneStepService>().AddSingleton<UpdateOpening>().AddSingleton<UpdateReader>();
        services.AddSingleton<RegisterLinks>().AddSingleton<RegisterLetters>().AddSingleton<SubmissionPost>();
        services.AddSingleton<IChase, RegisterChase>().AddSingleton<ChaseSettings>().AddSingleton<DueReader>();
        return services.AddSingleton<ChasePlan>().AddSingleton<ChaseService>().AddSingleton<DigestService>().AddSingleton<DigestLetters>().AddSingleton<ChaseRound>();
    }

    /// <summary>The network's register: reading, searching, writing the texts, taking it away.</summary>
    public static IServiceCollection AddNetworkRegister(this IServiceCollection services) => services
        .AddSingleton<RegisterReader>().AddSingleton<RegisterEntryReader>().AddSingleton<PracticeReader>()
        .AddSingleton<RegisterTextService>().AddSingleton<RegisterArchive>().AddSingleton<RegisterExport>();
}
