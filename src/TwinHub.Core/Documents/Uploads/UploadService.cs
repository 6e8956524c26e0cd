using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Documents.Storage;
using TwinHub.Core.Groups;

namespace TwinHub.Core.Documents.Uploads;

/// <summary>
/// Files on their way in (the tus protocol's core, version 1.0.0): announced with their size, sent in pieces, taken up again
/// after a cut where they had come to. Only who began an upload sees it, and only while they may write in the group.
/// </summary>
public sealed class UploadService(IDbContextFactory<TwinHubDb> dbs, UploadParts parts, DocumentOptions options, TimeProvider time)
{
    /// <summary>Uploads a person may have under way at once.</summary>
    public const int MostAtOnce = 200;

    /// <summary>Bytes that must stay free on the disk for everything else.</summary>
    private const long Reserve = 64L * 1024 * 1024;

    /// <summary>Null: the person may send files to this group.</summary>
    public async Task<Refusal?> MaySend(Guid person, string slug, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return (await GroupStanding.TakeToWrite(db, person, slug, cancel)).Refusal;
    }

    /// <returns>The upload; <c>too_long</c> past the size of a file or what the group may still keep, <c>unavailable</c> where the disk has no room.</returns>
    public Task<Outcome<Guid>> Create(Guid person, string slug, string? name, long size, CancellationToken cancel) => Create(person, slug, Guid.CreateVersion7(), name, size, cancel);

    private async Task<Outcome<Guid>> Create(Guid person, string slug, Guid id, string? name, long size, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var standing = await GroupStanding.TakeToWrite(db, person, slug, cancel);
        if (standing.Refusal is { } refusal)
        {
            return refusal;
        }
        var clean = FileNames.Clean(name);
        if (clean is null)
        {
            return Refusal.Invalid("name", "documents.no-name");
        }
        if (await Fault(db, standing.Value.Group.Id, person, clean, size, cancel) is { } fault)
        {
            return fault;
        }
        var upload = new Upload(standing.Value.Group.Id, person, clean, size, time.GetUtcNow(), options.UploadLife, id);
        parts.Begin(upload.Id);
        db.Uploads.Add(upload);
        await db.SaveChangesAsync(cancel);
        return upload.Id;
    }

    /// <summary>How far an upload has come, and its whole size.</summary>
    public async Task<Outcome<(long Offset, long Size)>> Find(Guid person, Guid id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var upload = await Own(db, person, id, cancel);
        return upload.Refusal is { } refusal ? refusal
            : upload.Value.FinishedAt is not null ? (upload.Value.Size, upload.Value.Size)
            : parts.Length(id) is { } offset ? (offset, upload.Value.Size) : Refusal.NotFound;
    }

    /// <summary>Adds a piece; what had come before a cut is kept.</summary>
    /// <returns>How far it has come.</returns>
    public async Task<Outcome<long>> Append(Guid person, Guid id, long offset, Stream body, CancellationToken cancel)
    {
        long size;
        await using (var db = await dbs.CreateDbContextAsync(cancel))
        {
            var upload = await Own(db, person, id, cancel);
            if (upload.Refusal is { } refusal)
            {
                return refusal;
            }
            if (upload.Value.FinishedAt is not null)
            {
                return new Refusal(RefusalCode.Conflict);
            }
            size = upload.Value.Size;
        }
        try
        {
            return await parts.Append(id, offset, size, body, cancel);
        }
        catch (StoreFullException)
        {
            return Full;
        }
    }

    /// <summary>Gives an upload up; one that is not there is given up already.</summary>
    public async Task<Outcome<bool>> Cancel(Guid person, Guid id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var upload = await Own(db, person, id, cancel);
        if (upload.Refusal is { } refusal)
        {
            return refusal;
        }
        if (upload.Value.FinishedAt is null)
        {
            db.Uploads.Remove(upload.Value);
            await db.SaveChangesAsync(cancel);
            parts.Remove(id);
        }
        return true;
    }

    /// <summary>Takes in a whole file at once, as a form or a program sends it; its size is known only at its end.</summary>
    public Task<Outcome<Guid>> Receive(Guid person, string slug, string? name, Stream content, CancellationToken cancel) => Receive(person, slug, Guid.CreateVersion7(), name, content, cancel);

