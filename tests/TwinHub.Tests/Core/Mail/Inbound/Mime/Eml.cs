using System.Text;
using TwinHub.Core.Mail.Inbound.Mime;
using Xunit;

namespace TwinHub.Tests.Core.Mail.Inbound.Mime;

/// <summary>Mails written by hand.</summary>
public static class Eml
{
    public const string Reply = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n";

    /// <summary>Reads a mail that breaks no limit; line ends as mails have them.</summary>
    public static ReceivedMail Read(string text) => Read(Encoding.UTF8.GetBytes(text.ReplaceLineEndings("\r\n")));

    public static ReceivedMail Read(byte[] bytes)
    {
        var (mail, fault) = MimeReader.Read(bytes, new());
        Assert.Null(fault);
        return mail!;
    }

    public static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text), Base64FormattingOptions.InsertLineBreaks);

    /// <summary>The mail's structure on one line: types, with parts in brackets.</summary>
    public static string Shape(this MimePart part) =>
        part.Parts.Count == 0 ? part.Type : $"{part.Type}[{string.Join(' ', part.Parts.Select(Shape))}]";
}
