using Npgsql;
using TwinHub.Core;

namespace TwinHub.Web.Api;

/// <summary>
/// Which writes were made under which key, by person (contract, Common rules). A row without an answer is a write under way;
/// one that never got its answer is a crash, and after <see cref="Abandoned"/> the same request may try again.
/// </summary>
public sealed class IdempotencyKeys(NpgsqlDataSource source, TimeProvider time)
{
    public const int MaxLength = 200;

    private static readonly TimeSpan Kept = TimeSpan.FromHours(24);
    private static readonly TimeSpan Abandoned = TimeSpan.FromMinutes(2);

    /// <summary>Claims a key for a request.</summary>
    /// <returns>Null: the caller does the write. An answer: it was made before. A conflict: another request, or this one under way.</returns>
    public async Task<Outcome<GivenAnswer>?> Claim(Guid person, string key, byte[] request, CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var claim = source.CreateCommand("""
            insert into idempotency_keys as k (person_id, key, request, created_at) values ($1, $2, $3, $4)
            on conflict (person_id, key) do update set request = $3, status = null, response = null, created_at = $4
            where k.created_at <= $5 or (k.status is null and k.created_at <= $6 and k.request = $3)
            returning 1
            """);
        Add(claim, person, key, request, now, now - Kept, now - Abandoned);
        return await claim.ExecuteScalarAsync(cancel) is null ? await Given(person, key, request, cancel) : null;
    }

    /// <summary>Keeps the answer of a claimed write.</summary>
    public async Task Keep(Guid person, string key, GivenAnswer answer, CancellationToken cancel)
    {
        await using var keep = source.CreateCommand("update idempotency_keys set status = $3, response = $4 where person_id = $1 and key = $2");
        Add(keep, person, key, answer.Status, answer.Body);
        await keep.ExecuteNonQueryAsync(cancel);
    }

    /// <summary>Gives a key free: nothing was written.</summary>
    public async Task Release(Guid person, string key, CancellationToken cancel)
    {
        await using var release = source.CreateCommand("delete from idempotency_keys where person_id = $1 and key = $2 and status is null");
        Add(release, person, key);
        await release.ExecuteNonQueryAsync(cancel);
    }

    private async Task<Outcome<GivenAnswer>> Given(Guid person, string key, byte[] request, CancellationToken cancel)
    {
        await using var read = source.CreateCommand("select request, status, response from idempotency_keys where person_id = $1 and key = $2");
        Add(read, person, key);
        await using var row = await read.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel) && row.GetFieldValue<byte[]>(0).AsSpan().SequenceEqual(request) && !row.IsDBNull(1)
            ? new GivenAnswer(row.GetInt32(1), row.GetString(2)) : new Refusal(RefusalCode.Conflict, "error.idempotency", "Idempotency-Key");
    }

    private static void Add(NpgsqlCommand command, params object[] values)
    {
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }
    }
}

/// <summary>An answer that was given before.</summary>
/// <param name="Body">JSON; problem details from status 400 on.</param>
public sealed record GivenAnswer(int Status, string Body);