    /// <summary>Takes in a file of a form that may be sent twice: the same id again is the same file.</summary>
    /// <returns>The upload; <c>conflict</c> while its first sending is under way.</returns>
    public async Task<Outcome<Guid>> ReceiveOnce(Guid person, string slug, Guid id, string? name, Stream content, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var known = await db.Uploads.AsNoTracking().SingleOrDefaultAsync(u => u.Id == id && u.PersonId == person, cancel);
        if (known is not null)
        {
            return known.FinishedAt is not null || parts.Length(id) == known.Size ? id : Elsewhere;
        }
        try
        {
            return await Receive(person, slug, id, name, content, cancel);
        }
        catch (IOException) when (parts.Length(id) is not null)
        {
            return Elsewhere;
        }
    }

    private static Refusal Elsewhere => new(RefusalCode.Conflict, "documents.upload.elsewhere");

    private async Task<Outcome<Guid>> Receive(Guid person, string slug, Guid id, string? name, Stream content, CancellationToken cancel)
    {
        var created = await Create(person, slug, id, name, 0, cancel);
        if (created.Refusal is not null)
        {
            return created;
        }
        var arrived = await Arrive(created.Value, content, cancel);
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var refusal = arrived.Refusal ?? await Room(db, slug, arrived.Value, cancel);
        if (refusal is not null)
        {
            parts.Remove(created.Value);
            await db.Uploads.Where(u => u.Id == created.Value).ExecuteDeleteAsync(cancel);
            return refusal;
        }
        await db.Uploads.Where(u => u.Id == created.Value).ExecuteUpdateAsync(set => set.SetProperty(u => u.Size, arrived.Value), cancel);
        return created;
    }

    internal static Refusal Full => new(RefusalCode.Unavailable, "documents.disk-full");

    /// <summary>Their own upload, while they may still write there.</summary>
    internal static async Task<Outcome<Upload>> Own(TwinHubDb db, Guid person, Guid id, CancellationToken cancel)
    {
        var upload = await db.Uploads.SingleOrDefaultAsync(u => u.Id == id && u.PersonId == person, cancel);
        if (upload is null)
        {
            return Refusal.NotFound;
        }
        var standing = await GroupStanding.FindToWrite(db, person, db.Groups.Where(g => g.Id == upload.GroupId), cancel);
        return standing.Refusal is { } refusal ? refusal : upload;
    }

    private async Task<Outcome<long>> Arrive(Guid id, Stream content, CancellationToken cancel)
    {
        try
        {
            return await parts.Append(id, 0, options.MaxFile, content, cancel) is { Refusal: { Code: RefusalCode.TooLong } } ? TooLarge : parts.Length(id) ?? 0;
        }
        catch (StoreFullException)
        {
            return Full;
        }
    }

    private async Task<Refusal?> Fault(TwinHubDb db, Guid group, Guid person, string name, long size, CancellationToken cancel)
    {
        if (size < 0 || size > options.MaxFile)
        {
            return size < 0 ? Refusal.Invalid("Upload-Length") : TooLarge;
        }
        if (FileTypes.IsProgramName(name))
        {
            return Refusal.Invalid("file", "documents.program");
        }
        var used = await db.GroupStorage.Where(s => s.GroupId == group).Select(s => s.Bytes).SingleOrDefaultAsync(cancel);
        return used + size > options.Quota ? NoQuota
            : await db.Uploads.CountAsync(u => u.PersonId == person && u.FinishedAt == null && u.ExpiresAt > time.GetUtcNow(), cancel) >= MostAtOnce ? new Refusal(RefusalCode.RateLimited)
            : parts.FreeSpace() < size + Reserve ? Full : null;
    }

    private async Task<Refusal?> Room(TwinHubDb db, string slug, long size, CancellationToken cancel)
    {
        var used = await db.GroupStorage.Where(s => db.Groups.Any(g => g.Id == s.GroupId && g.Slug == slug)).Select(s => s.Bytes).SingleOrDefaultAsync(cancel);
        return used + size > options.Quota ? NoQuota : null;
    }

    internal static Refusal NoQuota => new(RefusalCode.TooLong, "documents.quota", "file");

    private static Refusal TooLarge => new(RefusalCode.TooLong, "documents.too-large", "file");
}
