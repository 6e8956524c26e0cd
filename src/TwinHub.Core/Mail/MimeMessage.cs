using System.Globalization;
using System.Text;

namespace TwinHub.Core.Mail;

/// <summary>Writes the bytes of a mail: headers (RFC 5322), encoded words (RFC 2047), a multipart/alternative of text and HTML in base64 (RFC 2045, 2046).</summary>
public sealed class MimeMessage
{
    private readonly StringBuilder _text = new();

    /// <summary>The finished mail. Values may hold anything a person typed: no line break in them reaches a header.</summary>
    public static byte[] Make(MailAddressing addressing, string messageId, DateTimeOffset date, Letter letter, string html)
    {
        var mime = new MimeMessage();
        var boundary = "=_" + messageId.Trim('<', '>').Split('@')[0];
        mime.Header("From", Mailbox(addressing.FromName, addressing.From));
        mime.Header("To", Mailbox(letter.Name, letter.To));
        mime.Header("Subject", Words(letter.Subject));
        mime.Header("Date", date.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        mime.Header("Message-ID", messageId);
        mime.Header("Auto-Submitted", "auto-generated");
        mime.Header("Content-Language", letter.Language);
        mime.Header("MIME-Version", "1.0");
        mime.Header("Content-Type", $"multipart/alternative; boundary=\"{boundary}\"");
        mime.Part(boundary, "text/plain; charset=utf-8", letter.Plain());
        mime.Part(boundary, "text/html; charset=utf-8", html);
        mime._text.Append("\r\n--").Append(boundary).Append("--\r\n");
        return Encoding.ASCII.GetBytes(mime._text.ToString());
    }

    private void Header(string name, string value) => _text.Append(name).Append(": ").Append(value).Append("\r\n");

    private void Part(string boundary, string type, string content)
    {
        _text.Append("\r\n--").Append(boundary).Append("\r\n");
        Header("Content-Type", type);
        Header("Content-Transfer-Encoding", "base64");
        var bytes = Encoding.UTF8.GetBytes(content.ReplaceLineEndings("\r\n"));
        _text.Append("\r\n").Append(Convert.ToBase64String(bytes, Base64FormattingOptions.InsertLineBreaks));
    }

    private static string Mailbox(string name, string address)
    {
        if (address.Any(c => c is <= ' ' or > '~' or ',' or '<' or '>'))
        {
            throw new ArgumentException("One plain address was expected; what else comes here passed no check.", nameof(address));
        }
        return IsPlain(name) ? $"\"{name.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\" <{address}>" : $"{Words(name)}\r\n <{address}>";
    }

    /// <summary>Text as it is when it is short printable ASCII, else as encoded words of whole characters, folded (RFC 2047, section 2).</summary>
    private static string Words(string text) =>
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

/// <summary>Who a mail is from.</summary>
public sealed record MailAddressing(string From, string FromName);
