using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Documents.Storage;
using TwinHub.Core.Documents.Uploads;
using TwinHub.Core.Groups;
using TwinHub.Core.Live;

namespace TwinHub.Core.Documents;

/// <summary>
/// Documents and their versions. Members who may write and the network's facilitators add them; nothing is ever overwritten:
/// two who send a new version at once make two versions.
/// </summary>
public sealed class DocumentService(GroupDesk desk, UploadDesk uploads, ContentRows contents)
{
    /// <summary>What changes are called in notices.</summary>
    public const string What = "documents";

    /// <summary>Makes a document of an upload that has wholly arrived. Asked twice, it is made once.</summary>
    /// <returns>The document.</returns>
    public Task<Outcome<Guid>> Add(Guid person, string slug, Guid upload, NewDocument input, CancellationToken cancel) =>
        uploads.Make(person, upload, db => db.Groups.Where(g => g.Slug == slug), What, (work, file) => Make(work, file, input), cancel);

    /// <summary>Adds a version to a document. Asked twice, it is added once.</summary>
    public Task<Outcome<Guid>> AddVersion(Guid person, Guid id, Guid upload, CancellationToken cancel) =>
        uploads.Make(person, upload, db => GroupsOf(db, id), What, async (work, file) =>
        {
            var document = await Alive(work.Db, id, cancel);
            return document is null ? Refusal.NotFound : await Renew(work, document, file, null);
        }, cancel);

    /// <summary>Makes an older version the newest again, as one more version.</summary>
    public Task<Outcome<Guid>> RestoreVersion(Guid person, Guid id, int number, CancellationToken cancel) =>
        desk.Change(person, db => GroupsOf(db, id), What, async work =>
        {
            var document = await Alive(work.Db, id, cancel);
            var old = await work.Db.DocumentVersions.AsNoTracking().Where(v => v.DocumentId == id && v.Number == number)
                .Join(work.Db.FileContents, v => v.Hash, c => c.Hash, (v, c) => new { File = new StoredFile(v.Hash, v.Size, c.Type, v.FileName) }).SingleOrDefaultAsync(cancel);
            if (document is null || old is null)
            {
                return Refusal.NotFound;
            }
            // Asked twice, the second finds these very bytes on top.
            return document.Hash.AsSpan().SequenceEqual(old.File.Hash) ? document.Id : await Renew(work, document, old.File, number);
        }, cancel);

    /// <summary>Makes a document of bytes that are in the store already, as those of an attachment are.</summary>
    internal async Task<Outcome<Guid>> Make(GroupWork work, StoredFile file, NewDocument input)
    {
        if (await DocumentWords.Fault(work, input) is { } fault)
        {
            return fault;
        }
        var name = await FreeName(work, input.Folder, FileNames.Clean(input.Name) ?? file.Name);
        var document = new SharedDocument(work.Group.Id, input.Folder, name, file.Hash, work.Actor, work.Now, input.Id);
        return await Write(work, document.Described(input.Description?.Trim() ?? "", input.Language).From(input.Attachment), file);
    }

    /// <summary>The document, unless it is in the bin.</summary>
    internal static Task<SharedDocument?> Alive(TwinHubDb db, Guid id, CancellationToken cancel) => db.Documents.SingleOrDefaultAsync(d => d.Id == id && d.DeletedAt == null, cancel);

    /// <summary>The documents a person sees that are in no bin.</summary>
    internal static IQueryable<SharedDocument> Visible(TwinHubDb db, Guid person) =>
        db.Documents.Where(d => d.DeletedAt == null && GroupService.Visible(db, person).Any(g => g.Id == d.GroupId));

    internal static IQueryable<TwinningGroup> GroupsOf(TwinHubDb db, Guid document) => db.Groups.Where(g => db.Documents.Any(d => d.Id == document && d.GroupId == g.Id));

    private Task<Outcome<Guid>> Renew(GroupWork work, SharedDocument document, StoredFile file, int? restored)
    {
        document.Renew(file.Hash, work.Actor, work.Now);
        if (FileNames.Ending(document.Name) != FileNames.Ending(file.Name))
        {
            // A draft in Word whose next version is a PDF must open as one.
            document.Rename(FileNames.WithEnding(Path.GetFileNameWithoutExtension(document.Name), file.Name), work.Actor, work.Now);
        }
        return Write(work, document, file, restored);
    }

    /// <summary>The bytes' row first, then the document's, its version's, and what the discussion is told.</summary>
    private async Task<Outcome<Guid>> Write(GroupWork work, SharedDocument document, StoredFile file, int? restored = null)
    {
        if (await contents.Keep(work.Db, document.GroupId, file, work.Cancel) is { } refusal)
        {
            return refusal;
        }
        if (document.Version == 1)
        {
            work.Db.Documents.Add(document);
        }
        work.Db.DocumentVersions.Add(new(document, file, work.Actor, work.Standing.OrganisationId, work.Now, restored));
        if (document.Version > 1 || document.AttachmentId is null)
        {
            // What is made from a file of the discussion stands there already.
            work.Db.DocumentNews.Add(new(document, work.Now));
            await work.Db.Tell(new(Notice.DocumentNews, ""), work.Cancel);
        }
        return document.Id;
    }

    /// <summary>Two files of one name in one folder are told apart by a number.</summary>
    internal static async Task<string> FreeName(GroupWork work, Guid? folder, string name)
    {
        var stem = Path.GetFileNameWithoutExtension(name);
        var taken = (await work.Db.Database.SqlQuery<string>($"""
            select name as "Value" from documents
            where group_id = {work.Group.Id} and folder_id is not distinct from {folder} and deleted_at is null and starts_with(lower(name), lower(left({stem}, 150)))
            """).ToListAsync(work.Cancel)).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return !taken.Contains(name) ? name
            : Enumerable.Range(2, taken.Count + 1).Select(number => FileNames.Numbered(name, number)).First(free => !taken.Contains(free));
    }
}

/// <summary>What a document is to be.</summary>
/// <param name="Name">Null: as the file is called.</param>
/// <param name="Folder">Null: at the top.</param>
/// <param name="Language">In which it is written; null: not said.</param>
/// <param name="Attachment">What it is made from.</param>
/// <param name="Id">Made with a form; null: a new one.</param>
public sealed record NewDocument(string? Name = null, Guid? Folder = null, string? Description = null, string? Language = null, Guid? Attachment = null, Guid? Id = null);
