using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Documents.Uploads;
using TwinHub.Core.Groups;

namespace TwinHub.Core.Documents;

/// <summary>Folders of a group: two of one name never lie in one place, none lies in itself, and only an empty one is removed.</summary>
public sealed class FolderService(GroupDesk desk)
{
    /// <summary>Folders a group may have: all of them are read at once.</summary>
    public const int MostFolders = 500;

    /// <summary>Makes a folder. The same id again is the same folder.</summary>
    /// <param name="id">Made with the form.</param>
    /// <param name="parent">Null: at the top.</param>
    public Task<Outcome<Guid>> Make(Guid person, string slug, Guid id, string? name, Guid? parent, CancellationToken cancel) => Change(person, slug, async work =>
    {
        if (await work.Db.DocumentFolders.FindAsync([id], cancel) is { } known)
        {
            return known.GroupId == work.Group.Id ? id : Refusal.NotFound;
        }
        var tree = await FolderTree.Of(work.Db, work.Group.Id, cancel);
        var clean = await Named(work, tree, null, name, parent);
        if (clean.Refusal is { } refusal)
        {
            return refusal;
        }
        if (tree.Count >= MostFolders)
        {
            return Refusal.Invalid("name", "documents.too-many-folders");
        }
        work.Db.DocumentFolders.Add(new(work.Group.Id, parent, clean.Value, person, work.Now, id));
        return id;
    }, cancel);

    /// <summary>Another name or another place, or both.</summary>
    public Task<Outcome<Guid>> Change(Guid person, string slug, Guid id, string? name, Guid? parent, CancellationToken cancel) => Change(person, slug, async work =>
    {
        var folder = await Own(work, id);
        if (folder is null)
        {
            return Refusal.NotFound;
        }
        var tree = await FolderTree.Of(work.Db, work.Group.Id, cancel);
        if (tree.IsWithin(parent, id))
        {
            return Refusal.Invalid("folder", "documents.folder-in-itself");
        }
        var clean = await Named(work, tree, id, name, parent);
        if (clean.Refusal is { } refusal)
        {
            return refusal;
        }
        folder.Rename(clean.Value);
        folder.Move(parent);
        return id;
    }, cancel);

    /// <summary>Removes an empty folder; what lies in the bin comes back one level higher.</summary>
    /// <returns>The folder in which it lay; an empty id: the top.</returns>
    public Task<Outcome<Guid>> Remove(Guid person, string slug, Guid id, CancellationToken cancel) => Change(person, slug, async work =>
    {
        var folder = await Own(work, id);
        if (folder is null)
        {
            return Refusal.NotFound;
        }
        if (await work.Db.DocumentFolders.AnyAsync(f => f.ParentId == id, cancel) || await work.Db.Documents.AnyAsync(d => d.FolderId == id && d.DeletedAt == null, cancel))
        {
            return new Refusal(RefusalCode.Conflict, "documents.folder-not-empty", "folder");
        }
        await work.Db.Documents.Where(d => d.FolderId == id).ExecuteUpdateAsync(set => set.SetProperty(d => d.FolderId, folder.ParentId), cancel);
        work.Db.DocumentFolders.Remove(folder);
        return folder.ParentId ?? Guid.Empty;
    }, cancel);

    private Task<Outcome<Guid>> Change(Guid person, string slug, Func<GroupWork, Task<Outcome<Guid>>> change, CancellationToken cancel) =>
        desk.Change(person, db => db.Groups.Where(g => g.Slug == slug), DocumentService.What, change, cancel);

    private static Task<DocumentFolder?> Own(GroupWork work, Guid id) => work.Db.DocumentFolders.SingleOrDefaultAsync(f => f.Id == id && f.GroupId == work.Group.Id, work.Cancel);

    /// <summary>The name, clean, where it is free and the place is one of this group.</summary>
    private static async Task<Outcome<string>> Named(GroupWork work, FolderTree tree, Guid? self, string? name, Guid? parent)
    {
        if (FileNames.Typed(name, DocumentFolder.MaxName) is not { } clean)
        {
            return Refusal.Invalid("name", "documents.folder-no-name");
        }
        if (parent is not null && tree.Find(parent) is null)
        {
            return Refusal.Invalid("folder", "documents.folder-gone");
        }
        // Small letters are the database's matter, as in its index.
        var taken = await work.Db.Database.SqlQuery<bool>($"""
            select exists (select 1 from document_folders where group_id = {work.Group.Id} and parent_id is not distinct from {parent}
                and lower(name) = lower({clean}) and id is distinct from {self}) as "Value"
            """).SingleAsync(work.Cancel);
        return taken ? new Refusal(RefusalCode.Conflict, "documents.folder-exists", "name") : clean;
    }
}
