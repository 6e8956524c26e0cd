using System.Text;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data.Histories;
using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Attachments;
using TwinHub.Core.Documents.Storage;
using TwinHub.Core.Documents.Templates;
using TwinHub.Core.Documents.Uploads;
using TwinHub.Core.Groups;

namespace TwinHub.Core.Data;

/// <summary>
/// What some of the demo's groups have shared: folders, documents made from templates, notes, pictures; their versions, comments
/// and who has seen them; files with messages. Loaded after the history, as it stands in Data/Demo/documents.
/// </summary>
public sealed class DemoDocuments(IDbContextFactory<TwinHubDb> dbs, DemoFileStore files, ContentRows contents, HubClock clock)
{
    public async Task Load(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        foreach (var scene in await Scenes.Read(db, clock.GetUtcNow(), cancel))
        {
            if (DemoShelf.Of(scene.Group.Slug) is { } shelf)
            {
                await Load(db, scene, shelf, cancel);
            }
        }
        await transaction.CommitAsync(cancel);
    }

    private async Task Load(TwinHubDb db, Scene scene, DemoShelf shelf, CancellationToken cancel)
    {
        var view = (await GroupService.Views(db, [scene.Group], cancel))[0];
        List<DocumentFolder> folders = [.. shelf.Folders.Select(one => new DocumentFolder(scene.Group.Id, null, one.Name, scene.By(one.By, one.Name).Person.Id, At(scene, one.By, one.Ago, one.Name)))];
        db.DocumentFolders.AddRange(folders);
        var documents = new List<(SharedDocument Document, DocumentVersion Newest)>();
        foreach (var one in shelf.Documents)
        {
            documents.Add(await Add(db, scene, view, one, one.Folder is { } place ? folders[place].Id : null, cancel));
        }
        await db.SaveChangesAsync(cancel);
        for (var place = 0; place < documents.Count; place++)
        {
            await See(db, scene, shelf.Documents[place], documents[place].Document, cancel);
        }
        foreach (var one in shelf.Attached)
        {
            await Attach(db, scene, one, one.Document is { } document ? documents[document] : null, cancel);
        }
    }

    private async Task<(SharedDocument, DocumentVersion)> Add(TwinHubDb db, Scene scene, GroupView view, DemoDocument one, Guid? folder, CancellationToken cancel)
    {
        SharedDocument? document = null;
        DocumentVersion? version = null;
        foreach (var state in one.Versions)
        {
            var (actor, at) = (scene.By(state.By, one.Name), At(scene, state.By, state.Ago, one.Name));
            var file = await files.Make(view, one, state, actor.Person.Name, at, cancel);
            _ = await contents.Keep(db, scene.Group.Id, file, cancel);
            if (document is null)
            {
                document = new SharedDocument(scene.Group.Id, folder, one.Name, file.Hash, actor.Person.Id, at).Described(one.Description ?? "", one.Language);
            }
            else
            {
                document.Renew(file.Hash, actor.Person.Id, at);
            }
            version = new(document, file, actor.Person.Id, actor.Organisation, at);
            db.DocumentVersions.Add(version);
            db.DocumentComments.AddRange(one.SaidOf(state).Select(said => Comment(scene, document, said)));
        }
        if (one.Deleted is { } gone)
        {
            document!.Delete(scene.By(gone.By, one.Name).Person.Id, At(scene, gone.By, gone.Ago, one.Name));
        }
        db.Documents.Add(document!);
        return (document!, version!);
    }

    /// <summary>Of the newest version so far, and after it.</summary>
    private static DocumentComment Comment(Scene scene, SharedDocument document, DemoComment said)
    {
        var (actor, at, earliest) = (scene.By(said.By, said.Body), At(scene, said.By, said.Ago, said.Body), scene.Past(document.ChangedAt.AddMinutes(12)));
        return new(Guid.CreateVersion7(), document, actor.Person.Id, actor.Organisation, said.Body, at > earliest ? at : earliest);
    }

    private static async Task See(TwinHubDb db, Scene scene, DemoDocument one, SharedDocument document, CancellationToken cancel)
    {
        foreach (var who in one.Seen)
        {
            var (person, at) = (scene.By(who, one.Name).Person.Id, scene.Past(document.ChangedAt.AddMinutes(20 + Scene.Number(who + one.Name) % 2_000)));
            await db.Database.ExecuteSqlAsync($"insert into document_views (document_id, person_id, version, seen_at) values ({document.Id}, {person}, {document.Version}, {at})", cancel);
        }
    }

    /// <summary>A file with a message that stands there already.</summary>
    private async Task Attach(TwinHubDb db, Scene scene, DemoAttachment one, (SharedDocument Document, DocumentVersion Newest)? shown, CancellationToken cancel)
    {
        var message = scene.Talk[one.Message];
        var attachment = shown is { } known ? new Attachment(known.Document, known.Newest, message.Author, message.At) : await Own(db, scene, one, message, cancel);
        db.Attachments.Add(attachment);
        await db.SaveChangesAsync(cancel);
        await db.Database.ExecuteSqlAsync($"update attachments set message_id = {message.Id} where id = {attachment.Id}", cancel);
        await db.Database.ExecuteSqlAsync($"update messages set attachments = attachments + 1 where id = {message.Id}", cancel);
    }

    private async Task<Attachment> Own(TwinHubDb db, Scene scene, DemoAttachment one, Said message, CancellationToken cancel)
    {
        var file = await files.Take(one.File!, one.Name ?? one.File!, cancel);
        _ = await contents.Keep(db, scene.Group.Id, file, cancel);
        return new(scene.Group.Id, message.Author, file, isReduced: false, message.At);
    }

    private static DateTimeOffset At(Scene scene, string by, int ago, string about) => scene.At(scene.Ago(ago), scene.By(by, about).Person, about + ago);
}

/// <summary>The bytes of the demo's documents, brought into the store as those of anybody else.</summary>
public sealed class DemoFileStore(TemplatePress press, Intake intake, UploadParts parts)
{
    internal async Task<StoredFile> Make(GroupView view, DemoDocument document, DemoVersion version, string maker, DateTimeOffset at, CancellationToken cancel)
    {
        if (version.Template is { } kind)
        {
            var facts = TemplateFacts.Of(view, document.Language ?? "en", view.Network.Day(at), maker);
            return (await press.Print(BuiltInTemplate.Find(kind)!, facts, document.Name, version.Filled, cancel)).Value;
        }
        return version.File is { } file ? await Take(file, document.Name, cancel) : await Keep(new MemoryStream(Encoding.UTF8.GetBytes(version.Text!)), document.Name, cancel);
    }

    /// <summary>One of Data/Demo/documents/files.</summary>
    internal async Task<StoredFile> Take(string file, string name, CancellationToken cancel)
    {
        await using var content = typeof(DemoFileStore).Assembly.GetManifestResourceStream($"demo/documents/files/{file}") ?? throw new InvalidDataException($"The demo has no file {file}.");
        return await Keep(content, name, cancel);
    }

    private async Task<StoredFile> Keep(Stream content, string name, CancellationToken cancel)
    {
        var part = Guid.CreateVersion7();
        parts.Begin(part);
        try
        {
            await using (var target = new FileStream(parts.FileOf(part), FileMode.Open, FileAccess.Write))
            {
                await content.CopyToAsync(target, cancel);
            }
            return (await intake.Take(parts.FileOf(part), name, cancel)).Value;
        }
        finally
        {
            parts.Remove(part);
        }
    }
}
