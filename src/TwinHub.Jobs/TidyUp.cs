using Npgsql;
using TwinHub.Core;

namespace TwinHub.Jobs;

/// <summary>
/// Removes what has served its time: used links, dead sessions and tokens, old requests, repeatable writes and job runs; and of
/// mails that came in what people wrote, which is theirs, 30 days after it was worked off. What it led to stays.
/// </summary>
public sealed class TidyUp(NpgsqlDataSource source, TimeProvider time, HubClock clock) : IJob
{
    public async Task<int> Run(CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            with l as (delete from sign_in_links where expires_at < $1 - interval '1 day' returning 1),
                 r as (delete from sign_in_requests where asked_at < $1 - interval '1 day' and answered_at is not null returning 1),
                 s as (delete from sessions where expires_at < $1 returning 1),
                 t as (delete from access_tokens where expires_at < $1 returning 1),
                 j as (delete from job_runs where started_at < $1 - interval '30 days' returning 1),
                 k as (delete from idempotency_keys where created_at < $1 - interval '1 day' returning 1),
                 m as (update inbound_mails set content = '' where state <> 'waiting' and settled_at < $2 - interval '30 days' and content <> '' returning 1)
            select (select count(*) from l) + (select count(*) from r) + (select count(*) from s) + (select count(*) from t) + (select count(*) from j) + (select count(*) from k) + (select count(*) from m)
            """);
        command.Parameters.AddWithValue(time.GetUtcNow());
        command.Parameters.AddWithValue(clock.GetUtcNow());
        return (int)(long)(await command.ExecuteScalarAsync(cancel))!;
    }
}
