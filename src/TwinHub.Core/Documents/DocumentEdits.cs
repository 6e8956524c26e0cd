using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Documents.Uploads;
using TwinHub.Core.Groups;
using TwinHub.Core.Webinars.Reports;

namespace TwinHub.Core.Documents;

/// <summary>What may be changed of a document besides its bytes: what it is called, what is said of it, where it lies.</summary>
public sealed class DocumentEdits(GroupDesk desk)
{
    /// <summary>Takes what the form holds. The file's ending stays: it says how to open it.</summary>
    public Task<Outcome<Guid>> Change(Guid person, string slug, Guid id, DocumentDetailsInput input, CancellationToken cancel) =>
        desk.Change(person, db => DocumentPlaces.Groups(db, slug, id), DocumentService.What, async work =>
        {
            var document = await DocumentService.Alive(work.Db, id, cancel);
            if (document is null)
            {
                return Refusal.NotFound;
            }
            var description = LongText.Clean(input.Description, SharedDocument.MaxDescription, "description");
            if (description.Refusal is { } said)
            {
                return said.Code == RefusalCode.TooLong ? new Refusal(RefusalCode.TooLong, "documents.description-too-long", "description") : said;
            }
            if (Named(document.Name, input.Name) is not { } name)
            {
                return Refusal.Invalid("name", "documents.no-name");
            }
            if ((await DocumentWords.Fault(work, new(name, input.Folder, description.Value, input.Language)) ?? await Taken(work, document, name, input.Folder)) is { } fault)
            {
                return fault;
            }
            if (name != document.Name)
            {
                document.Rename(name, person, work.Now);
            }
            document.Described(description.Value, input.Language).Move(input.Folder);
            return id;
        }, cancel);

    /// <summary>The name as typed, with the ending it had.</summary>
    private static string? Named(string before, string? typed)
    {
        var ending = FileNames.Ending(before) is { Length: > 0 } found ? before[^(found.Length + 1)..] : "";
        if (FileNames.Typed(typed) is not { } clean)
        {
            return null;
        }
        var stem = clean.EndsWith(ending, StringComparison.OrdinalIgnoreCase) ? clean[..^ending.Length] : clean;
        return FileNames.Typed(stem, SharedDocument.MaxName - ending.Length) is { } name ? name + ending : null;
    }

    /// <summary>Whoever names a document is told that the name is taken; what is only added gets a number instead.</summary>
    private static async Task<Refusal?> Taken(GroupWork work, SharedDocument document, string name, Guid? folder)
    {
        if (name == document.Name && folder == document.FolderId)
        {
            return null;
        }
        var taken = await work.Db.Database.SqlQuery<bool>($"""
            select exists (select 1 from documents where group_id = {work.Group.Id} and folder_id is not distinct from {folder}
                and deleted_at is null and lower(name) = lower({name}) and id <> {document.Id}) as "Value"
            """).SingleAsync(work.Cancel);
        return taken ? new Refusal(RefusalCode.Conflict, "documents.name-taken", "name") : null;
    }
}

/// <summary>What is said of a document, as it is typed.</summary>
/// <param name="Folder">Null: at the top.</param>
/// <param name="Language">Null: not said.</param>
public sealed record DocumentDetailsInput(string? Name, string? Description, string? Language, Guid? Folder);
