using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Reading;

namespace TwinHub.Web.Hosting;

/// <summary>What is read out of files: previews, text, search.</summary>
public static class ReadingServices
{
    public static IServiceCollection AddReading(this IServiceCollection services) => services
        .AddSingleton(ReadingLimits.Usual).AddSingleton<ContentReader>().AddSingleton<ContentReading>().AddSingleton<PreviewFiles>().AddSingleton<DocumentSearch>();
}
