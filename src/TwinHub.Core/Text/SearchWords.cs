using System.Globalization;
using System.Text;

namespace TwinHub.Core.Text;

/// <summary>What somebody types into a search, as PostgreSQL looks for it. Folds like the SQL function <c>folded</c>.</summary>
public static class SearchWords
{
    /// <summary>More words than these are left out: nobody narrows a search further.</summary>
    public const int Most = 8;

    /// <summary>The words, each to be found at the beginning of one that was written (<c>gazi:*</c>); at most <see cref="Most"/>, empty when there is none.</summary>
    public static string[] Prefixes(string? typed)
    {
        var (words, word) = (new List<string>(), new StringBuilder());
        foreach (var c in (typed ?? "").Normalize(NormalizationForm.FormKD).Append(' '))
        {
            if (IsMark(c))
            {
                continue;
            }
            if (char.IsLetterOrDigit(c))
            {
                word.Append(Folded(c));
                continue;
            }
            words.Add(word.ToString());
            word.Clear();
        }
        return [.. words.Where(one => one.Length > 0).Distinct().Take(Most).Select(one => one + ":*")];
    }

    /// <summary>Vowel signs, accents and the stretched line of Arabic say nothing of which word it is.</summary>
    private static bool IsMark(char c) => c is (>= '\u0300' and <= '\u036F') or '\u0640' or (>= '\u064B' and <= '\u065F') or '\u0670';

    private static char Folded(char c) => char.IsDigit(c) ? (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(c)) : char.ToLowerInvariant(c) switch
    {
        'ı' => 'i',
        '\u0649' or '\u06CC' => '\u064A',
        '\u0629' => '\u0647',
        '\u0671' => '\u0627',
        '\u06A9' => '\u0643',
        var other => other,
    };
}
