using System.Globalization;
using System.Text;

namespace TwinHub.Core.Mail;

/// <summary>
/// Writes the bytes of a mail: headers (RFC 5322) and a multipart/alternative of text and HTML in base64 (RFC 2045, 2046). A
/// calendar is the last alternative and, with the same bytes, an attachment beside them: Outlook looks for it only in the
/// first part, others only among the attachments (invitations, rules 2 to 6).
/// </summary>
public sealed class MimeMessage
{
    private readonly StringBuilder _text = new();

    /// <summary>The finished mail. Values may hold anything a person typed: no line break in them reaches a header.</summary>
    public static byte[] Make(MailAddressing addressing, string messageId, DateTimeOffset date, Letter letter, string html)
    {
        var mime = new MimeMessage();
        mime.Headers(addressing, messageId, date, letter);
        // The inner boundary begins with other letters than the outer: each line belongs to one of them (RFC 2046, 5.1.2).
        var (inner, outer) = ("=_" + messageId.Trim('<', '>').Split('@')[0], "=_mixed-" + messageId.Trim('<', '>').Split('@')[0]);
        if (letter.Calendar is not { } calendar)
        {
            mime.Header("Content-Type", $"multipart/alternative; boundary=\"{inner}\"");
            mime.Alternatives(inner, letter, html);
            return mime.Bytes();
        }
        mime.Header("Content-Type", $"multipart/mixed; boundary=\"{outer}\"");
        mime.Open(outer);
        mime.Header("Content-Type", $"multipart/alternative; boundary=\"{inner}\"");
        mime.Alternatives(inner, letter, html);
        mime.Open(outer);
        mime.Header("Content-Type", "application/ics; name=\"invite.ics\"");
        mime.Header("Content-Disposition", "attachment; filename=\"invite.ics\"");
        mime.Body(calendar.Content);
        mime.Close(outer);
        return mime.Bytes();
    }

    private void Headers(MailAddressing addressing, string messageId, DateTimeOffset date, Letter letter)
    {
        Header("From", HeaderText.Mailbox(addressing.FromName, addressing.From));
        if (letter.ReplyTo is { } reply)
        {
            Header("Reply-To", HeaderText.Mailbox(reply.FromName, reply.From));
        }
        Header("To", HeaderText.Mailbox(letter.Name, letter.To));
        Header("Subject", HeaderText.Words(letter.Subject));
        Header("Date", date.UtcDateTime.ToString("ddd, dd MMM yyyy HH:mm:ss '+0000'", CultureInfo.InvariantCulture));
        Header("Message-ID", messageId);
        if (letter.References is { } first)
        {
            Header("References", HeaderText.Bracketed(first[1..^1]));
        }
        Header("Auto-Submitted", "auto-generated");
        if (letter.Unsubscribe is { } stop)
        {
            Header("List-Unsubscribe", HeaderText.Bracketed(stop.Url));
            Header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        }
        Header("Content-Language", letter.Language);
        Header("MIME-Version", "1.0");
    }

    private void Alternatives(string boundary, Letter letter, string html)
    {
        Part(boundary, "text/plain; charset=utf-8", letter.Plain());
        Part(boundary, "text/html; charset=utf-8", html);
        if (letter.Calendar is { } calendar)
        {
            Open(boundary);
            Header("Content-Type", $"text/calendar; charset=UTF-8; method={calendar.Method}");
            Body(calendar.Content);
        }
        Close(boundary);
    }

    private void Part(string boundary, string type, string content)
    {
        Open(boundary);
        Header("Content-Type", type);
        Body(Encoding.UTF8.GetBytes(content.ReplaceLineEndings("\r\n")));
    }

    private void Header(string name, string value) => _text.Append(name).Append(": ").Append(value).Append("\r\n");

    private void Body(byte[] content)
    {
        Header("Content-Transfer-Encoding", "base64");
        _text.Append("\r\n").Append(Convert.ToBase64String(content, Base64FormattingOptions.InsertLineBreaks));
    }

    private void Open(string boundary) => _text.Append("\r\n--").Append(boundary).Append("\r\n");

    private void Close(string boundary) => _text.Append("\r\n--").Append(boundary).Append("--\r\n");

    private byte[] Bytes() => Encoding.ASCII.GetBytes(_text.ToString());
}

/// <summary>Who a mail is from.</summary>
public sealed record MailAddressing(string From, string FromName);
