using Microsoft.Net.Http.Headers;

namespace TwinHub.Core.Text;

/// <summary>The four languages of the interface, by their ISO 639-1 codes.</summary>
public static class Languages
{
    /// <summary>The language shown when nothing better is known.</summary>
    public const string Fallback = "en";

    /// <summary>All languages, in the order a chooser shows them.</summary>
    public static IReadOnlyList<string> All { get; } = ["en", "fr", "ar", "tr"];

    /// <summary>Whether the code is one of <see cref="All"/>, written exactly so.</summary>
    public static bool IsKnown(string? language) => language is not null && All.Contains(language);

    /// <summary>The writing direction for HTML's <c>dir</c>: "rtl" for Arabic, otherwise "ltr".</summary>
    public static string Direction(string language) => language == "ar" ? "rtl" : "ltr";

    /// <summary>The language's name in itself, as a chooser shows it. An unknown code gives the fallback's name.</summary>
    public static string OwnName(string language) => language switch
    {
        "fr" => "Français",
        "ar" => "العربية",
        "tr" => "Türkçe",
        _ => "English",
    };

    /// <summary>
    /// The best language for an Accept-Language header (RFC 9110, section 12.5.4): highest quality first, then the
    /// header's order; a region such as fr-CH counts as its language. Without a match, or for a malformed header, English.
    /// </summary>
    public static string Choose(string? acceptLanguageHeader)
    {
        if (!StringWithQualityHeaderValue.TryParseList([acceptLanguageHeader ?? ""], out var wishes))
        {
            return Fallback;
        }

        return wishes
            .Where(wish => wish.Quality is not 0)
            .OrderByDescending(wish => wish.Quality ?? 1)
            .Select(wish => wish.Value.ToString().Split('-')[0].ToLowerInvariant())
            .Select(language => language == "*" ? Fallback : language)
            .FirstOrDefault(IsKnown) ?? Fallback;
    }
}
