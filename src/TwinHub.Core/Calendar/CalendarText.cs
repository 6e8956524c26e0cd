using System.Text;

namespace TwinHub.Core.Calendar;

/// <summary>Texts in iCalendar: what may stand in them, and the escapes of TEXT values (RFC 5545, 3.3.11).</summary>
internal static class CalendarText
{
    /// <summary>
    /// Without control characters (RFC 5545, 3.1 allows the tab alone) and with every line end as LF. The line ends of
    /// Unicode are among them: a reader that splits lines at U+2028 would see a line of the writer's making.
    /// </summary>
    public static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            if (rune.Value is '\n' or '\t' || !Rune.IsControl(rune))
            {
                clean.Append(rune);
            }
        }
        return clean.ToString();
    }

    /// <summary>Escapes backslash, semicolon, comma and line end, and nothing else.</summary>
    public static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var letter in Clean(text))
        {
            _ = letter switch
            {
                '\n' => escaped.Append("\\n"),
                '\\' or ';' or ',' => escaped.Append('\\').Append(letter),
                _ => escaped.Append(letter),
            };
        }
        return escaped.ToString();
    }

    /// <summary>Undoes the escapes, and those of colon and quotation mark that Lotus and old Apple calendars add; any other backslash stays.</summary>
    public static string Unescape(string value)
    {
        var text = new StringBuilder(value.Length);
        for (var i = 0; i < value.Length; i++)
        {
            var next = value[i] == '\\' && i + 1 < value.Length ? value[i + 1] : '\0';
            if (next is 'n' or 'N' or '\\' or ';' or ',' or ':' or '"')
            {
                text.Append(next is 'n' or 'N' ? '\n' : next);
                i++;
            }
            else
            {
                text.Append(value[i]);
            }
        }
        return text.ToString();
    }

    /// <summary>Clean, without outer blanks, cut to a length between two characters; null when nothing is left.</summary>
    public static string? Kept(string? text, int length)
    {
        var clean = text is null ? "" : Clean(text).Trim();
        if (clean.Length > length)
        {
            clean = clean[..(char.IsHighSurrogate(clean[length - 1]) ? length - 1 : length)];
        }
        return clean.Length == 0 ? null : clean;
    }
}
