using TwinHub.Core.Networks;
using TwinHub.Core.Text;
using TwinHub.Core.Webinars;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>Whom to invite, as it was ticked and typed.</summary>
public sealed class InviteForm
{
    private static readonly char[] Separators = [',', ';', '،', '\t'];

    public bool AllGroups { get; set; }
    public List<string> Groups { get; set; } = [];
    public List<Guid> Organisations { get; set; } = [];

    /// <summary>An address or a name of the network a line.</summary>
    public string? People { get; set; }

    /// <summary><c>address, name, language</c> a line.</summary>
    public string? Guests { get; set; }

    /// <summary>Whether names of the network have to be looked up.</summary>
    public bool NamesPeople => Array.Exists(Lines(People), line => !IsAddress(line));

    /// <param name="known">The network's people, where a name has to be looked up.</param>
    public InviteList List(IReadOnlyList<NetworkPerson> known) =>
        new([.. Lines(People).Select(line => IsAddress(line) ? line : ByName(line, known))], Organisations, Groups, [.. Lines(Guests).Select(Guest)], AllGroups);

    /// <summary>A name that one person has; any other stays as it is and is refused as nobody's.</summary>
    private static string ByName(string name, IReadOnlyList<NetworkPerson> known) =>
        known.Where(person => !person.Disabled && string.Equals(person.Name, name, StringComparison.OrdinalIgnoreCase)).Take(2).ToList() is [var one] ? one.Email : name;

    private static InviteGuest Guest(string line)
    {
        var parts = line.Split(Separators, StringSplitOptions.TrimEntries);
        return new(parts[0], parts.ElementAtOrDefault(1) is { Length: > 0 } name ? name : null, parts.ElementAtOrDefault(2) is { Length: > 0 } language ? Code(language) : null, null);
    }

    /// <summary>The code, also of who wrote the language's own name.</summary>
    private static string Code(string language) =>
        Languages.All.FirstOrDefault(code => string.Equals(Languages.OwnName(code), language, StringComparison.OrdinalIgnoreCase)) ?? language.ToLowerInvariant();

    private static bool IsAddress(string line) => line.Contains('@', StringComparison.Ordinal);

    private static string[] Lines(string? text) =>
        (text ?? "").ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
