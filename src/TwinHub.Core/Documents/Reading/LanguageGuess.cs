using System.Text;

namespace TwinHub.Core.Documents.Reading;

/// <summary>In which of the four languages a text is: by its letters, then by the words every text of a language is full of.</summary>
internal static class LanguageGuess
{
    /// <summary>UTF-16 units that are looked at.</summary>
    private const int Look = 20_000;

    /// <summary>Fewer common words than this say nothing.</summary>
    private const int Fewest = 4;

    private static readonly (string Language, HashSet<string> Words)[] Common =
    [
        ("en", ["the", "of", "and", "to", "is", "that", "for", "with", "was", "are", "this", "by", "be", "from"]),
        ("fr", ["le", "la", "les", "des", "et", "est", "dans", "pour", "que", "une", "du", "sur", "par", "au", "aux", "qui"]),
        ("tr", ["ve", "bir", "bu", "için", "ile", "olarak", "olan", "daha", "çok", "göre", "kadar", "gibi", "en", "da"]),
    ];

    /// <returns>Null: not to be said.</returns>
    public static string? Of(string? text)
    {
        var part = (text ?? "").AsSpan(0, Math.Min(text?.Length ?? 0, Look));
        var (arabic, letters) = (0, 0);
        foreach (var rune in part.EnumerateRunes())
        {
            letters += Rune.IsLetter(rune) ? 1 : 0;
            arabic += rune.Value is >= 0x0620 and <= 0x064A ? 1 : 0;
        }
        return arabic > 20 && arabic * 2 > letters ? "ar" : ByWords(part.ToString());
    }

    private static string? ByWords(string text)
    {
        var words = text.ToLowerInvariant().Split([' ', '\n', '\t', ',', '.', ';', ':', '(', ')', '’', '\'', '\u00A0', '\u202F'], StringSplitOptions.RemoveEmptyEntries);
        var counted = Common.Select(one => (one.Language, Count: words.Count(one.Words.Contains))).OrderByDescending(one => one.Count).ToList();
        return counted[0].Count >= Fewest && counted[0].Count * 2 >= counted[1].Count * 3 ? counted[0].Language : null;
    }
}
