using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Documents.Storage;
using TwinHub.Core.Networks;
using TwinHub.Core.Text;

namespace TwinHub.Core.Documents.Templates;

/// <summary>The templates of a network: those everybody has, replaced and followed by its own.</summary>
public sealed record TemplateShelf(NetworkView Network, IReadOnlyList<TemplateKind> Kinds)
{
    public TemplateKind? Kind(string? kind) => Kinds.FirstOrDefault(one => one.Kind == kind);
}

/// <summary>One template in the languages in which it is there.</summary>
/// <param name="BuiltIn">Null: the network alone has it.</param>
/// <param name="Own">The network's own files, by language.</param>
public sealed record TemplateKind(string Kind, BuiltInTemplate? BuiltIn, IReadOnlyDictionary<string, DocumentTemplate> Own)
{
    public bool Has(string language) => BuiltIn is not null || Own.ContainsKey(language);

    public IEnumerable<string> Languages => Text.Languages.All.Where(Has);

    /// <summary>Its name for a reader; one that is there in no such language has the name of the first it is there in.</summary>
    public string Name(string language) => BuiltIn?.Name.In(language) ?? (Own.GetValueOrDefault(language) ?? Own[Languages.First()]).Name;
}

/// <summary>Reads the templates of networks.</summary>
public sealed class TemplateReader(IDbContextFactory<TwinHubDb> dbs, IDocumentStore store, TimeProvider time)
{
    /// <summary>The shelf of a network; not found for who does not belong to it.</summary>
    public async Task<Outcome<TemplateShelf>> Read(Guid person, string slug, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var network = await NetworkService.Find(db, person, slug, cancel);
        return network.Refusal is { } refusal ? refusal : new TemplateShelf(network.Value, await Kinds(db, network.Value.Network.Id, cancel));
    }

    /// <summary>A template to take away: the network's own file, or the built-in one as yet of no group.</summary>
    public async Task<Outcome<(Stream Content, string Name)>> Open(Guid person, string slug, string kind, string language, CancellationToken cancel)
    {
        var shelf = await Read(person, slug, cancel);
        if (shelf.Refusal is not null || shelf.Value.Kind(kind) is not { } found || !Languages.IsKnown(language) || !found.Has(language))
        {
            return Refusal.NotFound;
        }
        if (found.Own.TryGetValue(language, out var own))
        {
            return (await store.Open(own.Hash, cancel), own.FileName);
        }
        var blank = new MemoryStream();
        TemplateWriter.Write(blank, found.BuiltIn!, TemplateFacts.Blank(language), time.GetUtcNow());
        blank.Position = 0;
        return (blank, found.Name(language) + ".docx");
    }

    internal static async Task<List<TemplateKind>> Kinds(TwinHubDb db, Guid network, CancellationToken cancel)
    {
        var own = (await db.DocumentTemplates.Where(t => t.NetworkId == network).OrderBy(t => t.CreatedAt).AsNoTracking().ToListAsync(cancel)).GroupBy(t => t.Kind).ToDictionary(t => t.Key, t => t.ToDictionary(one => one.Language));
        return
        [
            .. BuiltInTemplate.All.Select(one => new TemplateKind(one.Kind, one, own.GetValueOrDefault(one.Kind, []))),
            .. own.Where(one => BuiltInTemplate.Find(one.Key) is null).Select(one => new TemplateKind(one.Key, null, one.Value)),
        ];
    }
}
