using System.Globalization;
using Microsoft.AspNetCore.WebUtilities;
using TwinHub.Core;
using TwinHub.Core.Register;

namespace TwinHub.Web.Pages.Register;

/// <summary>What somebody looks for in a register, as the address carries it; what cannot be meant counts as left out.</summary>
public sealed class EntrySearch
{
    public string? Network { get; set; }
    public string? Q { get; set; }
    public string? Country { get; set; }
    public string? Theme { get; set; }
    public string? Activity { get; set; }
    public string? Status { get; set; }
    public string? Year { get; set; }
    public string? Kind { get; set; }

    public bool IsEmpty => Filter() == new RegisterFilter();

    /// <summary>More than the words is asked for: the other criteria are in sight.</summary>
    public bool HasMore => Filter() with { Text = null } != new RegisterFilter();

    public RegisterFilter Filter() => new(Clean(Q), Clean(Country), Clean(Theme), Clean(Activity), Clean(Status), YearOf(Year), Clean(Kind));

    /// <summary>The same search at another page.</summary>
    public string Address(string network, string? after) => Address("/register", network, ("after", after));

    /// <summary>The same search as a file.</summary>
    public string File(string network, string format) => Address("/register/export", network, ("format", format));

    private string Address(string path, string network, (string Name, string? Value) more) => QueryHelpers.AddQueryString(path, new Dictionary<string, string?>
    {
        ["network"] = network, ["q"] = Q, ["country"] = Country, ["theme"] = Theme, ["activity"] = Activity, ["status"] = Status, ["year"] = Year, ["kind"] = Kind, [more.Name] = more.Value,
    }.Where(pair => !string.IsNullOrEmpty(pair.Value)));

    private static string? Clean(string? text) => string.IsNullOrWhiteSpace(text) ? null : Names.Clean(text, 200);

    private static int? YearOf(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var year) && year is >= RegisterFilter.FirstYear and <= RegisterFilter.LastYear ? year : null;
}
