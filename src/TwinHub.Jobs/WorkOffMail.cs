using TwinHub.Core.Mail.Inbound;

namespace TwinHub.Jobs;

/// <summary>Works off the mails that came in.</summary>
public sealed class WorkOffMail(InboundWork work) : IJob
{
    public Task<int> Run(CancellationToken cancel) => work.Run(cancel);
}
