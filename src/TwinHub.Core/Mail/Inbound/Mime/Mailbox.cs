using System.Text;

namespace TwinHub.Core.Mail.Inbound.Mime;

/// <summary>A person in a From, To or Sender field.</summary>
/// <param name="Name">Decoded; empty where there is none.</param>
/// <param name="Address">As written, without spaces and comments.</param>
public sealed record Mailbox(string Name, string Address)
{
    /// <summary>More in one field is no mail between people.</summary>
    private const int Most = 1_000;

    /// <summary>Reads a list of addresses (RFC 5322, 3.4, and what is written instead): names, quotes, comments, groups, routes.</summary>
    public static IReadOnlyList<Mailbox> Read(string raw)
    {
        var reader = new Reader(new(raw));
        while (!reader.IsDone)
        {
            reader.Step();
        }
        return reader.Found;
    }

    private sealed class Reader(Scanner text)
    {
        private readonly StringBuilder _words = new();
        private readonly StringBuilder _spec = new();
        private string? _comment;
        private string? _angle;
        private bool _hasAt;

        public List<Mailbox> Found { get; } = [];

        public bool IsDone { get; private set; }

        public void Step()
        {
            if (text.IsAtEnd || Found.Count == Most)
            {
                Finish();
                IsDone = true;
                return;
            }
            switch (text.Peek())
            {
                case '"':
                    var quoted = text.Quoted();
                    _words.Append(quoted);
                    // A local part may be quoted; it stays so, because what is inside may look like anything.
                    _spec.Append('"').Append(quoted.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)).Append('"');
                    break;
                case '(':
                    var comment = text.Comment();
                    _comment ??= comment;
                    break;
                case '<':
                    var angle = Angle();
                    _angle ??= angle;
                    break;
                case ',' or ';':
                    text.Next();
                    Finish();
                    break;
                case ':' when _angle is null && !_hasAt:
                    // The name of a group.
                    text.Next();
                    _words.Clear();
                    _spec.Clear();
                    break;
                default:
                    var letter = text.Next();
                    _hasAt |= letter == '@';
                    _words.Append(letter);
                    _spec.Append(letter);
                    break;
            }
        }

        private string Angle()
        {
            text.Skip('<');
            var spec = new StringBuilder();
            while (!text.IsAtEnd && !text.Skip('>'))
            {
                if (text.Peek() == '"')
                {
                    spec.Append('"').Append(text.Quoted()).Append('"');
                }
                else if (text.Peek() == '(')
                {
                    text.Comment();
                }
                else
                {
                    spec.Append(text.Next());
                }
            }
            var address = spec.ToString();
            // <@relay:rana@example.org>: a route nobody follows any more (RFC 5322, 4.4).
            return address.TrimStart().StartsWith('@') ? address[(address.IndexOf(':', StringComparison.Ordinal) + 1)..] : address;
        }

        private void Finish()
        {
            var address = Squeezed(_angle ?? _spec.ToString());
            var name = _angle is null ? _comment ?? "" : _words.ToString();
            var at = address.LastIndexOf('@');
            if (at > 0 && at < address.Length - 1 && at > address.LastIndexOf('"'))
            {
                Found.Add(new(EncodedWords.Decode(name.Trim()), address));
            }
            _words.Clear();
            _spec.Clear();
            (_comment, _angle, _hasAt) = (null, null, false);
        }

        private static string Squeezed(string spec)
        {
            if (spec.Contains('"', StringComparison.Ordinal))
            {
                return spec.Trim();
            }
            return string.Concat(spec.Where(letter => !char.IsWhiteSpace(letter)));
        }
    }
}
