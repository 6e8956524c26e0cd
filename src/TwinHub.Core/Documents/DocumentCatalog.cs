using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;

namespace TwinHub.Core.Documents;

/// <summary>Documents as programs read them: whole and in order of their making.</summary>
public sealed class DocumentCatalog(IDbContextFactory<TwinHubDb> dbs)
{
    /// <summary>The living documents of a group, by id, after a cursor; at most <paramref name="limit"/>, each with its versions.</summary>
    public async Task<Outcome<List<CatalogEntry>>> List(Guid person, string slug, Guid? after, int limit, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var standing = await GroupStanding.Take(db, person, slug, cancel);
        return standing.Refusal is { } refusal ? refusal
            : await Read(db, db.Documents.Where(d => d.GroupId == standing.Value.Group.Id && d.DeletedAt == null && (after == null || d.Id > after)).OrderBy(d => d.Id).Take(limit), cancel);
    }

    /// <summary>One document in a group the person sees; not found in the bin.</summary>
    public async Task<Outcome<CatalogEntry>> Find(Guid person, Guid id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var found = await Read(db, db.Documents.Where(d => d.Id == id && d.DeletedAt == null && GroupService.Visible(db, person).Any(g => g.Id == d.GroupId)), cancel);
        return found.Count == 0 ? Refusal.NotFound : found[0];
    }

    /// <summary>Three reads, for any number of documents.</summary>
    private static async Task<List<CatalogEntry>> Read(TwinHubDb db, IQueryable<SharedDocument> documents, CancellationToken cancel)
    {
        var rows = await documents.Join(db.Groups, d => d.GroupId, g => g.Id, (d, g) => new { Document = d, g.Slug })
            .Select(one => new { one.Document, one.Slug, Folder = db.DocumentFolders.SingleOrDefault(f => f.Id == one.Document.FolderId) }).AsNoTracking().ToListAsync(cancel);
        var ids = rows.Select(row => row.Document.Id).ToList();
        var versions = (await db.DocumentVersions.Where(v => ids.Contains(v.DocumentId))
            .Join(db.FileContents, v => v.Hash, c => c.Hash, (v, c) => new { Version = v, c.Type })
            .Join(db.People, one => one.Version.PersonId, p => p.Id, (one, p) => new { one.Version, one.Type, Author = p.Name })
            .OrderBy(one => one.Version.Number).AsNoTracking().ToListAsync(cancel)).ToLookup(one => one.Version.DocumentId, one => new CatalogVersion(one.Version, one.Type, one.Author));
        return [.. rows.OrderBy(row => row.Document.Id).Select(row => new CatalogEntry(row.Document, row.Slug, row.Folder, [.. versions[row.Document.Id]]))];
    }
}

/// <summary>A document with where it lies and all its versions, oldest first.</summary>
public sealed record CatalogEntry(SharedDocument Document, string Group, DocumentFolder? Folder, IReadOnlyList<CatalogVersion> Versions);

/// <summary>A version, what it is by content, and who sent it.</summary>
public sealed record CatalogVersion(DocumentVersion Version, string Type, string Author);
