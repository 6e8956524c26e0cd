using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Documents.Storage;
using TwinHub.Core.Groups;

namespace TwinHub.Core.Documents;

/// <summary>Lists of documents, for whoever sees the group. The number of queries is the same for any number of rows.</summary>
public sealed class DocumentReader(IDbContextFactory<TwinHubDb> dbs, DocumentOptions options)
{
    /// <summary>Documents on a page.</summary>
    public const int PageSize = 50;

    /// <summary>What lies in a folder, folders first; or the documents that changed last. A folder that is not there is not found.</summary>
    public async Task<Outcome<DocumentList>> List(Guid person, string slug, DocumentQuery query, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var standing = await GroupStanding.Take(db, person, slug, cancel);
        if (standing.Refusal is { } refusal)
        {
            return refusal;
        }
        var group = standing.Value.Group.Id;
        var tree = await FolderTree.Of(db, group, cancel);
        if (query.Folder is not null && tree.Find(query.Folder) is null)
        {
            return Refusal.NotFound;
        }
        var rows = await Rows(db, await Page(db, group, query, cancel)).ToListAsync(cancel);
        var folders = query is { Newest: false, After: null } ? await Folders(db, group, tree.In(query.Folder), cancel) : [];
        return new DocumentList(standing.Value, tree, tree.Path(query.Folder), folders, [.. rows.Take(PageSize)], rows.Count > PageSize ? rows[PageSize - 1].Id : null, await Usage(db, group, cancel));
    }

    /// <summary>What waits in the bin, the newest first.</summary>
    public async Task<Outcome<BinList>> Bin(Guid person, string slug, Guid? after, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var standing = await GroupStanding.Take(db, person, slug, cancel);
        if (standing.Refusal is { } refusal)
        {
            return refusal;
        }
        var group = standing.Value.Group.Id;
        var last = await db.Documents.Where(d => d.Id == after && d.GroupId == group).Select(d => d.DeletedAt).SingleOrDefaultAsync(cancel);
        var deleted = db.Documents.Where(d => d.GroupId == group && d.DeletedAt != null);
        var page = last is null ? deleted : deleted.Where(d => d.DeletedAt < last || (d.DeletedAt == last && d.Id.CompareTo(after!.Value) < 0));
        var rows = await page.OrderByDescending(d => d.DeletedAt).ThenByDescending(d => d.Id).Take(PageSize + 1).Select(d => new
        {
            d.Id, d.Name, d.DeletedAt, d.DeletedBy,
            Type = db.FileContents.Where(c => c.Hash == d.Hash).Select(c => c.Type).First(),
            Size = db.DocumentVersions.Where(v => v.DocumentId == d.Id).Sum(v => v.Size),
            By = db.People.Where(p => p.Id == d.DeletedBy).Select(p => p.Name).FirstOrDefault(),
        }).ToListAsync(cancel);
        return new BinList(standing.Value, [.. rows.Take(PageSize).Select(row => new BinRow(row.Id, row.Name, row.Type, row.Size, row.By ?? "", row.DeletedAt!.Value, MayRemove(standing.Value, person, row.DeletedBy)))],
            rows.Count > PageSize ? rows[PageSize - 1].Id : null, options.BinDays, await Usage(db, group, cancel));
    }

    /// <summary>How many documents a group has, for its header.</summary>
    public async Task<int> Count(Guid group, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await db.Documents.CountAsync(d => d.GroupId == group && d.DeletedAt == null, cancel);
    }

    /// <summary>The group in which a document lies, by the slug of its address; not found for who does not see it.</summary>
    public async Task<Outcome<string>> GroupOf(Guid person, Guid id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var standing = await GroupStanding.Find(db, person, DocumentService.GroupsOf(db, id), cancel);
        return standing.Refusal is { } refusal ? refusal : standing.Value.Group.Slug;
    }

    private static bool MayRemove(GroupStanding standing, Guid person, Guid? deletedBy) => standing.MayWrite && (standing.Facilitates || deletedBy == person);

    // Small letters are the database's matter, by its index: nothing of this runs here.
#pragma warning disable CA1304, CA1311
    /// <summary>One more than a page, so that it shows whether there is a next one.</summary>
    private static async Task<IQueryable<SharedDocument>> Page(TwinHubDb db, Guid group, DocumentQuery query, CancellationToken cancel)
    {
        var living = db.Documents.Where(d => d.GroupId == group && d.DeletedAt == null);
        if (query.Folder is not null || !query.Newest)
        {
            living = living.Where(d => d.FolderId == query.Folder);
        }
        var last = query.After is not { } after ? null
            : await db.Documents.Where(d => d.Id == after && d.GroupId == group).Select(d => new { Name = d.Name.ToLower(), d.ChangedAt, d.Id }).SingleOrDefaultAsync(cancel);
        if (query.Newest)
        {
            return (last is null ? living : living.Where(d => d.ChangedAt < last.ChangedAt || (d.ChangedAt == last.ChangedAt && d.Id.CompareTo(last.Id) > 0)))
                .OrderByDescending(d => d.ChangedAt).ThenBy(d => d.Id).Take(PageSize + 1);
        }
        return (last is null ? living : living.Where(d => EF.Functions.GreaterThan(ValueTuple.Create(d.Name.ToLower(), d.Id), ValueTuple.Create(last.Name, last.Id))))
            .OrderBy(d => d.Name.ToLower()).ThenBy(d => d.Id).Take(PageSize + 1);
    }
#pragma warning restore CA1304, CA1311

    private static IQueryable<DocumentRow> Rows(TwinHubDb db, IQueryable<SharedDocument> documents) => documents.Select(d => new DocumentRow(
        d.Id, d.Name, d.FolderId, d.Version,
        db.FileContents.Where(c => c.Hash == d.Hash).Select(c => c.Type).First(),
        db.FileContents.Where(c => c.Hash == d.Hash).Select(c => c.Size).First(),
        db.People.Where(p => p.Id == d.ChangedBy).Select(p => p.Name).First(),
        d.ChangedAt,
        db.DocumentComments.Count(c => c.DocumentId == d.Id && c.DeletedAt == null),
        db.ContentPreviews.Where(p => p.Hash == d.Hash && p.Size == ContentPreview.Small).Select(p => new PictureSize(p.Width, p.Height)).FirstOrDefault()));

    private static async Task<IReadOnlyList<FolderRow>> Folders(TwinHubDb db, Guid group, IReadOnlyList<DocumentFolder> folders, CancellationToken cancel)
    {
        var counts = await db.Documents.Where(d => d.GroupId == group && d.DeletedAt == null && d.FolderId != null)
            .GroupBy(d => d.FolderId!.Value).Select(one => new { one.Key, Count = one.Count() }).ToDictionaryAsync(one => one.Key, one => one.Count, cancel);
        return [.. folders.Select(one => new FolderRow(one.Id, one.Name, counts.GetValueOrDefault(one.Id)))];
    }

    private async Task<DocumentUsage> Usage(TwinHubDb db, Guid group, CancellationToken cancel) => new(
        await db.GroupStorage.Where(s => s.GroupId == group).Select(s => s.Bytes).SingleOrDefaultAsync(cancel), options.Quota,
        await db.Documents.CountAsync(d => d.GroupId == group && d.DeletedAt != null, cancel));
}
