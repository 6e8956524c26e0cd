using System.Globalization;
using System.Text;

namespace TwinHub.Core.Mail.Smtp;

/// <summary>The two commands that say from whom and to whom a mail goes.</summary>
public sealed record SmtpEnvelope(string From, string To)
{
    private static readonly IdnMapping Idn = new() { AllowUnassigned = true };

    /// <summary>The envelope, or why this server cannot take this mail at all.</summary>
    public static (SmtpEnvelope? Envelope, Delivery? Refusal) Make(OutgoingMail mail, SmtpExtensions extensions)
    {
        if (Wire(mail.Recipient) is not { Length: > 0 } to)
        {
            return (null, new("bounced", "The recipient is no mail address"));
        }
        if (Wire(mail.Sender) is not { } from)
        {
            return (null, new("failed", "The sender is no mail address (Mail:From)"));
        }
        var international = !Ascii.IsValid(to) || !Ascii.IsValid(from);
        if (international && !extensions.Offers("SMTPUTF8"))
        {
            return (null, new(Ascii.IsValid(to) ? "failed" : "bounced", "The address has letters beyond ASCII, and the mail server cannot carry them (SMTPUTF8, RFC 6531)"));
        }
        if (extensions.MaxSize is > 0 and var most && mail.Content.Length > most)
        {
            return (null, new("failed", $"The mail has {mail.Content.Length} octets, the mail server takes {most}"));
        }
        if (HasStrayBreak(mail.Content))
        {
            // A server that takes a bare line feed for a line's end would find another mail inside this one.
            return (null, new("failed", "The mail has a line break that is not CRLF (RFC 5321, 2.3.8)"));
        }
        return (new($"MAIL FROM:<{from}>{Parameters(mail.Content, extensions, international)}", $"RCPT TO:<{to}>"), null);
    }

    private static string Parameters(byte[] content, SmtpExtensions extensions, bool international)
    {
        var parameters = new StringBuilder();
        if (extensions.Offers("SIZE"))
        {
            parameters.Append(CultureInfo.InvariantCulture, $" SIZE={content.Length}");
        }
        if (extensions.Offers("8BITMIME") && (international || !Ascii.IsValid(content)))
        {
            parameters.Append(" BODY=8BITMIME");
        }
        return parameters.Append(international ? " SMTPUTF8" : "").ToString();
    }

    /// <summary>The address as it travels, its domain in ASCII where that is possible; null: it could break out of its brackets.</summary>
    private static string? Wire(string address)
    {
        if (address.Length > 320 || address.Any(c => char.IsControl(c) || char.IsWhiteSpace(c) || char.IsSurrogate(c) || c is '<' or '>'))
        {
            return null;
        }
        var at = address.LastIndexOf('@');
        if (at < 0 || Ascii.IsValid(address.AsSpan(at)))
        {
            return at > 0 && at < address.Length - 1 ? address : address.Length == 0 ? "" : null;
        }
        try
        {
            return $"{address[..at]}@{Idn.GetAscii(address[(at + 1)..])}";
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool HasStrayBreak(ReadOnlySpan<byte> content)
    {
        while (content.IndexOfAny((byte)'\r', (byte)'\n') is >= 0 and var at)
        {
            if (content[at] != '\r' || at + 1 == content.Length || content[at + 1] != '\n')
            {
                return true;
            }
            content = content[(at + 2)..];
        }
        return false;
    }
}
