using Microsoft.Extensions.Logging;
using Npgsql;

namespace TwinHub.Core.Mail;

/// <summary>
/// Delivers what is due from the outbox: claim (sending, attempt, lease) and commit, ask again whether the reason holds,
/// send, record. A crash between sending and recording sends the same bytes again after the lease; nothing is lost.
/// </summary>
public sealed class MailDelivery(NpgsqlDataSource source, IMailTransport transport, MailReason reason, MailOptions options, TimeProvider time, HubClock clock, ILogger<MailDelivery> logger)
{
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(2);

    /// <summary>Sends everything that is due now.</summary>
    /// <returns>How many mails left or were settled.</returns>
    public async Task<int> Run(CancellationToken cancel)
    {
        var count = 0;
        while (await Claim(cancel) is { } mail)
        {
            await Settle(mail, cancel);
            count++;
        }
        return count;
    }

    private async Task<OutgoingMail?> Claim(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var command = source.CreateCommand("""
            update emails set state = 'sending', attempts = attempts + 1, lease_until = $2, next_at = $2
            where id = (select id from emails where state in ('queued', 'sending') and next_at <= $1
                        order by next_at, id limit 1 for update skip locked)
            returning id, message_id, recipient, reason, content, attempts
            """);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(now + Lease);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel)
            ? new(row.GetGuid(0), row.GetString(1), row.GetString(2), row.IsDBNull(3) ? null : row.GetString(3), row.GetFieldValue<byte[]>(4), row.GetInt32(5))
            : null;
    }

    private async Task Settle(OutgoingMail mail, CancellationToken cancel)
    {
        if (!await reason.StillHolds(mail.Reason, cancel))
        {
            await Record(mail, "cancelled", null, null);
            return;
        }
        var delivery = await Attempt(mail, cancel);
        var failed = delivery.State == "later" && mail.Attempts >= options.MaxAttempts;
        logger.LogInformation("Mail {Mail} attempt {Attempt}: {State}", mail.Id, mail.Attempts, failed ? "failed" : delivery.State);
        await ((delivery.State, failed) switch
        {
            ("later", true) => Record(mail, "failed", delivery.Detail, null),
            ("later", false) => Record(mail, "queued", delivery.Detail, time.GetUtcNow() + Pause(mail.Attempts)),
            _ => Record(mail, delivery.State, delivery.Detail, null),
        });
    }

    private async Task<Delivery> Attempt(OutgoingMail mail, CancellationToken cancel)
    {
        try
        {
            return await transport.Send(mail, cancel);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or NpgsqlException)
        {
            logger.LogWarning("Mail {Mail} could not be handed over: {Fault}", mail.Id, fault.GetType().Name);
            return new("later", fault.Message);
        }
    }

    /// <summary>30 s, 1, 2, 4 … at most 60 minutes.</summary>
    private static TimeSpan Pause(int attempts) => TimeSpan.FromSeconds(Math.Min(3_600, 30 * Math.Pow(2, attempts - 1)));

    /// <summary>Not cancelled when the hub stops: what was sent and not written down would be sent again.</summary>
    private async Task Record(OutgoingMail mail, string state, string? detail, DateTimeOffset? nextAt)
    {
        await using var command = source.CreateCommand("""
            update emails set state = $2, last_error = $3, lease_until = null, next_at = coalesce($4, next_at),
                   sent_at = case when $2 = 'sent' then $5 else sent_at end
            where id = $1 and state = 'sending' and attempts = $6
            """);
        command.Parameters.AddWithValue(mail.Id);
        command.Parameters.AddWithValue(state);
        command.Parameters.Add(new() { Value = (object?)detail ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)nextAt ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.TimestampTz });
        command.Parameters.AddWithValue(clock.GetUtcNow());
        command.Parameters.AddWithValue(mail.Attempts);
        await command.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
