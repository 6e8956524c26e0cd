using System.Globalization;
using System.Text;

namespace TwinHub.Core.Mail.Inbound.Mime;

/// <summary>
/// A value with parameters, such as Content-Type and Content-Disposition: quoted strings, comments, and the split and encoded
/// parameters of RFC 2231. What breaks the grammar is read up to the next semicolon; of a name given twice the first counts.
/// </summary>
public sealed class HeaderValue
{
    private const int MaxParameters = 100;

    private readonly Dictionary<string, string> _parameters = new(StringComparer.OrdinalIgnoreCase);

    private HeaderValue(string value) => Value = value;

    /// <summary>What stands before the first semicolon, in lower case.</summary>
    public string Value { get; }

    /// <summary>A parameter, decoded; null: there is none.</summary>
    public string? this[string name] => _parameters.GetValueOrDefault(name);

    public static HeaderValue Read(string? raw)
    {
        var text = new Scanner(raw ?? "");
        var value = new HeaderValue(text.Until(';').Trim().ToLowerInvariant());
        var pieces = new Dictionary<string, SortedList<int, Piece>>(StringComparer.OrdinalIgnoreCase);
        for (var i = 0; i < MaxParameters && text.Skip(';'); i++)
        {
            var name = text.Until('=', ';').Trim();
            if (text.Skip('='))
            {
                Add(value._parameters, pieces, name, text.Until(';').Trim());
            }
        }
        foreach (var (name, list) in pieces)
        {
            value._parameters[name] = Join(list);
        }
        return value;
    }

    private static void Add(Dictionary<string, string> whole, Dictionary<string, SortedList<int, Piece>> pieces, string name, string content)
    {
        var star = name.IndexOf('*', StringComparison.Ordinal);
        if (star < 0)
        {
            whole.TryAdd(name, content);
            return;
        }
        var rest = name[(star + 1)..];
        var encoded = rest.Length == 0 || rest.EndsWith('*');
        if (rest.Length == 0 || int.TryParse(rest.TrimEnd('*'), NumberStyles.None, CultureInfo.InvariantCulture, out _))
        {
            var number = rest.Length == 0 ? 0 : int.Parse(rest.TrimEnd('*'), NumberStyles.None, CultureInfo.InvariantCulture);
            var list = pieces.TryGetValue(name[..star], out var known) ? known : pieces[name[..star]] = new();
            list.TryAdd(number, new(content, encoded));
        }
    }

    /// <summary>The pieces in their order up to the first gap; the first encoded one names the charset.</summary>
    private static string Join(SortedList<int, Piece> pieces)
    {
        var bytes = new List<byte>();
        string? charset = null;
        for (var i = 0; pieces.TryGetValue(i, out var piece); i++)
        {
            var content = piece.Content;
            if (i == 0 && piece.IsEncoded && content.Split('\'', 3) is [var name, _, var after])
            {
                (charset, content) = (name, after);
            }
            bytes.AddRange(piece.IsEncoded ? Unescape(content) : Encoding.UTF8.GetBytes(content));
        }
        return Charsets.Decode(bytes.ToArray(), charset) ?? "";
    }

    private static byte[] Unescape(string content)
    {
        var bytes = Encoding.UTF8.GetBytes(content);
        var length = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            var isEscape = bytes[i] == '%' && i + 2 < bytes.Length && char.IsAsciiHexDigit((char)bytes[i + 1]) && char.IsAsciiHexDigit((char)bytes[i + 2]);
            bytes[length++] = isEscape ? Convert.FromHexString([(char)bytes[i + 1], (char)bytes[i + 2]])[0] : bytes[i];
            i += isEscape ? 2 : 0;
        }
        return bytes[..length];
    }

    private sealed record Piece(string Content, bool IsEncoded);
}
