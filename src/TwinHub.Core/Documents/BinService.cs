using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Documents.Storage;
using TwinHub.Core.Groups;

namespace TwinHub.Core.Documents;

/// <summary>The bin: a deleted document waits there with all its versions, and may come back until its days are over.</summary>
public sealed class BinService(GroupDesk desk)
{
    /// <summary>Puts a document into the bin. Deleted twice is deleted once.</summary>
    public Task<Outcome<Guid>> Delete(Guid person, string slug, Guid id, CancellationToken cancel) => Change(person, slug, id, (work, document) =>
    {
        if (document.DeletedAt is null)
        {
            document.Delete(person, work.Now);
        }
        return Task.FromResult<Outcome<Guid>>(id);
    }, cancel);

    /// <summary>Takes a document out again; a name that was taken meanwhile gets a number.</summary>
    public Task<Outcome<Guid>> Restore(Guid person, string slug, Guid id, CancellationToken cancel) => Change(person, slug, id, async (work, document) =>
    {
        if (document.DeletedAt is not null)
        {
            document.Restore();
            var name = await DocumentService.FreeName(work, document.FolderId, document.Name);
            if (name != document.Name)
            {
                document.Rename(name, person, work.Now);
            }
        }
        return id;
    }, cancel);

    /// <summary>Removes a document of the bin for good: whoever put it there may, and the network's facilitators.</summary>
    public Task<Outcome<Guid>> Remove(Guid person, string slug, Guid id, CancellationToken cancel) => Change(person, slug, id, async (work, document) =>
    {
        if (document.DeletedAt is null)
        {
            return new Refusal(RefusalCode.Conflict, "documents.not-in-bin");
        }
        if (!work.Standing.Facilitates && document.DeletedBy != person)
        {
            return Refusal.NotAllowed;
        }
        await Erase(work.Db, document, cancel);
        return id;
    }, cancel);

    /// <summary>Takes a document away with all that hangs on it, and its bytes off the group's count; the bytes themselves go with the next sweep.</summary>
    internal static async Task Erase(TwinHubDb db, SharedDocument document, CancellationToken cancel)
    {
        var bytes = await db.DocumentVersions.Where(v => v.DocumentId == document.Id).SumAsync(v => v.Size, cancel);
        await ContentRows.Release(db, document.GroupId, bytes, cancel);
        db.Documents.Remove(document);
    }

    private Task<Outcome<Guid>> Change(Guid person, string slug, Guid id, Func<GroupWork, SharedDocument, Task<Outcome<Guid>>> change, CancellationToken cancel) =>
        desk.Change(person, db => DocumentPlaces.Groups(db, slug, id), DocumentService.What,
            async work => await work.Db.Documents.SingleOrDefaultAsync(d => d.Id == id, cancel) is { } document ? await change(work, document) : Refusal.NotFound, cancel);
}
