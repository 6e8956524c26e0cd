using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Groups;
using TwinHub.Core.Webinars.Reports;

namespace TwinHub.Core.Documents;

/// <summary>What members say of a document, beside it. Each may take back their own; facilitators any.</summary>
public sealed class CommentService(GroupDesk desk)
{
    /// <summary>Writes a comment on the newest version. The same id again is the same comment.</summary>
    /// <param name="comment">Made with the form.</param>
    public Task<Outcome<Guid>> Write(Guid person, string slug, Guid id, Guid comment, string? body, CancellationToken cancel) => Change(person, slug, id, async work =>
    {
        var document = await DocumentService.Alive(work.Db, id, cancel);
        if (document is null)
        {
            return Refusal.NotFound;
        }
        if (await work.Db.DocumentComments.AsNoTracking().SingleOrDefaultAsync(c => c.Id == comment, cancel) is { } known)
        {
            return known.DocumentId == id && known.PersonId == person ? comment : Refusal.NotFound;
        }
        var clean = LongText.Clean(body, DocumentComment.MaxBody, "body");
        if (clean.Refusal is not null || clean.Value.Length == 0)
        {
            return clean.Refusal is null ? Refusal.Invalid("body", "documents.comment-empty")
                : clean.Refusal.Code == RefusalCode.TooLong ? new Refusal(RefusalCode.TooLong, "documents.comment-too-long", "body") : clean.Refusal;
        }
        work.Db.DocumentComments.Add(new(comment, document, person, work.Standing.OrganisationId, clean.Value, work.Now));
        return comment;
    }, cancel);

    /// <summary>Takes a comment back. Twice is once.</summary>
    public Task<Outcome<Guid>> TakeBack(Guid person, string slug, Guid id, Guid comment, CancellationToken cancel) => Change(person, slug, id, async work =>
    {
        var found = await work.Db.DocumentComments.SingleOrDefaultAsync(c => c.Id == comment && c.DocumentId == id, cancel);
        if (found is null || (found.PersonId != person && !work.Standing.Facilitates))
        {
            return found is null ? Refusal.NotFound : Refusal.NotAllowed;
        }
        found.Delete(work.Now);
        return comment;
    }, cancel);

    private Task<Outcome<Guid>> Change(Guid person, string slug, Guid id, Func<GroupWork, Task<Outcome<Guid>>> change, CancellationToken cancel) =>
        desk.Change(person, db => DocumentPlaces.Groups(db, slug, id), DocumentService.What, change, cancel);
}
