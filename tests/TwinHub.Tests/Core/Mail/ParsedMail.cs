using System.Text;

namespace TwinHub.Tests.Core.Mail;

/// <summary>A mail as a strict reader takes it apart: RFC 5322 lines and headers, RFC 2047 words, RFC 2046 parts.</summary>
internal sealed class ParsedMail
{
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);

    private ParsedMail(IReadOnlyList<string> lines)
    {
        Lines = lines;
        var head = lines.TakeWhile(line => line.Length > 0).ToList();
        Headers = Unfold(head);
        Parts = Split(lines.Skip(head.Count).ToList(), this["Content-Type"].Split("boundary=\"")[1].TrimEnd('"'));
    }

    /// <summary>Every line without its CRLF.</summary>
    public IReadOnlyList<string> Lines { get; }

    /// <summary>Names and unfolded values in order.</summary>
    public IReadOnlyList<(string Name, string Value)> Headers { get; }

    /// <summary>Content type and text of each part.</summary>
    public IReadOnlyList<(string Type, string Text)> Parts { get; }

    /// <summary>The one header of a name.</summary>
    public string this[string name] => Headers.Single(header => header.Name == name).Value;

    public static ParsedMail Read(byte[] mail)
    {
        Xunit.Assert.DoesNotContain(mail, b => b is 0 or > 126);
        var text = Encoding.ASCII.GetString(mail);
        Xunit.Assert.EndsWith("\r\n", text, StringComparison.Ordinal);
        var lines = text.Split("\r\n")[..^1];
        Xunit.Assert.DoesNotContain(lines, line => line.Contains('\r', StringComparison.Ordinal) || line.Contains('\n', StringComparison.Ordinal));
        return new(lines);
    }

    /// <summary>The encoded words of a value, each decoded by itself: whole characters only.</summary>
    public static IEnumerable<(string Word, string Text)> EncodedWords(string value) =>
        value.Split(' ').Where(word => word.StartsWith("=?", StringComparison.Ordinal))
            .Select(word => (word, Strict.GetString(Convert.FromBase64String(word["=?utf-8?B?".Length..^"?=".Length]))));

    /// <summary>A header's text for a reader; white space between encoded words does not count.</summary>
    public static string Decode(string value) =>
        EncodedWords(value).Any() ? string.Concat(EncodedWords(value).Select(word => word.Text)) : value;

    /// <summary>Display name and address of a From or To header.</summary>
    public (string Name, string Address) Mailbox(string header)
    {
        var value = this[header];
        var name = value[..value.LastIndexOf(" <", StringComparison.Ordinal)];
        var address = value[(value.LastIndexOf('<') + 1)..].TrimEnd('>');
        return (name.StartsWith('"') ? Unquote(name) : Decode(name), address);
    }

    private static string Unquote(string name)
    {
        Xunit.Assert.Matches("""^"([^"\\]|\\["\\])*"$""", name);
        return name[1..^1].Replace("\\\"", "\"", StringComparison.Ordinal).Replace("\\\\", "\\", StringComparison.Ordinal);
    }

    private static List<(string, string)> Unfold(List<string> head)
    {
        var headers = new List<(string Name, string Value)>();
        foreach (var line in head)
        {
            if (line[0] is ' ' or '\t')
            {
                headers[^1] = (headers[^1].Name, headers[^1].Value + line);
                continue;
            }
            Xunit.Assert.Matches("^[A-Za-z-]+: ", line);
            headers.Add((line.Split(':')[0], line[(line.IndexOf(':', StringComparison.Ordinal) + 2)..]));
        }
        return headers;
    }

    private static List<(string, string)> Split(List<string> body, string boundary)
    {
        var marks = body.Select((line, i) => (line, i)).Where(one => one.line.StartsWith("--" + boundary, StringComparison.Ordinal)).ToList();
        Xunit.Assert.Equal("--" + boundary + "--", marks[^1].line);
        return [.. marks.Zip(marks.Skip(1), (from, to) => Part(body[(from.i + 1)..to.i]))];
    }

    private static (string, string) Part(List<string> lines)
    {
        var head = Unfold([.. lines.TakeWhile(line => line.Length > 0)]).ToDictionary(header => header.Item1, header => header.Item2);
        Xunit.Assert.Equal("base64", head["Content-Transfer-Encoding"]);
        return (head["Content-Type"], Strict.GetString(Convert.FromBase64String(string.Concat(lines.Skip(head.Count)))));
    }
}
