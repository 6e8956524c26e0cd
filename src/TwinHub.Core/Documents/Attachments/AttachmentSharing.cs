using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Channels;
using TwinHub.Core.Data;
using TwinHub.Core.Documents.Storage;
using TwinHub.Core.Groups;

namespace TwinHub.Core.Documents.Attachments;

/// <summary><em>Share to the group</em>: what was sent with a message becomes a document, and the message shows that it is one.</summary>
public sealed class AttachmentSharing(GroupDesk desk, DocumentService documents, IDbContextFactory<TwinHubDb> dbs)
{
    /// <summary>A file of the discussion and the document that was made of it.</summary>
    public async Task<Outcome<SharedAttachment>> Find(Guid person, string slug, Guid id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var standing = await GroupStanding.Take(db, person, slug, cancel);
        if (standing.Refusal is { } refusal)
        {
            return refusal;
        }
        var group = standing.Value.Group.Id;
        var attachment = await Posted(db, group).AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancel);
        return attachment is null ? Refusal.NotFound : new SharedAttachment(attachment, await Made(db, id, cancel), standing.Value.MayWrite,
            await db.DocumentFolders.Where(f => f.GroupId == group).AsNoTracking().ToListAsync(cancel));
    }

    /// <summary>A document that is to be shown in the discussion of its group.</summary>
    public async Task<Outcome<SharedDocument>> FindDocument(Guid person, string slug, Guid id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var standing = await GroupStanding.Take(db, person, slug, cancel);
        var document = standing.Refusal is null ? await DocumentService.Alive(db, id, cancel) : null;
        return document is not null && document.GroupId == standing.Value.Group.Id ? document : Refusal.NotFound;
    }

    /// <summary>Makes a document of the file. Asked twice, it is made once.</summary>
    /// <returns>The document.</returns>
    public Task<Outcome<Guid>> Share(Guid person, string slug, Guid id, Guid? folder, CancellationToken cancel) =>
        desk.Change(person, db => db.Groups.Where(g => g.Slug == slug), DocumentService.What, async work =>
        {
            var found = await Posted(work.Db, work.Group.Id).AsNoTracking().Where(a => a.Id == id)
                .Join(work.Db.FileContents, a => a.Hash, c => c.Hash, (a, c) => new { a.MessageId, File = new StoredFile(c.Hash, a.Size, c.Type, a.Name) }).SingleOrDefaultAsync(cancel);
            if (found is null)
            {
                return Refusal.NotFound;
            }
            if (await Made(work.Db, id, cancel) is { } made)
            {
                return made;
            }
            var document = await documents.Make(work, found.File, new(Folder: folder, Attachment: id));
            if (document.Refusal is null)
            {
                await ChangedMessage.Move(work.Db, found.MessageId!.Value, cancel);
            }
            return document;
        }, cancel);

    /// <summary>Files that came with a message; a document that is shown is one already.</summary>
    private static IQueryable<Attachment> Posted(TwinHubDb db, Guid group) =>
        db.Attachments.Where(a => a.GroupId == group && a.Hash != null && db.Messages.Any(m => m.Id == a.MessageId && !m.Deleted));

    private static Task<Guid?> Made(TwinHubDb db, Guid attachment, CancellationToken cancel) =>
        db.Documents.Where(d => d.AttachmentId == attachment && d.DeletedAt == null).OrderBy(d => d.Id).Select(d => (Guid?)d.Id).FirstOrDefaultAsync(cancel);
}

/// <summary>A file of the discussion, as it may be shared.</summary>
/// <param name="Document">What was made of it; null: nothing yet.</param>
public sealed record SharedAttachment(Attachment Attachment, Guid? Document, bool MayShare, IReadOnlyList<DocumentFolder> Folders);
