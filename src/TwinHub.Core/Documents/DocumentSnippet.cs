using System.Net;
using System.Text;
using TwinHub.Core.Text;

namespace TwinHub.Core.Documents;

/// <summary>
/// A few words of a text around what was looked for. Made here and not by ts_headline: that compares words with their accents and
/// so marks nothing where the search, which folds them, has found something.
/// </summary>
/// <param name="Parts">The text piece by piece, and whether a piece is what was looked for.</param>
public sealed record DocumentSnippet(IReadOnlyList<(string Text, bool IsMarked)> Parts)
{
    /// <summary>UTF-16 units before and after the first word that was found.</summary>
    private const int Before = 60, After = 160;

    /// <summary>Shorter stems would mark half of the text.</summary>
    private const int ShortestStem = 4;

    /// <summary>As HTML: the text encoded, what was found in <c>mark</c>.</summary>
    public string Html => string.Concat(Parts.Select(part => part.IsMarked ? $"<mark>{WebUtility.HtmlEncode(part.Text)}</mark>" : WebUtility.HtmlEncode(part.Text)));

    /// <param name="stems">What was searched by: words as they were typed, and their stems.</param>
    /// <returns>Null: none of them is there.</returns>
    internal static DocumentSnippet? Of(string? text, string[] stems)
    {
        if (string.IsNullOrEmpty(text))
        {
            return null;
        }
        // A stem's last letter is often not in the word (strategy, strategi).
        string[] starts = [.. stems.Select(stem => stem.Length > ShortestStem ? stem[..^1] : stem)];
        var first = Words(text, 0, text.Length).FirstOrDefault(word => IsFound(text, word, starts));
        return first.End == 0 ? null : Around(text, first, starts);
    }

    private static DocumentSnippet Around(string text, (int Start, int End) first, string[] starts)
    {
        var (from, to) = (Edge(text, Math.Max(0, first.Start - Before), 1), Edge(text, Math.Min(text.Length, first.End + After), -1));
        from = Math.Min(from, first.Start);
        to = Math.Max(to, first.End);
        var (parts, at) = (new List<(string, bool)> { (from > 0 ? "… " : "", false) }, from);
        foreach (var word in Words(text, from, to).Where(word => IsFound(text, word, starts)))
        {
            parts.Add((Plain(text[at..word.Start]), false));
            parts.Add((text[word.Start..word.End], true));
            at = word.End;
        }
        parts.Add((Plain(text[at..to]) + (to < text.Length ? " …" : ""), false));
        return new DocumentSnippet([.. parts.Where(part => part.Item1.Length > 0)]);
    }

    private static bool IsFound(string text, (int Start, int End) word, string[] starts)
    {
        // Nobody's word: it is not folded letter by letter.
        if (word.End - word.Start > 100)
        {
            return false;
        }
        var folded = SearchWords.Prefixes(text[word.Start..word.End]).FirstOrDefault();
        return folded is not null && starts.Any(start => folded.AsSpan(0, folded.Length - 2).StartsWith(start, StringComparison.Ordinal));
    }

    private static IEnumerable<(int Start, int End)> Words(string text, int from, int to)
    {
        var start = -1;
        for (var i = from; i <= to; i++)
        {
            var isIn = i < to && (char.IsLetterOrDigit(text[i]) || char.GetUnicodeCategory(text[i]) is System.Globalization.UnicodeCategory.NonSpacingMark || text[i] == '\u0640');
            if (isIn && start < 0)
            {
                start = i;
            }
            else if (!isIn && start >= 0)
            {
                yield return (start, i);
                start = -1;
            }
        }
    }

    /// <summary>To the next space, so that no word is cut.</summary>
    private static int Edge(string text, int at, int step)
    {
        for (var i = at; i > 0 && i < text.Length && Math.Abs(i - at) < 30; i += step)
        {
            if (char.IsWhiteSpace(text[i]))
            {
                return i;
            }
        }
        return at > 0 && at < text.Length && char.IsLowSurrogate(text[at]) ? at + step : at;
    }

    private static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        foreach (var c in text)
        {
            plain.Append(char.IsWhiteSpace(c) || char.IsControl(c) ? ' ' : c);
        }
        return plain.ToString();
    }
}
