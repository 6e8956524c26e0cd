using TwinHub.Core.Register;
using TwinHub.Core.Register.Exports;

namespace TwinHub.Web.Hosting;

/// <summary>The network's register: reading, searching, writing the texts, taking it away.</summary>
internal static class NetworkRegisterServices
{
    public static IServiceCollection AddNetworkRegister(this IServiceCollection services) => services
        .AddSingleton<RegisterReader>().AddSingleton<RegisterEntryReader>().AddSingleton<PracticeReader>()
        .AddSingleton<RegisterTextService>().AddSingleton<RegisterArchive>().AddSingleton<RegisterExport>();
}
