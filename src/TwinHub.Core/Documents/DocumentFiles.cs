using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Documents.Attachments;
using TwinHub.Core.Documents.Storage;
using TwinHub.Core.Documents.Uploads;
using TwinHub.Core.Groups;

namespace TwinHub.Core.Documents;

/// <summary>
/// The bytes of versions and attachments, for who may see them: asked anew for every file (security.md: no signed addresses).
/// What is in the bin is found by nobody.
/// </summary>
public sealed class DocumentFiles(IDbContextFactory<TwinHubDb> dbs, IDocumentStore store)
{
    /// <summary>A version of a document in one of the person's groups.</summary>
    public async Task<Outcome<OpenedFile>> Version(Guid person, Guid document, int number, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var found = await Versions(db, person).Where(one => one.Document.Id == document && one.Version.Number == number).SingleOrDefaultAsync(cancel);
        return found is null ? Refusal.NotFound : await Open(found, cancel);
    }

    /// <summary>A file of a message of one of the person's groups, or one of their own that is not posted yet.</summary>
    public async Task<Outcome<OpenedFile>> Attachment(Guid person, Guid id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var attachment = await Attachments(db, person).AsNoTracking().SingleOrDefaultAsync(a => a.Id == id, cancel);
        if (attachment is null)
        {
            return Refusal.NotFound;
        }
        if (attachment.DocumentId is { } document)
        {
            return await Version(person, document, attachment.Version!.Value, cancel);
        }
        var type = await db.FileContents.Where(c => c.Hash == attachment.Hash).Select(c => c.Type).SingleAsync(cancel);
        return new OpenedFile(await store.Open(attachment.Hash!, cancel), attachment.Name, FileTypes.Served(type), attachment.CreatedAt);
    }

    /// <summary>The versions of living documents that a person may see.</summary>
    internal static IQueryable<VisibleVersion> Versions(TwinHubDb db, Guid person) =>
        DocumentService.Visible(db, person)
            .Join(db.DocumentVersions, d => d.Id, v => v.DocumentId, (d, v) => new { d, v })
            .Join(db.FileContents, one => one.v.Hash, c => c.Hash, (one, c) => new VisibleVersion { Document = one.d, Version = one.v, Type = c.Type }).AsNoTracking();

    /// <summary>The attachments a person may see.</summary>
    internal static IQueryable<Attachment> Attachments(TwinHubDb db, Guid person) => db.Attachments.Where(a =>
        GroupService.Visible(db, person).Any(g => g.Id == a.GroupId)
        && (a.MessageId == null ? a.PersonId == person : db.Messages.Any(m => m.Id == a.MessageId && !m.Deleted)));

    private async Task<Outcome<OpenedFile>> Open(VisibleVersion found, CancellationToken cancel)
    {
        var name = found.Version.Number == found.Document.Version ? found.Document.Name : FileNames.Versioned(found.Document.Name, found.Version);
        return new OpenedFile(await store.Open(found.Version.Hash, cancel), name, FileTypes.Served(found.Type), found.Version.CreatedAt);
    }
}

/// <summary>A version with its document and what it is.</summary>
internal sealed class VisibleVersion
{
    public required SharedDocument Document { get; init; }
    public required DocumentVersion Version { get; init; }
    public required string Type { get; init; }
}
