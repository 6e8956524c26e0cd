using TwinHub.Core.Groups;
using TwinHub.Core.Text;

namespace TwinHub.Core.Documents.Templates;

/// <summary>What the hub knows already and writes into a template, in the document's language.</summary>
/// <param name="Maker">Who has it made: the document's author, and nothing else of them.</param>
public sealed record TemplateFacts(string Language, string Group, string Network, string Theme, string Date, IReadOnlyList<PartnerFacts> Partners, string Maker)
{
    private const string Open = "…";

    public static TemplateFacts Of(GroupView view, string language, DateOnly today, string maker)
    {
        var words = Texts.Shared.For(language);
        return new(language, view.Name(language), view.Network.Names.In(language), view.Group.Themes.In(language), words.LongDate(today),
            [.. view.Partners.Select(partner => new PartnerFacts(partner.Organisation.Names.In(language), Place(partner, words)))], maker);
    }

    /// <summary>Of no group yet: a template to look at or to build one's own upon.</summary>
    public static TemplateFacts Blank(string language) => new(language, Open, Open, Open, Open, [new(Open, ""), new(Open, "")], "");

    /// <summary>The value of a key that a template's <c>facts</c> name.</summary>
    internal string Of(string key) => key switch { "group" => Group, "network" => Network, "theme" => Theme, "date" => Date, _ => throw new KeyNotFoundException($"No template knows the fact \"{key}\".") };

    private static string Place(PartnerView partner, Words words)
    {
        var (city, country) = (partner.Organisation.City?.In(words.Language), partner.Organisation.Country is { } code ? words.Country(code) : null);
        return string.Join(words.Language == "ar" ? "، " : ", ", new[] { city, country }.OfType<string>());
    }
}

/// <summary>A partner in a document.</summary>
/// <param name="Place">City and country; empty where it has none.</param>
public sealed record PartnerFacts(string Name, string Place);
