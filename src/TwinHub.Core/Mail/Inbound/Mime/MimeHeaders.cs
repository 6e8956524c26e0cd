using System.Collections;
using System.Text;

namespace TwinHub.Core.Mail.Inbound.Mime;

/// <summary>One header field as it arrived; decoded when asked.</summary>
/// <param name="Position">Its place among the fields of its mail or part, from 0 at the top.</param>
/// <param name="Bytes">What follows the colon, folds included.</param>
public sealed record MimeHeader(string Name, int Position, ReadOnlyMemory<byte> Bytes)
{
    /// <summary>Unfolded, on one line, without control characters; encoded words as they are.</summary>
    public string Raw
    {
        get
        {
            var text = new StringBuilder(Charsets.Guess(Bytes.Span));
            text.Replace("\r\n", "").Replace("\n", "");
            for (var i = 0; i < text.Length; i++)
            {
                text[i] = char.IsControl(text[i]) ? ' ' : text[i];
            }
            return text.ToString().Trim();
        }
    }

    /// <summary><see cref="Raw"/> with its encoded words decoded (RFC 2047).</summary>
    public string Text => EncodedWords.Decode(Raw);
}

/// <summary>The header fields of a mail or part, all of them, in their order.</summary>
public sealed class MimeHeaders(IReadOnlyList<MimeHeader> fields) : IReadOnlyList<MimeHeader>
{
    public int Count => fields.Count;

    public MimeHeader this[int index] => fields[index];

    /// <summary>The fields of a name, from the top.</summary>
    public IEnumerable<MimeHeader> All(string name) => fields.Where(field => field.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    /// <summary>The topmost field of a name, decoded; null: there is none.</summary>
    public string? Text(string name) => All(name).FirstOrDefault()?.Text;

    /// <summary>The topmost field of a name, not decoded; null: there is none.</summary>
    public string? Raw(string name) => All(name).FirstOrDefault()?.Raw;

    public IEnumerator<MimeHeader> GetEnumerator() => fields.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
