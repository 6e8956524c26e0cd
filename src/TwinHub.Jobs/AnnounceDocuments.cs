using TwinHub.Core.Documents;

namespace TwinHub.Jobs;

/// <summary>Tells the discussions what has changed among the documents.</summary>
public sealed class AnnounceDocuments(DocumentAnnouncer announcer) : IJob
{
    public Task<int> Run(CancellationToken cancel) => announcer.AnnounceDue(cancel);
}
