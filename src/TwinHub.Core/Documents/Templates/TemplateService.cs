using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Documents.Storage;
using TwinHub.Core.Documents.Uploads;
using TwinHub.Core.Groups;
using TwinHub.Core.Text;

namespace TwinHub.Core.Documents.Templates;

/// <summary>Makes a template into a document of a group, in one step.</summary>
public sealed class TemplateService(IDbContextFactory<TwinHubDb> dbs, GroupDesk desk, DocumentService documents, TemplatePress press, HubClock clock)
{
    /// <summary>What a group can choose from; not found, not allowed or closed for who cannot add documents there.</summary>
    public async Task<Outcome<TemplateChoice>> Choose(Guid person, string slug, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var standing = await GroupStanding.TakeToWrite(db, person, slug, cancel);
        if (standing.Refusal is { } refusal)
        {
            return refusal;
        }
        var group = standing.Value.Group.Id;
        return new TemplateChoice(await TemplateReader.Kinds(db, standing.Value.Network.Id, cancel), await db.DocumentFolders.Where(f => f.GroupId == group).OrderBy(f => f.Name).AsNoTracking().ToListAsync(cancel));
    }

    /// <summary>The document that a template became. The same id again is the same document.</summary>
    public async Task<Outcome<Guid>> Make(Guid person, string slug, TemplateInput input, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var standing = await GroupStanding.TakeToWrite(db, person, slug, cancel);
        if (standing.Refusal is { } refusal)
        {
            return refusal;
        }
        if (await Made(db, input.Id, standing.Value.Group.Id, cancel) is { } before)
        {
            return before;
        }
        var file = await FileOf(db, person, standing.Value, input, cancel);
        return file.Refusal is { } fault ? fault : await desk.Change(person, all => all.Groups.Where(g => g.Slug == slug), DocumentService.What, async work =>
            await Made(work.Db, input.Id, work.Group.Id, work.Cancel)
            ?? await documents.Make(work, file.Value, new NewDocument(file.Value.Name, input.Folder, Language: input.Language, Id: input.Id)), cancel);
    }

    private async Task<Outcome<StoredFile>> FileOf(TwinHubDb db, Guid person, GroupStanding standing, TemplateInput input, CancellationToken cancel)
    {
        var kind = (await TemplateReader.Kinds(db, standing.Network.Id, cancel)).Find(one => one.Kind == input.Kind);
        if (kind is null || !Languages.IsKnown(input.Language) || !kind.Has(input.Language))
        {
            return kind is null ? Refusal.Invalid("kind", "templates.choose") : Refusal.Invalid("language", "templates.other-language");
        }
        var today = standing.Day(clock.GetUtcNow());
        var name = FileName(input.Name, kind, input.Language, today);
        if (name is null || name.Length > SharedDocument.MaxName)
        {
            return Refusal.Invalid("name", "documents.no-name");
        }
        if (kind.Own.TryGetValue(input.Language, out var own))
        {
            return new StoredFile(own.Hash, own.Size, FileTypes.Word, name);
        }
        var view = (await GroupService.Views(db, [standing.Group], cancel))[0];
        var maker = await db.People.Where(p => p.Id == person).Select(p => p.Name).SingleAsync(cancel);
        return await press.Print(kind.BuiltIn!, TemplateFacts.Of(view, input.Language, today, maker), name, null, cancel);
    }

    /// <summary>As it was typed, else by the template and the day; always a Word file's.</summary>
    private static string? FileName(string? typed, TemplateKind kind, string language, DateOnly today)
    {
        var name = FileNames.Clean(string.IsNullOrWhiteSpace(typed) ? $"{kind.Name(language)} – {Texts.Shared.For(language).ShortDate(today)}" : typed);
        return name is null || FileNames.Ending(name) == "docx" ? name : FileNames.Clean(name + ".docx");
    }

    /// <summary>What the form's first press made; null: nothing yet.</summary>
    private static async Task<Outcome<Guid>?> Made(TwinHubDb db, Guid id, Guid group, CancellationToken cancel)
    {
        var owner = await db.Documents.Where(d => d.Id == id).Select(d => (Guid?)d.GroupId).SingleOrDefaultAsync(cancel);
        return owner is null ? null : owner == group ? id : Refusal.NotFound;
    }
}

/// <summary>What a group makes of a template.</summary>
/// <param name="Id">Made with the form, and the document's.</param>
/// <param name="Name">Empty: by the template and the day.</param>
/// <param name="Folder">Null: at the top.</param>
public sealed record TemplateInput(Guid Id, string? Kind, string Language, string? Name, Guid? Folder);

/// <summary>What there is to choose from.</summary>
public sealed record TemplateChoice(IReadOnlyList<TemplateKind> Kinds, IReadOnlyList<DocumentFolder> Folders);
