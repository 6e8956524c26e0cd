using System.Text;

namespace TwinHub.Core.Mail;

/// <summary>What people typed, as it may stand in a header: ASCII, folded, and never a line of its own (RFC 5322, RFC 2047).</summary>
internal static class HeaderText
{
    /// <summary>A display name and one plain address.</summary>
    public static string Mailbox(string name, string address)
    {
        if (address.Any(c => c is <= ' ' or > '~' or ',' or '<' or '>'))
        {
            throw new ArgumentException("One plain address was expected; what else comes here passed no check.", nameof(address));
        }
        return IsPlain(name) ? $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\" <{address}>" : $"{Words(name)}\r\n <{address}>";
    }

    /// <summary>A link or a Message-ID as the hub itself makes them.</summary>
    public static string Bracketed(string url) => url.Any(c => c is <= ' ' or > '~' or '<' or '>')
        ? throw new ArgumentException("One plain link was expected; what else comes here passed no check.", nameof(url))
        : $"<{url}>";

    /// <summary>Text as it is when it is short printable ASCII, else as encoded words of whole characters, folded (RFC 2047, section 2).</summary>
    public static string Words(string text) =>
        IsPlain(text) ? text : string.Join("\r\n ", Chunks(text).Select(chunk => $"=?utf-8?B?{Convert.ToBase64String(Encoding.UTF8.GetBytes(chunk))}?="));

    private static bool IsPlain(string text) =>
        text.Length <= 60 && text.All(c => c is >= ' ' and <= '~') && !text.Contains("=?", StringComparison.Ordinal);

    /// <summary>Pieces of at most 39 bytes: encoded they fit a line of 76 behind "Subject: " too (RFC 2047, section 2).</summary>
    private static IEnumerable<string> Chunks(string text)
    {
        var chunk = new StringBuilder();
        var bytes = 0;
        foreach (var rune in text.EnumerateRunes())
        {
            var letter = Rune.IsControl(rune) ? new Rune(' ') : rune;
            if (bytes + letter.Utf8SequenceLength > 39)
            {
                yield return chunk.ToString();
                chunk.Clear();
                bytes = 0;
            }
            chunk.Append(letter);
            bytes += letter.Utf8SequenceLength;
        }
        yield return chunk.ToString();
    }
}
