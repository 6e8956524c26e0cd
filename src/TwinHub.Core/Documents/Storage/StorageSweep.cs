using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Documents.Uploads;

namespace TwinHub.Core.Documents.Storage;

/// <summary>
/// Takes away what nobody needs: uploads that were given up, files for messages that were never posted, documents whose time in
/// the bin is over, and bytes no row names, as a crash between storing and writing leaves them. Run twice it does nothing more.
/// </summary>
public sealed class StorageSweep(IDbContextFactory<TwinHubDb> dbs, IDocumentStore store, UploadParts parts, DocumentOptions options, TimeProvider time, HubClock clock)
{
    /// <summary>How long bytes may lie without a row, and a file for a message without its message.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromDays(1);

    private const int AtOnce = 1_000;

    /// <returns>How many things were taken away.</returns>
    public async Task<int> Run(CancellationToken cancel) =>
        await Uploads(cancel) + await Unposted(cancel) + await Bin(cancel) + await Orphans(cancel);

    private async Task<int> Uploads(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var expired = await db.Uploads.Where(u => u.ExpiresAt < now).Select(u => u.Id).ToListAsync(cancel);
        expired.ForEach(parts.Remove);
        await db.Uploads.Where(u => expired.Contains(u.Id)).ExecuteDeleteAsync(cancel);
        var known = (await db.Uploads.Where(u => u.FinishedAt == null).Select(u => u.Id).ToListAsync(cancel)).ToHashSet();
        // A part without its row: the hub died in between, or a picture's clean copy was left by it.
        var strays = parts.List().Where(part => part.Since < now - Grace && (part.Upload is not { } id || !known.Contains(id))).ToList();
        strays.ForEach(part => File.Delete(part.File));
        return expired.Count + strays.Count;
    }

    private Task<int> Unposted(CancellationToken cancel) => Remove("""
        with gone as (delete from attachments where message_id is null and created_at < {0} returning group_id, size, hash)
        update group_storage s set bytes = greatest(0, s.bytes - g.bytes)
        from (select group_id, sum(size) as bytes from gone where hash is not null group by group_id) g where g.group_id = s.group_id
        """, clock.GetUtcNow() - Grace, cancel);

    private Task<int> Bin(CancellationToken cancel) => Remove("""
        with gone as (delete from documents where deleted_at < {0} returning id, group_id),
             sizes as (select g.group_id, sum(v.size) as bytes from gone g join document_versions v on v.document_id = g.id group by g.group_id)
        update group_storage s set bytes = greatest(0, s.bytes - z.bytes) from sizes z where z.group_id = s.group_id
        """, clock.GetUtcNow().AddDays(-options.BinDays), cancel);

    private async Task<int> Remove(string sql, DateTimeOffset before, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await db.Database.ExecuteSqlRawAsync(sql, [before], cancel);
    }

    /// <summary>
    /// Bytes nothing names. Whoever stores the same at this moment holds their lock first, and they are left alone; or comes
    /// after it, finds them gone and stores them again.
    /// </summary>
    private async Task<int> Orphans(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var before = time.GetUtcNow() - Grace;
        var unused = await db.Database.SqlQuery<byte[]>($"select hash as \"Value\" from file_contents c where created_at < {before} and not content_is_used(hash)").ToListAsync(cancel);
        await foreach (var some in store.List(cancel).Where(one => one.Since < before).Select(one => one.Hash).Chunk(AtOnce).WithCancellation(cancel))
        {
            unused.AddRange(await db.Database.SqlQuery<byte[]>($"select h as \"Value\" from unnest({some}) h where not exists (select 1 from file_contents c where c.hash = h)").ToListAsync(cancel));
        }
        var removed = 0;
        foreach (var hash in unused)
        {
            removed += await Remove(db, hash, cancel);
        }
        return removed;
    }

    private async Task<int> Remove(TwinHubDb db, byte[] hash, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({ContentHash.Lock(hash)})", cancel);
        if ((await db.Database.SqlQuery<bool>($"select content_is_used({hash}) as \"Value\"").ToListAsync(cancel))[0])
        {
            return 0;
        }
        await db.FileContents.Where(c => c.Hash == hash).ExecuteDeleteAsync(cancel);
        await store.Delete(hash, cancel);
        await transaction.CommitAsync(cancel);
        return 1;
    }
}
