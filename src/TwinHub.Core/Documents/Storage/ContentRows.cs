using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Documents.Uploads;
using TwinHub.Core.Live;

namespace TwinHub.Core.Documents.Storage;

/// <summary>
/// Writes that bytes are there, in the transaction of what they become. From here until its commit the sweep keeps its hands off
/// them.
/// </summary>
public sealed class ContentRows(IDocumentStore store, DocumentOptions options, TimeProvider time)
{
    /// <summary>For one more file of a group; call with the group's row locked, so that its storage is counted one after the other.</summary>
    /// <returns>Null; <c>too_long</c> where the group may keep no more; <c>unavailable</c> where the bytes are not there (any more).</returns>
    internal async Task<Refusal?> Keep(TwinHubDb db, Guid group, StoredFile file, CancellationToken cancel)
    {
        if (await Insert(db, file, cancel) is { } gone)
        {
            return gone;
        }
        var bytes = await db.Database.SqlQuery<long>($"""
            insert into group_storage (group_id, bytes) values ({group}, {file.Size})
            on conflict (group_id) do update set bytes = group_storage.bytes + excluded.bytes returning bytes as "Value"
            """).ToListAsync(cancel);
        return bytes[0] > options.Quota ? UploadService.NoQuota : null;
    }

    /// <summary>For a file that counts for no group.</summary>
    internal async Task<Refusal?> Insert(TwinHubDb db, StoredFile file, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({ContentHash.Lock(file.Hash)})", cancel);
        if (!await store.Has(file.Hash, cancel))
        {
            return Refusal.Unavailable;
        }
        var now = time.GetUtcNow();
        var made = await db.Database.ExecuteSqlAsync($"""
            insert into file_contents (hash, size, type, next_reading_at, created_at) values ({file.Hash}, {file.Size}, {file.Type}, {now}, {now})
            on conflict (hash) do nothing
            """, cancel);
        if (made == 1)
        {
            await db.Tell(new(Notice.ContentArrived, ""), cancel);
        }
        return null;
    }

    /// <summary>Takes what a group no longer keeps off its count.</summary>
    internal static Task Release(TwinHubDb db, Guid group, long bytes, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"update group_storage set bytes = greatest(0, bytes - {bytes}) where group_id = {group}", cancel);
}
