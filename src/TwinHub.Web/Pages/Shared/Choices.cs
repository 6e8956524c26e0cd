using TwinHub.Core.Text;

namespace TwinHub.Web.Pages.Shared;

/// <summary>What select boxes offer.</summary>
public static class Choices
{
    private static readonly string[] AllZones =
    [
        "Asia/Amman", "Asia/Baghdad", "Asia/Beirut", "Asia/Gaza", "Asia/Hebron", "Europe/Istanbul", "Europe/Paris", "Europe/Zurich", "America/Bogota",
        "America/Argentina/Buenos_Aires", "America/Montevideo", "America/New_York", "America/Santiago", "America/Sao_Paulo", "America/Toronto", "Australia/Sydney",
        "Europe/Amsterdam", "Europe/Berlin", "Europe/Brussels", "Europe/Bucharest", "Europe/Copenhagen", "Europe/Dublin", "Europe/Helsinki", "Europe/Lisbon",
        "Europe/London", "Europe/Madrid", "Europe/Oslo", "Europe/Podgorica", "Europe/Prague", "Europe/Rome", "Europe/Skopje", "Europe/Sofia", "Europe/Stockholm",
        "Europe/Tirane", "Europe/Vienna", "Pacific/Auckland", "Africa/Tunis", "Asia/Tokyo", "UTC",
    ];

    private static readonly string[] AllCountries =
        ["IQ", "JO", "LB", "PS", "TR", "FR", "CH", "AL", "AR", "AT", "AU", "BE", "BG", "BR", "CA", "CL", "CZ", "DE", "DK", "ES", "FI", "GB", "IE", "IT", "ME", "MK", "NL", "NO", "NZ", "PT", "RO", "SE", "US", "UY"];

    /// <summary>Zones by their city in the reader's language; the one in use is always among them.</summary>
    public static IEnumerable<(string Value, string Text)> Zones(Words words, string? inUse) =>
        AllZones.Append(inUse ?? "UTC").Distinct().Select(zone => (zone, words.ZoneLabel(zone)));

    /// <summary>ISO codes and names of countries.</summary>
    public static IEnumerable<(string Value, string Text)> Countries(Words words) => AllCountries.Select(code => (code, words.Country(code)));
}
