using TwinHub.Core.Mail;

namespace TwinHub.Jobs;

/// <summary>Sends the mails that wait in the outbox.</summary>
public sealed class DeliverMail(MailDelivery delivery) : IJob
{
    public Task<int> Run(CancellationToken cancel) => delivery.Run(cancel);
}
