using Npgsql;
using NpgsqlTypes;

namespace TwinHub.Core.Mail;

/// <summary>The outbox as the delivery sees it: claim what is due, keep it while sending, write down what became of it.</summary>
public sealed class MailQueue(NpgsqlDataSource source, MailOptions options, TimeProvider time, HubClock clock)
{
    /// <summary>The next due mail, now this node's until the lease ends; null: none is due. The claim is committed before anything is sent.</summary>
    public async Task<OutgoingMail?> Claim(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var command = source.CreateCommand("""
            update emails set state = 'sending', attempts = attempts + 1, lease_until = $2, next_at = $2
            where id = (select id from emails where state in ('queued', 'sending') and next_at <= $1
                        order by next_at, id limit 1 for update skip locked)
            returning id, message_id, coalesce(envelope_from, $3), recipient, reason, content, attempts
            """);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(now + options.Lease);
        command.Parameters.AddWithValue(options.From);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel)
            ? new(row.GetGuid(0), row.GetString(1), row.GetString(2), row.GetString(3), row.IsDBNull(4) ? null : row.GetString(4), row.GetFieldValue<byte[]>(5), row.GetInt32(6))
            : null;
    }

    /// <summary>Keeps a claimed mail for another lease.</summary>
    public async Task Renew(OutgoingMail mail, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("update emails set lease_until = $3, next_at = $3 where id = $1 and state = 'sending' and attempts = $2");
        command.Parameters.AddWithValue(mail.Id);
        command.Parameters.AddWithValue(mail.Attempts);
        command.Parameters.AddWithValue(time.GetUtcNow() + options.Lease);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Writes down what became of a claimed mail, unless another node has claimed it since.</summary>
    /// <param name="nextAt">When to try again; null: never.</param>
    public async Task Record(OutgoingMail mail, string state, string? detail, DateTimeOffset? nextAt, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            update emails set state = $2, last_error = $3, lease_until = null, next_at = coalesce($4, next_at),
                   sent_at = case when $2 = 'sent' then $5 else sent_at end
            where id = $1 and state = 'sending' and attempts = $6
            """);
        command.Parameters.AddWithValue(mail.Id);
        command.Parameters.AddWithValue(state);
        command.Parameters.Add(new() { Value = (object?)detail ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = (object?)nextAt ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.TimestampTz });
        command.Parameters.AddWithValue(clock.GetUtcNow());
        command.Parameters.AddWithValue(mail.Attempts);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Puts a claimed mail back as if it had not been claimed: it was not the mail's fault.</summary>
    public async Task GiveBack(OutgoingMail mail, string? detail, DateTimeOffset nextAt, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            update emails set state = 'queued', attempts = attempts - 1, last_error = $3, lease_until = null, next_at = $4
            where id = $1 and state = 'sending' and attempts = $2
            """);
        command.Parameters.AddWithValue(mail.Id);
        command.Parameters.AddWithValue(mail.Attempts);
        command.Parameters.Add(new() { Value = (object?)detail ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Text });
        command.Parameters.AddWithValue(nextAt);
        await command.ExecuteNonQueryAsync(cancel);
    }
}
