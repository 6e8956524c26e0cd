using Microsoft.Extensions.Logging;

namespace TwinHub.Core.Mail.Inbound;

/// <summary>
/// Works off what came in, one mail after the other. A mail at which the hub goes wrong is tried again after growing pauses
/// and in the end given up; it never holds the others back (invitations, rule 35).
/// </summary>
public sealed class InboundWork(InboundQueue queue, InboundDesk desk, ILogger<InboundWork> logger)
{
    public const int MaxAttempts = 5;

    /// <summary>Works off everything that is due now. Asked to stop, it claims no more.</summary>
    /// <returns>How many mails were looked at.</returns>
    public async Task<int> Run(CancellationToken cancel)
    {
        var count = 0;
        while (!cancel.IsCancellationRequested && await queue.Claim(cancel) is { } mail)
        {
            // What is under way is finished: it takes moments, and an attempt less would be left.
            await WorkOff(mail, CancellationToken.None);
            count++;
        }
        return count;
    }

    private async Task WorkOff(ArrivedMail mail, CancellationToken cancel)
    {
        if (mail.Attempts > MaxAttempts)
        {
            // Each attempt ended with the process.
            await queue.Fault(mail, "No attempt came to its end", null, cancel);
            return;
        }
        try
        {
            var verdict = await desk.Judge(mail, cancel);
            await queue.Settle(mail, verdict, cancel);
            logger.LogInformation("Inbound mail {Mail}: {Outcome}", mail.Id, verdict.Outcome);
        }
        catch (Exception fault) when (fault is not OutOfMemoryException)
        {
            logger.LogError(fault, "Inbound mail {Mail} attempt {Attempt} went wrong", mail.Id, mail.Attempts);
            await queue.Fault(mail, fault.GetType().Name, mail.Attempts == MaxAttempts ? null : Pause(mail.Attempts), cancel);
        }
    }

    /// <summary>10 s, 40 s, then minutes: time for a passing trouble to pass.</summary>
    private static TimeSpan Pause(int attempt) => TimeSpan.FromSeconds(10 * Math.Pow(4, attempt - 1));
}
