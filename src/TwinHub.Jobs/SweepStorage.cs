using TwinHub.Core.Documents.Storage;

namespace TwinHub.Jobs;

/// <summary>Takes away what no document, message or upload needs any more, once a day.</summary>
public sealed class SweepStorage(StorageSweep sweep) : IJob
{
    public Task<int> Run(CancellationToken cancel) => sweep.Run(cancel);
}
