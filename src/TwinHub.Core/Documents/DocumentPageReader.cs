using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Channels;
using TwinHub.Core.Data;
using TwinHub.Core.Documents.Storage;
using TwinHub.Core.Groups;

namespace TwinHub.Core.Documents;

/// <summary>One document with what stands round it: a fixed number of queries, and lists that end.</summary>
public sealed class DocumentPageReader(IDbContextFactory<TwinHubDb> dbs)
{
    public const int MostVersions = 50, MostComments = 200;

    /// <summary>Most names of who has seen it: more than a group has members.</summary>
    private const int MostSeen = 200;

    private const int MostMentions = 20;

    /// <summary>The document, unless it is in the bin.</summary>
    /// <param name="before">Only versions older than this one; null: from the newest on.</param>
    public async Task<Outcome<DocumentDetails>> Find(Guid person, string slug, Guid id, int? before, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var standing = await GroupStanding.Find(db, person, DocumentPlaces.Groups(db, slug, id), cancel);
        if (standing.Refusal is { } refusal)
        {
            return refusal;
        }
        var document = await db.Documents.AsNoTracking().SingleOrDefaultAsync(d => d.Id == id && d.DeletedAt == null, cancel);
        if (document is null)
        {
            return new Refusal(RefusalCode.Closed, "documents.in-bin");
        }
        var changedBy = await db.People.Where(p => p.Id == document.ChangedBy).Select(p => p.Name).SingleAsync(cancel);
        return new DocumentDetails(standing.Value, document, changedBy, await FolderTree.Of(db, document.GroupId, cancel), await Preview(db, document, cancel),
            await Versions(db, id, before).ToListAsync(cancel), await Comments(db, standing.Value, person, id, cancel), await Seen(db, id).ToListAsync(cancel), await Mentions(db, id).ToListAsync(cancel));
    }

    private static async Task<FilePreview> Preview(TwinHubDb db, SharedDocument document, CancellationToken cancel)
    {
        var content = await db.FileContents.Where(c => c.Hash == document.Hash).Select(c => new { c.Type, c.Size, c.Pages }).SingleAsync(cancel);
        var pictures = await db.ContentPreviews.Where(p => p.Hash == document.Hash).Select(p => new { p.Size, p.Width, p.Height }).ToListAsync(cancel);
        PictureSize? Of(string size) => pictures.Find(one => one.Size == size) is { } one ? new(one.Width, one.Height) : null;
        return new(document.Id, document.Version, document.Name, content.Type, content.Size, content.Pages, Of(ContentPreview.Small), Of(ContentPreview.Large));
    }

    private static IQueryable<VersionView> Versions(TwinHubDb db, Guid id, int? before) => db.DocumentVersions.Where(v => v.DocumentId == id && (before == null || v.Number < before))
        .Join(db.People, v => v.PersonId, p => p.Id, (v, p) => new { v, p.Name }).OrderByDescending(one => one.v.Number).Take(MostVersions)
        .Select(one => new VersionView(one.v.Number, one.v.FileName, one.v.Size, one.Name, one.v.OrganisationId, one.v.CreatedAt, one.v.RestoredFrom));

    private static async Task<IReadOnlyList<CommentView>> Comments(TwinHubDb db, GroupStanding standing, Guid person, Guid id, CancellationToken cancel)
    {
        var rows = await db.DocumentComments.Where(c => c.DocumentId == id && c.DeletedAt == null)
            .Join(db.People, c => c.PersonId, p => p.Id, (c, p) => new { Comment = c, p.Name })
            .OrderByDescending(one => one.Comment.CreatedAt).ThenByDescending(one => one.Comment.Id).Take(MostComments).AsNoTracking().ToListAsync(cancel);
        return [.. rows.AsEnumerable().Reverse().Select(one => new CommentView(one.Comment.Id, one.Comment.Version, one.Name, one.Comment.OrganisationId, one.Comment.Body, one.Comment.CreatedAt,
            standing.MayWrite && (standing.Facilitates || one.Comment.PersonId == person)))];
    }

    private static IQueryable<SeenBy> Seen(TwinHubDb db, Guid id) => db.DocumentViews.Where(v => v.DocumentId == id)
        .Join(db.People, v => v.PersonId, p => p.Id, (v, p) => new { v, p.Name }).OrderByDescending(one => one.v.SeenAt).ThenBy(one => one.v.PersonId).Take(MostSeen)
        .Select(one => new SeenBy(one.v.PersonId, one.Name, one.v.Version, one.v.SeenAt));

    private static IQueryable<Mention> Mentions(TwinHubDb db, Guid id) => db.Set<Message>()
        .Where(m => !m.Deleted && db.Attachments.Any(a => a.DocumentId == id && a.MessageId == m.Id))
        .Join(db.People, m => m.AuthorId, p => p.Id, (m, p) => new { m.Id, m.Posted, p.Name, m.SentAt }).OrderByDescending(one => one.SentAt).Take(MostMentions)
        .Select(one => new Mention(one.Id, one.Posted, one.Name, one.SentAt));
}
