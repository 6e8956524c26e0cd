using System.Net.Mail;
using System.Net.Mime;
using System.Text;

namespace TwinHub.Load.Mail;

/// <summary>The texts of one of the hub's invitations, from which the framework's client makes a mail of its own.</summary>
/// <param name="Calendar">The event, which travels twice: beside the texts and as a file.</param>
public sealed record MailBody(string Subject, string Plain, string Html, string Calendar)
{
    /// <summary>Takes a mail of the hub apart.</summary>
    public static MailBody Read(ReadOnlyMemory<byte> mail)
    {
        var text = Encoding.ASCII.GetString(mail.Span);
        return new("[HMLN Webinar] Twinning Arrangements", Part(text, "text/plain"), Part(text, "text/html"), Part(text, "text/calendar"));
    }

    /// <summary>The same texts in the same shape, as a program writes them that knows only the framework.</summary>
    public MailMessage Message(string to)
    {
        var message = new MailMessage("hub@bench.example.org", to, Subject, null);
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(Plain, Encoding.UTF8, MediaTypeNames.Text.Plain));
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(Html, Encoding.UTF8, MediaTypeNames.Text.Html));
        message.AlternateViews.Add(AlternateView.CreateAlternateViewFromString(Calendar, new ContentType("text/calendar; method=REQUEST; charset=UTF-8")));
        message.Attachments.Add(Attachment.CreateAttachmentFromString(Calendar, new ContentType("application/ics; name=invite.ics")));
        return message;
    }

    private static string Part(string mail, string type)
    {
        var at = mail.IndexOf("Content-Type: " + type, StringComparison.OrdinalIgnoreCase);
        if (at < 0)
        {
            throw new BenchException($"The hub's mail has no {type}.");
        }
        var from = mail.IndexOf("\r\n\r\n", at, StringComparison.Ordinal) + 4;
        return Encoding.UTF8.GetString(Convert.FromBase64String(mail[from..mail.IndexOf("\r\n--", from, StringComparison.Ordinal)]));
    }
}
