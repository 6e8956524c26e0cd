using System.Globalization;
using System.Text;

namespace TwinHub.Core;

/// <summary>Rules for names and titles that people type, and for slugs made from them.</summary>
public static class Names
{
    /// <summary>One line without controls and bidirectional overrides (security.md, Decided); null when nothing or too much is left.</summary>
    public static string? Clean(string? text, int max = 120)
    {
        if (text is null)
        {
            return null;
        }
        var clean = string.Concat(text.Where(c => !char.IsControl(c) && !IsBidiControl(c) && !char.IsSurrogate(c) || char.IsSurrogate(c) && IsWhole(text))).Trim();
        return clean.Length is > 0 && clean.Length <= max ? clean : null;
    }

    /// <summary>Lower-case ASCII words joined by hyphens, at most 60 characters; empty when nothing Latin is left.</summary>
    public static string Slug(string text)
    {
        var slug = new StringBuilder();
        foreach (var c in text.Replace('ı', 'i').Replace('ß', 's').Normalize(NormalizationForm.FormD))
        {
            if (char.IsAsciiLetterOrDigit(c))
            {
                slug.Append(char.ToLowerInvariant(c));
            }
            else if (CharUnicodeInfo.GetUnicodeCategory(c) != UnicodeCategory.NonSpacingMark && slug.Length > 0 && slug[^1] != '-')
            {
                slug.Append('-');
            }
        }
        return slug.ToString()[..Math.Min(60, slug.Length)].Trim('-');
    }

    public static bool IsSlug(string? text) =>
        text is { Length: > 0 and <= 60 } && Slug(text) == text;

    /// <summary>An IANA zone this machine knows.</summary>
    public static bool IsTimeZone(string? id) =>
        id is not null && (id.Contains('/', StringComparison.Ordinal) || id == "UTC") && TimeZoneInfo.TryFindSystemTimeZoneById(id, out _);

    private static bool IsBidiControl(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\u061C';

    private static bool IsWhole(string text)
    {
        foreach (var rune in text.EnumerateRunes())
        {
            if (rune == Rune.ReplacementChar)
            {
                return false;
            }
        }
        return true;
    }
}
