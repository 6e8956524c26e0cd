using TwinHub.Core.Data;
using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Attachments;
using TwinHub.Core.Documents.Storage;
using TwinHub.Core.Documents.Templates;
using TwinHub.Core.Documents.Uploads;

namespace TwinHub.Web.Hosting;

/// <summary>Shared documents: the store, what comes in, what is kept.</summary>
public static class DocumentServices
{
    public static IServiceCollection AddDocuments(this IServiceCollection services) => services
        .AddSingleton<IDocumentStore, DiskStore>().AddSingleton<UploadParts>().AddSingleton<VirusScanner>().AddSingleton<Intake>()
        .AddSingleton<ContentRows>().AddSingleton<UploadService>().AddSingleton<DocumentService>()
        .AddSingleton<UploadDesk>().AddSingleton<AttachmentService>().AddSingleton<ShownDocuments>().AddSingleton<AttachmentSharing>().AddSingleton<DocumentAnnouncer>().AddSingleton<Pages.Groups.DiscussionFiles>()
        .AddSingleton<DocumentFiles>().AddSingleton<DocumentArchive>().AddSingleton<StorageSweep>().AddSingleton<DocumentCatalog>()
        .AddReading()
        .AddSingleton<DocumentReader>().AddSingleton<DocumentPageReader>().AddSingleton<FolderService>().AddSingleton<DocumentEdits>().AddSingleton<BinService>().AddSingleton<CommentService>().AddSingleton<ViewService>().AddSingleton<FormFiles>()
        .AddSingleton<TemplatePress>().AddSingleton<TemplateReader>().AddSingleton<OwnTemplateService>().AddSingleton<TemplateService>()
        .AddSingleton<DemoFileStore>().AddSingleton<DemoDocuments>();
}
