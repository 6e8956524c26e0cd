using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Reading;
using TwinHub.Web.Api;

namespace TwinHub.Web.Hosting;

/// <summary>What is read out of files: previews, text, search.</summary>
public static class ReadingServices
{
    public static IServiceCollection AddReading(this IServiceCollection services) => services
        .AddSingleton(ReadingLimits.Usual).AddSingleton<ContentReader>().AddSingleton<ContentReading>().AddSingleton<PreviewFiles>().AddSingleton<DocumentSearch>();

    /// <summary>Lets the one page that shows all pages of a PDF have its frame.</summary>
    public static T WithPreviewFrame<T>(this T pages) where T : IEndpointConventionBuilder
    {
        pages.Add(endpoint =>
        {
            if (endpoint.Metadata.OfType<PageActionDescriptor>().Any(page => page.ViewEnginePath == "/Documents/Pages"))
            {
                endpoint.Metadata.Add(PreviewsDoor.Framing);
            }
        });
        return pages;
    }
}
