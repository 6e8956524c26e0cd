using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Channels;
using TwinHub.Core.Data;
using TwinHub.Core.Documents.Reading;
using TwinHub.Core.Documents.Storage;
using TwinHub.Core.Documents.Uploads;
using TwinHub.Core.Groups;

namespace TwinHub.Core.Documents.Attachments;

/// <summary>Files on their way into the discussion: made of an upload or of a document, posted with a message (<see cref="ChatService"/>), or taken back.</summary>
public sealed class AttachmentService(GroupDesk desk, UploadDesk uploads, ContentRows contents, ContentReading reading, MessageReader reader)
{
    /// <summary>What changes are called in notices.</summary>
    public const string What = "attachments";

    /// <summary>Makes an attachment of an upload that has wholly arrived. Asked twice, it is made once.</summary>
    /// <param name="isReduced">It is a small picture of one whose full size may follow (<see cref="ReplaceReduced"/>).</param>
    public async Task<Outcome<MessageAttachment>> Add(Guid person, string slug, Guid upload, bool isReduced, CancellationToken cancel)
    {
        byte[]? picture = null;
        var made = await uploads.Make(person, upload, db => db.Groups.Where(g => g.Slug == slug), What, async (work, file) =>
        {
            if (await contents.Keep(work.Db, work.Group.Id, file, cancel) is { } refusal)
            {
                return refusal;
            }
            picture = FileTypes.IsPicture(file.Type) ? file.Hash : null;
            return work.Db.Attachments.Add(new Attachment(work.Group.Id, work.Actor, file, isReduced && picture is not null, work.Now)).Entity.Id;
        }, cancel);
        return await Described(made, picture, cancel);
    }

    /// <summary>Makes an attachment that shows a document of the group as it stands.</summary>
    public async Task<Outcome<MessageAttachment>> Show(Guid person, string slug, Guid document, CancellationToken cancel) =>
        await Described(await desk.Change(person, db => db.Groups.Where(g => g.Slug == slug), What, async work =>
        {
            var found = await DocumentService.Alive(work.Db, document, cancel);
            if (found is null || found.GroupId != work.Group.Id)
            {
                return Refusal.NotFound;
            }
            var version = await work.Db.DocumentVersions.AsNoTracking().SingleAsync(v => v.DocumentId == document && v.Number == found.Version, cancel);
            return work.Db.Attachments.Add(new Attachment(found, version, work.Actor, work.Now)).Entity.Id;
        }, cancel), null, cancel);

    /// <summary>Takes one's own attachment back that is not posted yet; not found once it is.</summary>
    public Task<Outcome<Guid>> Remove(Guid person, Guid id, CancellationToken cancel) =>
        desk.Change(person, db => GroupsOf(db, person, id), What, async work =>
        {
            var attachment = await work.Db.Attachments.AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancel);
            // Judged again in the deletion: it may be on its way into a message.
            if (attachment is null || await work.Db.Attachments.Where(a => a.Id == id && a.MessageId == null).ExecuteDeleteAsync(cancel) == 0)
            {
                return Refusal.NotFound;
            }
            if (attachment.Hash is not null)
            {
                await ContentRows.Release(work.Db, work.Group.Id, attachment.Size, cancel);
            }
            return id;
        }, cancel);

    /// <summary>The full-size picture takes the place of the small one that was sent first, once; the message changes for everybody.</summary>
    /// <returns>The attachment; <c>conflict</c> where nothing is to follow.</returns>
    public async Task<Outcome<MessageAttachment>> ReplaceReduced(Guid person, Guid id, Guid upload, CancellationToken cancel)
    {
        byte[]? picture = null;
        var made = await uploads.Make(person, upload, db => GroupsOf(db, person, id), What, async (work, file) =>
        {
            var attachment = await work.Db.Attachments.FromSql($"select * from attachments where id = {id} for update").SingleOrDefaultAsync(cancel);
            if (attachment is not { IsReduced: true } || !FileTypes.IsPicture(file.Type))
            {
                return attachment is null ? Refusal.NotFound : attachment.IsReduced ? Refusal.Invalid("file", "attachments.no-picture") : new Refusal(RefusalCode.Conflict);
            }
            if (await contents.Keep(work.Db, work.Group.Id, file, cancel) is { } refusal)
            {
                return refusal;
            }
            await ContentRows.Release(work.Db, work.Group.Id, attachment.Size, cancel);
            attachment.Replace(file);
            picture = file.Hash;
            return id;
        }, cancel);
        var described = await Described(made, picture, cancel);
        if (described.Refusal is null && picture is not null)
        {
            // Told once its preview is there, so that nobody's picture goes away; the sender need not wait for it.
            await Tell(person, id, CancellationToken.None);
        }
        return described;
    }

    /// <summary>What the composer shows of attachments: those of the person that are in no message yet, in the order asked for.</summary>
    public async Task<IReadOnlyList<MessageAttachment>> Unposted(Guid person, IReadOnlyList<Guid> ids, CancellationToken cancel) =>
        ids.Count == 0 ? [] : await reader.Unposted(person, [.. ids.Take(MessageAttachment.Most)], cancel);

    private Task<Outcome<Guid>> Tell(Guid person, Guid id, CancellationToken cancel) => desk.Change(person, db => GroupsOf(db, person, id), What, async work =>
    {
        if (await work.Db.Attachments.Where(a => a.Id == id).Select(a => a.MessageId).SingleAsync(cancel) is { } message)
        {
            await ChangedMessage.Move(work.Db, message, cancel);
        }
        return id;
    }, cancel);

    /// <summary>A picture waits a few seconds until its preview is there.</summary>
    private async Task<Outcome<MessageAttachment>> Described(Outcome<Guid> made, byte[]? picture, CancellationToken cancel)
    {
        if (made.Refusal is { } refusal)
        {
            return refusal;
        }
        if (picture is not null)
        {
            await reading.ReadNow(picture, cancel);
        }
        return await reader.Attachment(made.Value, cancel) is { } attachment ? attachment : Refusal.NotFound;
    }

    private static IQueryable<TwinningGroup> GroupsOf(TwinHubDb db, Guid person, Guid attachment) =>
        db.Groups.Where(g => db.Attachments.Any(a => a.Id == attachment && a.PersonId == person && a.GroupId == g.Id));
}
