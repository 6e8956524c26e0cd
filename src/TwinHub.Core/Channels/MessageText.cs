using System.Text;

namespace TwinHub.Core.Channels;

/// <summary>What may be said: limits and characters of a message body (security.md, Decided).</summary>
public static class MessageText
{
    /// <summary>
    /// Cleans a body: C0 controls but tab and newline are removed, line ends become LF, outer blank lines go.
    /// Bidirectional controls stay (they are drawn isolated).
    /// </summary>
    /// <param name="mayBeEmpty">Where files say enough.</param>
    /// <returns>The clean body; <c>invalid</c> when empty or with NUL or a lone surrogate; <c>too_long</c> past the limits.</returns>
    public static Outcome<string> Clean(string? body, HubLimits limits, bool mayBeEmpty = false)
    {
        if (body is null || body.Contains('\0', StringComparison.Ordinal) || HasLoneSurrogate(body))
        {
            return Refusal.Invalid("body", "error.message.characters");
        }
        var clean = WithoutControls(body.ReplaceLineEndings("\n")).Trim('\n', ' ', '\t');
        if (clean.Length == 0 && !mayBeEmpty)
        {
            return Refusal.Invalid("body", "error.message.empty");
        }
        var lines = clean.Count(c => c == '\n') + 1;
        return clean.Length > limits.Message || lines > limits.MessageLines
            ? new Refusal(RefusalCode.TooLong, "error.message.too_long", "body")
            : clean;
    }

    private static bool HasLoneSurrogate(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i]))
            {
                continue;
            }
            if (!char.IsHighSurrogate(text[i]) || i + 1 == text.Length || !char.IsLowSurrogate(text[i + 1]))
            {
                return true;
            }
            i++;
        }
        return false;
    }

    private static string WithoutControls(string text)
    {
        if (!text.Any(c => c < ' ' && c is not ('\n' or '\t')))
        {
            return text;
        }
        return new StringBuilder(text.Length).AppendJoin("", text.Where(c => c >= ' ' || c is '\n' or '\t')).ToString();
    }
}
