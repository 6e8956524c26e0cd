using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Documents.Storage;
using TwinHub.Core.Networks;
using TwinHub.Core.Text;

namespace TwinHub.Core.Documents.Templates;

/// <summary>A network's own templates: its facilitators put a Word file in the place of a built-in one, or beside them all.</summary>
public sealed class OwnTemplateService(IDbContextFactory<TwinHubDb> dbs, TemplatePress press, ContentRows contents, TimeProvider time)
{
    /// <summary>Files a network may keep.</summary>
    public const int Most = 100;

    /// <summary>How the kinds that a network makes begin; an id follows.</summary>
    private const string OwnKind = "own-";

    /// <summary>Puts a file in the place of what stood there for its kind and language.</summary>
    public async Task<Outcome<Guid>> Put(Guid person, string slug, OwnTemplateInput input, Stream? content, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var network = await Facilitated(db, person, slug, cancel);
        var wanted = network.Refusal is { } hidden ? hidden : await Wanted(db, network.Value.Id, input, cancel);
        if (wanted.Refusal is { } refusal)
        {
            return refusal;
        }
        if (content is null)
        {
            return Refusal.Invalid("file", "templates.choose-file");
        }
        var file = await press.Take(input.FileName, content, cancel);
        return file.Refusal is { } fault ? fault : await Keep(db, person, network.Value, input with { Kind = wanted.Value.Kind, Name = wanted.Value.Name }, file.Value, cancel);
    }

    /// <summary>Takes an own file away: the built-in one stands again, where there is one. Twice is once.</summary>
    public async Task<Outcome<bool>> Remove(Guid person, string slug, Guid id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var network = await Facilitated(db, person, slug, cancel);
        if (network.Refusal is { } refusal)
        {
            return refusal;
        }
        await db.DocumentTemplates.Where(t => t.Id == id && t.NetworkId == network.Value.Id).ExecuteDeleteAsync(cancel);
        return true;
    }

    private static async Task<Outcome<Network>> Facilitated(TwinHubDb db, Guid person, string slug, CancellationToken cancel)
    {
        var found = await NetworkService.Find(db, person, slug, cancel);
        return found.Refusal is { } refusal ? refusal : !found.Value.Facilitates ? Refusal.NotAllowed : found.Value.Network;
    }

    /// <summary>Under which kind and name it is kept: those of a kind that is there, or a new one with the name that was given.</summary>
    private static async Task<Outcome<(string Kind, string Name)>> Wanted(TwinHubDb db, Guid network, OwnTemplateInput input, CancellationToken cancel)
    {
        if (!Languages.IsKnown(input.Language))
        {
            return Refusal.Invalid("language");
        }
        var name = Names.Clean(input.Name, SharedDocument.MaxName);
        if (string.IsNullOrEmpty(input.Kind))
        {
            return name is null ? Refusal.Invalid("name", "templates.name-it") : ($"{OwnKind}{input.Id:N}", name);
        }
        var known = (await TemplateReader.Kinds(db, network, cancel)).Find(one => one.Kind == input.Kind);
        return known is null ? Refusal.Invalid("kind") : (known.Kind, name ?? known.Name(input.Language));
    }

    private async Task<Outcome<Guid>> Keep(TwinHubDb db, Guid person, Network network, OwnTemplateInput input, StoredFile file, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"select 1 from networks where id = {network.Id} for no key update", cancel);
        if (await contents.Insert(db, file, cancel) is { } refusal)
        {
            return refusal;
        }
        await db.DocumentTemplates.Where(t => t.NetworkId == network.Id && t.Kind == input.Kind && t.Language == input.Language).ExecuteDeleteAsync(cancel);
        if (await db.DocumentTemplates.CountAsync(t => t.NetworkId == network.Id, cancel) >= Most)
        {
            return Refusal.Invalid("file", "templates.many");
        }
        var made = new DocumentTemplate(network.Id, input.Kind!, input.Language, input.Name!, file, person, time.GetUtcNow());
        db.DocumentTemplates.Add(made);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return made.Id;
    }
}

/// <summary>A file for a network's templates.</summary>
/// <param name="Id">Made with the form: a new kind that is sent twice is one.</param>
/// <param name="Kind">Empty: a new one.</param>
/// <param name="Name">Of a new kind; else it may be left to the kind.</param>
public sealed record OwnTemplateInput(Guid Id, string? Kind, string Language, string? Name, string? FileName);
