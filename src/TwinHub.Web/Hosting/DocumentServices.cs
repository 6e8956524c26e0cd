using TwinHub.Core.Data;
using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Templates;

namespace TwinHub.Web.Hosting;

/// <summary>Shared documents: the store, what comes in, what is kept.</summary>
public static class DocumentServices
{
    public static IServiceCollection AddDocuments(this IServiceCollection services) => services
        .AddSingleton<IDocumentStore, DiskStore>().AddSingleton<UploadParts>().AddSingleton<VirusScanner>().AddSingleton<Intake>()
        .AddSingleton<ContentRows>().AddSingleton<UploadService>().AddSingleton<DocumentService>()
        .AddSingleton<TemplatePress>().AddSingleton<TemplateReader>().AddSingleton<OwnTemplateService>().AddSingleton<TemplateService>().AddSingleton<DocumentFinder>()
        .AddSingleton<DemoFileStore>().AddSingleton<DemoDocuments>();
}
