using System.Text.Json;
using System.Text.Json.Serialization;

namespace TwinHub.Core.Networks;

/// <summary>
/// What a kind of network brings along: its words, who may be a member, how many partners make a group, and what its
/// agreements and register ask for (domain, section 2). Data, read from the embedded Networks/Templates; every name is
/// there in the four languages.
/// </summary>
public sealed record NetworkTemplate
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        AllowDuplicateProperties = false,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Converters = { new LocalizedTextConverter() },
    };

    /// <summary>The three templates: host municipalities, resettlement, national platforms.</summary>
    public static IReadOnlyList<NetworkTemplate> All { get; } = [Read("hosts"), Read("resettlement"), Read("platforms")];

    /// <summary><c>hosts</c>, <c>resettlement</c> or <c>platforms</c>.</summary>
    public required string Id { get; init; }

    /// <summary>One sentence on what the network's groups are for.</summary>
    public required LocalizedText Purpose { get; init; }

    /// <summary>The kinds of organisation that may be members, the facilitating one included.</summary>
    public required IReadOnlyList<TemplateItem> OrganisationKinds { get; init; }

    /// <summary>The one of <see cref="OrganisationKinds"/> that runs the network and is no partner in its groups.</summary>
    public required string FacilitatingKind { get; init; }

    /// <summary>How many partners make a group.</summary>
    public required PartnerRule Partners { get; init; }

    /// <summary>The concepts a group chooses from (national platforms: A, B1, B2, B3); empty where the network has none.</summary>
    public required IReadOnlyList<TemplateItem> Concepts { get; init; }

    /// <summary>The factors of partner choice, answered in an organisation's profile.</summary>
    public required IReadOnlyList<TemplateItem> PartnerFactors { get; init; }

    /// <summary>The kinds of activity a plan offers.</summary>
    public required IReadOnlyList<TemplateItem> ActivityKinds { get; init; }

    /// <summary>The areas a learning gap may lie in.</summary>
    public required IReadOnlyList<TemplateItem> LearningAreas { get; init; }

    /// <summary>The twelve questions of the twinning checklist (seed 001, Annex A), in its order.</summary>
    public required IReadOnlyList<TemplateItem> Checklist { get; init; }

    /// <summary>The agreement's sections in order, their names without numbers.</summary>
    public required IReadOnlyList<TemplateItem> AgreementSections { get; init; }

    /// <summary>What a group's register entry holds, in the order shown.</summary>
    public required IReadOnlyList<TemplateItem> RegisterFields { get; init; }

    /// <summary>The template of a network. An unknown id is a <see cref="KeyNotFoundException"/>.</summary>
    public static NetworkTemplate Of(string id) => All.FirstOrDefault(template => template.Id == id)
        ?? throw new KeyNotFoundException($"There is no network template \"{id}\".");

    /// <summary>Whether an organisation of this kind may be a member.</summary>
    public bool HasKind(string key) => OrganisationKinds.Any(kind => kind.Key == key);

    /// <summary>The kind's name in a language (unknown: English). An unknown kind is a <see cref="KeyNotFoundException"/>.</summary>
    public string KindName(string key, string language) =>
        OrganisationKinds.FirstOrDefault(kind => kind.Key == key)?.Names.In(language)
        ?? throw new KeyNotFoundException($"The template \"{Id}\" has no organisation kind \"{key}\".");

    private static NetworkTemplate Read(string id)
    {
        using var file = typeof(NetworkTemplate).Assembly.GetManifestResourceStream($"templates/{id}.json")!;
        return JsonSerializer.Deserialize<NetworkTemplate>(file, Strict)
            ?? throw new InvalidDataException($"The network template \"{id}\" is empty.");
    }
}

/// <summary>One choice, question or heading of a template: the key is stored, the names are shown.</summary>
public sealed record TemplateItem(string Key, LocalizedText Names);

/// <summary>How many partner organisations make a group (both bounds included; no maximum: null), and whether each must come from another country.</summary>
public sealed record PartnerRule(int Min, int? Max, bool DifferentCountries);
