using System.Text;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Documents.Storage;
using TwinHub.Core.Documents.Uploads;

namespace TwinHub.Core.Documents.Reading;

/// <summary>
/// Previews, for who may see what they are of: a living document of one of the person's groups; an attachment of a message there,
/// or the person's own that is not posted yet. One that shows a document follows the document.
/// </summary>
public sealed class PreviewFiles(IDbContextFactory<TwinHubDb> dbs, IDocumentStore store, ContentReader reader)
{
    public async Task<Outcome<PreviewBytes>> OfDocument(Guid person, Guid id, int number, string size, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await Find(db, Versions(db, person).Where(v => v.DocumentId == id && v.Number == number).Select(v => v.Hash), size, cancel);
    }

    public async Task<Outcome<PreviewBytes>> OfAttachment(Guid person, Guid id, string size, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var seen = DocumentFiles.Attachments(db, person).Where(a => a.Id == id);
        var shown = Versions(db, person).Where(v => seen.Any(a => a.DocumentId == v.DocumentId && a.Version == v.Number)).Select(v => v.Hash);
        return await Find(db, seen.Where(a => a.Hash != null).Select(a => a.Hash!).Concat(shown), size, cancel);
    }

    /// <summary>What a page can show of a version.</summary>
    public async Task<Outcome<VersionPreview>> Show(Guid person, Guid id, int number, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var found = await Versions(db, person).Where(v => v.DocumentId == id && v.Number == number).Join(db.FileContents, v => v.Hash, c => c.Hash, (v, c) => new
        {
            v.Hash, c.Type, c.Reading, c.Pages, c.Size,
            Document = db.Documents.Where(d => d.Id == id).Select(d => new { d.Name, Slug = db.Groups.Where(g => g.Id == d.GroupId).Select(g => g.Slug).Single() }).Single(),
            Small = db.ContentPreviews.Where(p => p.Hash == c.Hash && p.Size == ContentPreview.Small).Select(p => new ShownPicture(p.Width, p.Height)).SingleOrDefault(),
            Large = db.ContentPreviews.Where(p => p.Hash == c.Hash && p.Size == ContentPreview.Large).Select(p => new ShownPicture(p.Width, p.Height)).SingleOrDefault(),
        }).SingleOrDefaultAsync(cancel);
        if (found is null)
        {
            return Refusal.NotFound;
        }
        var text = found.Type is FileTypes.Text or FileTypes.Markdown ? await Beginning(found.Hash, cancel) : null;
        return new VersionPreview(id, number, found.Document.Name, found.Document.Slug, found.Type, found.Reading == FileContent.Waiting, found.Pages, found.Small, found.Large, text, text is not null && found.Size > VersionPreview.MostText);
    }

    /// <summary>The pages of a PDF, drawn anew. <c>unavailable</c>: that takes too long just now, or cannot be done.</summary>
    public async Task<Outcome<ShownPdf>> Pages(Guid person, Guid id, int number, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var found = await Versions(db, person).Where(v => v.DocumentId == id && v.Number == number)
            .Join(db.FileContents.Where(c => c.Type == FileTypes.Pdf && c.Pages != null), v => v.Hash, c => c.Hash, (v, c) => new { v.Hash, Name = db.Documents.Where(d => d.Id == id).Select(d => d.Name).Single() }).SingleOrDefaultAsync(cancel);
        if (found is null)
        {
            return Refusal.NotFound;
        }
        try
        {
            return await reader.Rewrite(found.Hash, cancel) is { } content ? new ShownPdf(content, found.Name) : Refusal.Unavailable;
        }
        catch (ReadingFailedException)
        {
            return Refusal.Unavailable;
        }
    }

    private static IQueryable<DocumentVersion> Versions(TwinHubDb db, Guid person) => db.DocumentVersions.Where(v => DocumentService.Visible(db, person).Any(d => d.Id == v.DocumentId));

    private static async Task<Outcome<PreviewBytes>> Find(TwinHubDb db, IQueryable<byte[]> hashes, string size, CancellationToken cancel)
    {
        var found = await db.ContentPreviews.Where(p => p.Size == size && hashes.Contains(p.Hash)).AsNoTracking().FirstOrDefaultAsync(cancel);
        return found is null ? Refusal.NotFound : new PreviewBytes(found.Bytes, found.Type, $"{ContentHash.Name(found.Hash)}-{size}");
    }

    private async Task<string> Beginning(byte[] hash, CancellationToken cancel)
    {
        await using var content = await store.Open(hash, cancel);
        var piece = new byte[VersionPreview.MostText];
        var length = await content.ReadAtLeastAsync(piece, piece.Length, throwOnEndOfStream: false, cancel);
        using var text = new StreamReader(new MemoryStream(piece, 0, length), Encoding.UTF8, detectEncodingFromByteOrderMarks: true);
        return string.Concat((await text.ReadToEndAsync(cancel)).Where(c => c is '\n' or '\t' || !char.IsControl(c))).TrimEnd('\uFFFD');
    }
}
