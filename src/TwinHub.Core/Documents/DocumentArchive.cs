using System.IO.Compression;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Documents.Storage;
using TwinHub.Core.Documents.Uploads;
using TwinHub.Core.Groups;

namespace TwinHub.Core.Documents;

/// <summary>Documents of a group as one ZIP: the newest version of each, in their folders. Written as it is read: of no file more than a piece is in memory.</summary>
public sealed class DocumentArchive(IDbContextFactory<TwinHubDb> dbs, IDocumentStore store)
{
    /// <summary>Documents one archive may have.</summary>
    public const int Most = 5_000;

    /// <param name="folder">With all it holds; null: the whole group.</param>
    /// <param name="ids">Only these; empty: all of the folder.</param>
    /// <returns>What it will hold; not found where there is nothing.</returns>
    public async Task<Outcome<ArchivePlan>> Plan(Guid person, string slug, Guid? folder, IReadOnlyCollection<Guid> ids, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var standing = await GroupStanding.Take(db, person, slug, cancel);
        if (standing.Refusal is { } refusal)
        {
            return refusal;
        }
        var group = standing.Value.Group.Id;
        var folders = await db.DocumentFolders.Where(f => f.GroupId == group).AsNoTracking().ToDictionaryAsync(f => f.Id, cancel);
        if (folder is { } top && !folders.ContainsKey(top))
        {
            return Refusal.NotFound;
        }
        var documents = await DocumentFiles.Versions(db, person)
            .Where(one => one.Document.GroupId == group && one.Version.Number == one.Document.Version && (ids.Count == 0 || ids.Contains(one.Document.Id)))
            .OrderBy(one => one.Document.Id).Take(Most + 1).ToListAsync(cancel);
        if (documents.Count > Most)
        {
            return new Refusal(RefusalCode.TooLong, "documents.archive-too-large");
        }
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var entries = documents.Select(one => (one, Path: PathOf(one.Document.FolderId, folder, folders))).Where(one => one.Path is not null)
            .Select(one => new ArchiveEntry(Free(taken, one.Path!, one.one.Document.Name), one.one.Version.Hash, one.one.Type, one.one.Version.CreatedAt)).ToList();
        return entries.Count == 0 ? Refusal.NotFound : new ArchivePlan(folder is { } named ? folders[named].Name : slug, entries);
    }

    /// <summary>Writes it; a file that is damaged breaks it off.</summary>
    public async Task Write(ArchivePlan plan, Stream output, CancellationToken cancel)
    {
        await using var archive = await ZipArchive.CreateAsync(output, ZipArchiveMode.Create, leaveOpen: true, entryNameEncoding: null, cancel);
        foreach (var one in plan.Entries)
        {
            var entry = archive.CreateEntry(one.Path, FileTypes.IsPacked(one.Type) ? CompressionLevel.NoCompression : CompressionLevel.Fastest);
            entry.LastWriteTime = one.Since;
            await using var to = await entry.OpenAsync(cancel);
            await using var from = await store.Open(one.Hash, cancel);
            await from.CopyToAsync(to, cancel);
        }
    }

    /// <summary>The folders above a document, each with its slash, from <paramref name="top"/> down; null where it does not lie beneath.</summary>
    private static string? PathOf(Guid? folder, Guid? top, Dictionary<Guid, DocumentFolder> folders)
    {
        var path = "";
        for (var depth = 0; folder != top; depth++)
        {
            if (folder is not { } id || depth > folders.Count)
            {
                return null;
            }
            path = folders[id].Name + "/" + path;
            folder = folders[id].ParentId;
        }
        return path;
    }

    private static string Free(HashSet<string> taken, string path, string name)
    {
        var free = path + name;
        for (var number = 2; !taken.Add(free); number++)
        {
            free = path + FileNames.Numbered(name, number);
        }
        return free;
    }
}

/// <summary>What a ZIP will hold.</summary>
/// <param name="Name">Of the folder, or the group's slug.</param>
public sealed record ArchivePlan(string Name, IReadOnlyList<ArchiveEntry> Entries);

/// <summary>One file in it.</summary>
public sealed record ArchiveEntry(string Path, byte[] Hash, string Type, DateTimeOffset Since);
