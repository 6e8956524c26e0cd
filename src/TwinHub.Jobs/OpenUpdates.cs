using TwinHub.Core.Register;

namespace TwinHub.Jobs;

/// <summary>Opens the quarterly updates when a quarter has ended.</summary>
public sealed class OpenUpdates(UpdateOpening opening) : IJob
{
    public Task<int> Run(CancellationToken cancel) => opening.OpenDue(cancel);
}
