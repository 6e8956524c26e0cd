using System.Text;

namespace TwinHub.Core.Calendar;

/// <summary>Values of parameters: quoted where they must be (RFC 5545, 3.2), with the caret escapes of RFC 6868, 3.</summary>
internal static class ParameterText
{
    /// <summary>A value as it stands after the equals sign. A quotation mark cannot be quoted, so it becomes <c>^'</c>.</summary>
    public static string Write(string value)
    {
        var written = CalendarText.Clean(value)
            .Replace("^", "^^", StringComparison.Ordinal)
            .Replace("\n", "^n", StringComparison.Ordinal)
            .Replace("\"", "^'", StringComparison.Ordinal);
        return written.AsSpan().IndexOfAny(":;,") < 0 ? written : $"\"{written}\"";
    }

    /// <summary>The value of what stands after the equals sign; a caret before any other character stays.</summary>
    public static string Read(string written)
    {
        var raw = written.Trim();
        if (raw.Length > 1 && raw[0] == '"' && raw[^1] == '"')
        {
            raw = raw[1..^1];
        }
        var value = new StringBuilder(raw.Length);
        for (var i = 0; i < raw.Length; i++)
        {
            char? meant = raw[i] != '^' || i + 1 == raw.Length ? null : raw[i + 1] switch
            {
                'n' => '\n',
                '\'' => '"',
                '^' => '^',
                _ => null,
            };
            value.Append(meant ?? raw[i]);
            i += meant is null ? 0 : 1;
        }
        return value.ToString();
    }

    /// <summary>Where a sign first stands outside of quotation marks, or -1.</summary>
    public static int IndexOf(ReadOnlySpan<char> text, char sign)
    {
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            quoted ^= text[i] == '"';
            if (text[i] == sign && !quoted)
            {
                return i;
            }
        }
        return -1;
    }

    /// <summary>Cuts a text at a sign that does not stand between quotation marks.</summary>
    public static List<string> Split(string text, char sign)
    {
        var parts = new List<string>();
        var start = 0;
        while (IndexOf(text.AsSpan(start), sign) is var length and >= 0)
        {
            parts.Add(text.Substring(start, length));
            start += length + 1;
        }
        parts.Add(text[start..]);
        return parts;
    }
}
