using Npgsql;

namespace TwinHub.Core.Data;

/// <summary>A form that makes something is taken once, however often it is sent: a double click without a script, the back button.</summary>
public sealed class SentForms(NpgsqlDataSource source, TimeProvider time)
{
    /// <summary>After this long a sending that led nowhere has broken off and may be done anew.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>Claims a form.</summary>
    /// <param name="form">The number it was given when it was shown.</param>
    /// <returns>Null: go on. Otherwise it was sent before: the path it led to, or empty while that is still under way.</returns>
    public async Task<string?> Claim(Guid person, Guid form, CancellationToken cancel)
    {
        await using var claim = Command("""
            insert into idempotency_keys (person_id, key, request, created_at) values ($1, $2, '', $3)
            on conflict (person_id, key) do update set created_at = excluded.created_at where idempotency_keys.response is null and idempotency_keys.created_at < $4
            """, person, form, time.GetUtcNow(), time.GetUtcNow() - Patience);
        if (await claim.ExecuteNonQueryAsync(cancel) == 1)
        {
            return null;
        }
        await using var before = Command("select coalesce(response, '') from idempotency_keys where person_id = $1 and key = $2", person, form);
        return (string?)await before.ExecuteScalarAsync(cancel) ?? "";
    }

    /// <summary>It made something, which stands at this path.</summary>
    public async Task Led(Guid person, Guid form, string path, CancellationToken cancel)
    {
        await using var command = Command("update idempotency_keys set status = 302, response = $3 where person_id = $1 and key = $2", person, form, path);
        await command.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>It was refused: the same form may be sent again.</summary>
    public async Task Release(Guid person, Guid form, CancellationToken cancel)
    {
        await using var command = Command("delete from idempotency_keys where person_id = $1 and key = $2 and response is null", person, form);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private NpgsqlCommand Command(string sql, Guid person, Guid form, params object[] more)
    {
        var command = source.CreateCommand(sql);
        foreach (var value in new object[] { person, "form:" + form }.Concat(more))
        {
            command.Parameters.AddWithValue(value);
        }
        return command;
    }
}
