using Microsoft.AspNetCore.WebUtilities;
using TwinHub.Core;
using TwinHub.Core.Register;

namespace TwinHub.Web.Pages.Register;

/// <summary>What somebody looks for in the inventory, as the address carries it; what cannot be meant counts as left out.</summary>
public sealed class PracticeSearch
{
    public string? Network { get; set; }
    public string? Q { get; set; }
    public string? Kind { get; set; }
    public string? Country { get; set; }
    public string? Group { get; set; }

    public bool IsEmpty => Filter() == new PracticeFilter();

    public PracticeFilter Filter() => new(Clean(Q), Kind is not null && NotedLesson.Kinds.Contains(Kind) ? Kind : null, Clean(Country), Clean(Group));

    /// <summary>The same search at another page.</summary>
    public string Address(string network, string? after) => QueryHelpers.AddQueryString("/register/practices", new Dictionary<string, string?>
    {
        ["network"] = network, ["q"] = Q, ["kind"] = Kind, ["country"] = Country, ["group"] = Group, ["after"] = after,
    }.Where(pair => !string.IsNullOrEmpty(pair.Value)));

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : Names.Clean(text, 200);
}
