using TwinHub.Core.Documents.Reading;

namespace TwinHub.Jobs;

/// <summary>Makes previews and text of files that have arrived.</summary>
public sealed class ReadContents(ContentReading reading) : IJob
{
    public Task<int> Run(CancellationToken cancel) => reading.Run(cancel);
}
