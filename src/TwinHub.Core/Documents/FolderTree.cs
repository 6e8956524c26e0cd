using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;

namespace TwinHub.Core.Documents;

/// <summary>All folders of one group, read in one query: there are at most <see cref="FolderService.MostFolders"/>.</summary>
public sealed class FolderTree
{
    private readonly Dictionary<Guid, DocumentFolder> _folders;

    private FolderTree(IEnumerable<DocumentFolder> folders) => _folders = folders.ToDictionary(folder => folder.Id);

    internal static async Task<FolderTree> Of(TwinHubDb db, Guid group, CancellationToken cancel) =>
        new(await db.DocumentFolders.Where(f => f.GroupId == group).AsNoTracking().ToListAsync(cancel));

    public int Count => _folders.Count;

    public DocumentFolder? Find(Guid? id) => id is { } one ? _folders.GetValueOrDefault(one) : null;

    /// <summary>From the top down to a folder, itself the last; empty at the top.</summary>
    public IReadOnlyList<DocumentFolder> Path(Guid? folder)
    {
        var path = new List<DocumentFolder>();
        for (var at = Find(folder); at is not null && path.Count <= _folders.Count; at = Find(at.ParentId))
        {
            path.Insert(0, at);
        }
        return path;
    }

    /// <summary>What lies directly in a folder; null: at the top.</summary>
    public IReadOnlyList<DocumentFolder> In(Guid? folder) => [.. _folders.Values.Where(one => one.ParentId == folder)];

    /// <summary>Every folder as it is called from the top on (<c>Visits / Spring</c>), in that order; without one and what lies in it.</summary>
    public IReadOnlyList<(Guid Id, string Path)> Places(Guid? without = null) =>
        [.. _folders.Values.Select(one => Path(one.Id)).Where(path => !path.Any(one => one.Id == without))
            .Select(path => (path[^1].Id, string.Join(" / ", path.Select(one => one.Name)))).OrderBy(place => place.Item2, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Whether a folder is another or lies somewhere in it.</summary>
    public bool IsWithin(Guid? folder, Guid other) => Path(folder).Any(one => one.Id == other);
}
