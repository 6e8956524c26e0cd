using System.Text;
using TwinHub.Tests.Core.Mail.Inbound.Mime;

namespace TwinHub.Tests.Core.Mail.Inbound;

/// <summary>Mails around a calendar object, in the shapes in which programs send them.</summary>
internal static class Replies
{
    /// <summary>The object is the whole mail.</summary>
    public static byte[] Mail(string calendar, string from, string top = "", string type = "text/calendar; method=REPLY; charset=utf-8") => Bytes($"""
        {top}
        From: {from}
        To: hub@example.org
        Message-ID: <{Guid.NewGuid()}@mail.example.org>
        Content-Type: {type}
        Content-Transfer-Encoding: base64

        {Eml.Base64(Lines(calendar))}
        """);

    /// <summary>Text, HTML and the object, and the object once more as a file: as Gmail sends it.</summary>
    public static byte[] Mixed(string calendar, string from) => Bytes($"""
        From: {from}
        To: hub@example.org
        Message-ID: <{Guid.NewGuid()}@mail.example.org>
        Auto-Submitted: auto-generated
        Content-Type: multipart/mixed; boundary=out

        --out
        Content-Type: multipart/alternative; boundary=in

        --in
        Content-Type: text/plain; charset=UTF-8

        An answer
        --in
        Content-Type: text/calendar; charset=UTF-8; method=REPLY
        Content-Transfer-Encoding: 8bit

        {calendar}
        --in--
        --out
        Content-Type: application/ics; name="invite.ics"
        Content-Disposition: attachment; filename="invite.ics"
        Content-Transfer-Encoding: base64

        {Eml.Base64(Lines(calendar))}
        --out--
        """);

    public static string Lines(string text) => text.ReplaceLineEndings("\r\n");

    /// <summary>A header that is left out leaves no empty line.</summary>
    public static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(Lines(text).TrimStart());
}
