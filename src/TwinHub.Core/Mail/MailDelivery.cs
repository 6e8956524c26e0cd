using Microsoft.Extensions.Logging;
using Npgsql;

namespace TwinHub.Core.Mail;

/// <summary>
/// Delivers what is due from the outbox, several mails at once: claim (sending, attempt, lease) and commit, ask again whether
/// the reason holds, send, record. A crash between sending and recording sends the same bytes again after the lease; nothing
/// is lost, and at most as many mails as were under way are repeated.
/// </summary>
public sealed class MailDelivery(MailQueue queue, IMailTransport transport, MailReason reason, MailOptions options, TimeProvider time, ILogger<MailDelivery> logger)
{
    /// <summary>How long a mail under way may still take once the hub is asked to stop.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    /// <summary>When to knock again where no mail goes through.</summary>
    private static readonly TimeSpan AwayPause = TimeSpan.FromSeconds(5);

    /// <summary>Sends everything that is due now. Asked to stop, it claims no more and finishes what is under way.</summary>
    /// <returns>How many mails left or were settled.</returns>
    public async Task<int> Run(CancellationToken cancel)
    {
        var count = 0;
        using var grace = new CancellationTokenSource();
        await using var stopping = cancel.Register(() => grace.CancelAfter(Grace));
        await new MailShift(transport.Connections, time).Run(async () =>
        {
            while (!cancel.IsCancellationRequested && await queue.Claim(cancel) is { } mail)
            {
                if (!await Settle(mail, grace.Token, cancel))
                {
                    return false;
                }
                Interlocked.Increment(ref count);
            }
            return true;
        }, cancel);
        return count;
    }

    /// <returns>False: no mail goes through now, this one waits like all others.</returns>
    private async Task<bool> Settle(OutgoingMail mail, CancellationToken grace, CancellationToken stop)
    {
        if (await reason.StillHolds(mail, grace) is not true and var holds)
        {
            await GiveUp(mail, isKnown: holds is not null, stop);
            return true;
        }
        var (state, detail) = await UnderLease(mail, Attempt(mail, grace));
        state = state == "later" && mail.Attempts >= options.MaxAttempts ? "failed" : state;
        logger.LogInformation("Mail {Mail} attempt {Attempt}: {State}", mail.Id, mail.Attempts, state);
        await WriteDown(() => state switch
        {
            "away" => queue.GiveBack(mail, detail, time.GetUtcNow() + AwayPause, CancellationToken.None),
            "later" => queue.Record(mail, "queued", detail, time.GetUtcNow() + Pause(mail.Attempts), CancellationToken.None),
            _ => queue.Record(mail, state, detail, null, CancellationToken.None),
        }, stop);
        return state != "away";
    }

    /// <summary>No longer worth sending; or written by a node that knows more reasons: nobody can say whether it is, so it is not sent.</summary>
    private async Task GiveUp(OutgoingMail mail, bool isKnown, CancellationToken stop)
    {
        if (!isKnown)
        {
            logger.LogError("Mail {Mail} has a reason that this node does not know", mail.Id);
        }
        var detail = isKnown ? null : $"Unknown mail reason {mail.Reason!.Split(':')[0]}";
        await WriteDown(() => queue.Record(mail, isKnown ? "cancelled" : "failed", detail, null, CancellationToken.None), stop);
    }

    private async Task<Delivery> Attempt(OutgoingMail mail, CancellationToken grace)
    {
        try
        {
            return await transport.Send(mail, grace);
        }
        catch (OperationCanceledException) when (grace.IsCancellationRequested)
        {
            return new("away", "The hub was stopped before the mail was under way");
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NpgsqlException)
        {
            logger.LogWarning("Mail {Mail} could not be handed over: {Fault}", mail.Id, fault.GetType().Name);
            return new("later", fault.Message);
        }
    }

    /// <summary>Renews the lease until the attempt is over: a server may think for minutes, and no other node takes the mail meanwhile.</summary>
    private async Task<Delivery> UnderLease(OutgoingMail mail, Task<Delivery> attempt)
    {
        while (true)
        {
            try
            {
                return await attempt.WaitAsync(options.Lease / 3, time);
            }
            catch (TimeoutException) when (!attempt.IsCompleted)
            {
                await Renew(mail);
            }
        }
    }

    private async Task Renew(OutgoingMail mail)
    {
        try
        {
            // Never given up with the hub's stop: the attempt it covers is still running.
            await queue.Renew(mail, CancellationToken.None);
        }
        catch (NpgsqlException fault)
        {
            logger.LogWarning("Mail {Mail} is under way and its lease could not be renewed: {Fault}", mail.Id, fault.GetType().Name);
        }
    }

    /// <summary>
    /// What has happened is written down even while the hub stops, and again each second while the database is away: a mail
    /// that left and is not recorded would leave twice.
    /// </summary>
    private async Task WriteDown(Func<Task> record, CancellationToken stop)
    {
        while (true)
        {
            try
            {
                await record();
                return;
            }
            catch (NpgsqlException fault) when (IsAway(fault) && !stop.IsCancellationRequested)
            {
                logger.LogWarning("What became of a mail could not be recorded, the database is away: {Fault}", fault.GetType().Name);
                await Task.Delay(TimeSpan.FromSeconds(1), time, stop);
            }
        }
    }

    /// <summary>Not an answer of the database, or one that says it is going or coming (class 57, operator intervention).</summary>
    private static bool IsAway(NpgsqlException fault) =>
        fault is not PostgresException answer || answer.IsTransient || answer.SqlState.StartsWith("57", StringComparison.Ordinal);

    /// <summary>30 s, 1, 2, 4 … at most 60 minutes.</summary>
    private static TimeSpan Pause(int attempts) => TimeSpan.FromSeconds(Math.Min(3_600, 30 * Math.Pow(2, attempts - 1)));
}
