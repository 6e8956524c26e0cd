using System.Text;

namespace TwinHub.Core.Mail.Inbound.Mime;

/// <summary>Walks over a header's text once: quoted strings lose their quotes, comments go (RFC 5322, 3.2).</summary>
public sealed class Scanner(string text)
{
    private int _at;

    public bool IsAtEnd => _at >= text.Length;

    /// <summary>Passes over a character if it comes next.</summary>
    public bool Skip(char expected)
    {
        var found = _at < text.Length && text[_at] == expected;
        _at += found ? 1 : 0;
        return found;
    }

    /// <summary>Text up to one of the characters, outside quotes and comments; the character stays.</summary>
    public string Until(params ReadOnlySpan<char> ends)
    {
        var result = new StringBuilder();
        while (_at < text.Length && !ends.Contains(text[_at]))
        {
            switch (text[_at])
            {
                case '"':
                    result.Append(Quoted());
                    break;
                case '(':
                    Comment();
                    break;
                default:
                    result.Append(text[_at++]);
                    break;
            }
        }
        return result.ToString();
    }

    /// <summary>The content of a quoted string; one that never ends goes to the end.</summary>
    public string Quoted()
    {
        var result = new StringBuilder();
        for (_at++; _at < text.Length && text[_at] != '"'; _at++)
        {
            _at += text[_at] == '\\' && _at + 1 < text.Length ? 1 : 0;
            result.Append(text[_at]);
        }
        _at = Math.Min(_at + 1, text.Length);
        return result.ToString();
    }

    /// <summary>The content of a comment, however deep it nests.</summary>
    public string Comment()
    {
        var result = new StringBuilder();
        var depth = 0;
        do
        {
            var escaped = text[_at] == '\\' && _at + 1 < text.Length;
            _at += escaped ? 1 : 0;
            depth += escaped ? 0 : text[_at] == '(' ? 1 : text[_at] == ')' ? -1 : 0;
            result.Append(text[_at++]);
        }
        while (depth > 0 && _at < text.Length);
        return result.ToString(1, Math.Max(0, result.Length - (depth == 0 ? 2 : 1)));
    }

    public char Peek() => text[_at];

    public char Next() => text[_at++];
}
