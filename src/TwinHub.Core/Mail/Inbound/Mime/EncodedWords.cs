using System.Text;

namespace TwinHub.Core.Mail.Inbound.Mime;

/// <summary>Decodes the encoded words of a header (RFC 2047, RFC 2231 5). What is no proper word stays as it is.</summary>
public static class EncodedWords
{
    /// <summary>RFC 2047 allows 75 letters; some programs write one long word.</summary>
    private const int MaxWord = 4_000;

    public static string Decode(string text)
    {
        if (!text.Contains("=?", StringComparison.Ordinal))
        {
            return text;
        }
        var result = new StringBuilder();
        var (at, run) = (0, new Run(result));
        while (at < text.Length)
        {
            var start = text.IndexOf("=?", at, StringComparison.Ordinal);
            var plain = text.AsSpan(at, (start < 0 ? text.Length : start) - at);
            if (start >= 0 && Word.Read(text, start) is { } word)
            {
                // Space between two encoded words is not shown (RFC 2047, 6.2).
                run.Add(run.IsOpen && plain.IsWhiteSpace() ? default : plain, word);
                at = word.End;
                continue;
            }
            run.Close();
            at = start < 0 ? text.Length : start + 2;
            result.Append(plain).Append(start < 0 ? "" : "=?");
        }
        run.Close();
        return result.ToString();
    }

    /// <summary>Neighbouring words of one charset are decoded as one: some programs cut between the bytes of a letter.</summary>
    private sealed class Run(StringBuilder result)
    {
        private readonly List<byte> _bytes = [];
        private string _charset = "";

        public bool IsOpen { get; private set; }

        public void Add(ReadOnlySpan<char> plain, Word word)
        {
            if (plain.Length > 0 || !word.Charset.Equals(_charset, StringComparison.OrdinalIgnoreCase))
            {
                Close();
                result.Append(plain);
            }
            (_charset, IsOpen) = (word.Charset, true);
            _bytes.AddRange(word.Bytes);
        }

        public void Close()
        {
            if (IsOpen)
            {
                foreach (var letter in Charsets.Decode(_bytes.ToArray(), _charset) ?? "")
                {
                    // A line break hidden in a word must not become one.
                    result.Append(char.IsControl(letter) ? ' ' : letter);
                }
            }
            _bytes.Clear();
            (_charset, IsOpen) = ("", false);
        }
    }

    private sealed record Word(string Charset, byte[] Bytes, int End)
    {
        public static Word? Read(string text, int start)
        {
            var window = text.AsSpan(start + 2, Math.Min(MaxWord, text.Length - start - 2));
            var charset = window.IndexOfAny('?', ' ');
            if (charset <= 0 || window[charset] != '?' || charset + 2 >= window.Length || window[charset + 2] != '?')
            {
                return null;
            }
            var content = window[(charset + 3)..];
            var end = content.IndexOf("?=");
            if (end < 0)
            {
                return null;
            }
            var octets = Encoding.UTF8.GetBytes(content[..end].ToString());
            var name = window[..charset].ToString().Split('*')[0];
            return char.ToUpperInvariant(window[charset + 1]) switch
            {
                'B' => new(name, TransferEncoding.Base64(octets), start + 2 + charset + 3 + end + 2),
                'Q' => new(name, TransferEncoding.QuotedPrintable(octets, isWord: true), start + 2 + charset + 3 + end + 2),
                _ => null,
            };
        }
    }
}
