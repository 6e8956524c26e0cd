using TwinHub.Core.Webinars;

namespace TwinHub.Jobs;

/// <summary>Sends the invitations of webinars that were planned ahead.</summary>
public sealed class SendPlannedInvitations(SeriesService series) : IJob
{
    public Task<int> Run(CancellationToken cancel) => series.PublishDue(cancel);
}
