using Xunit;

namespace TwinHub.Tests.Core.Mail.Inbound.Mime;

/// <summary>Calendar answers in the shapes in which mail programs send them.</summary>
public sealed class ClientMailTests
{
    public static TheoryData<string, string, string, string?> Answers => new()
    {
        {
            "Outlook: the answer beside text and HTML, base64, the class in the type", $"""
            From: Rana Khoury <rana.khoury@tripoli.example.org>
            To: "TwinHub" <rsvp+k3@reply.example.org>
            Subject: Accepted: [HMLN Webinar] Twinning
            Content-Type: multipart/alternative;
            	boundary="_000_AM0PR01"
            MIME-Version: 1.0

            --_000_AM0PR01
            Content-Type: text/plain; charset="iso-8859-1"
            Content-Transfer-Encoding: quoted-printable

            Caf=E9=20
            soft=
             break

            --_000_AM0PR01
            Content-Type: text/html; charset="iso-8859-1"

            <p>Caf&eacute;</p>

            --_000_AM0PR01
            Content-Type: text/calendar; charset="utf-8"; method=REPLY
            Content-Transfer-Encoding: base64

            {Eml.Base64(Eml.Reply)}

            --_000_AM0PR01--
            """, "multipart/alternative[text/plain text/html text/calendar]", "Café \nsoft break\n"
        },
        {
            "Exchange: the mail is nothing but the answer", $"""
            From: rana.khoury@tripoli.example.org
            Content-Type: text/calendar; method="REPLY"; charset="utf-8"
            Content-Transfer-Encoding: base64
            Content-class: urn:content-classes:calendarmessage

            {Eml.Base64(Eml.Reply)}
            """, "text/calendar", null
        },
        {
            "Gmail: mixed, alternative within, the same again as invite.ics", $"""
            From: Rana <rana.khoury@tripoli.example.org>
            Auto-Submitted: auto-generated
            Content-Type: multipart/mixed; boundary=000000000000aa

            --000000000000aa
            Content-Type: multipart/alternative; boundary=000000000000bb

            --000000000000bb
            Content-Type: text/plain; charset="UTF-8"; format=flowed; delsp=yes
            Content-Transfer-Encoding: base64

            {Eml.Base64("Rana has accepted\r\n")}
            --000000000000bb
            Content-Type: text/calendar; charset="UTF-8"; method=REPLY
            Content-Transfer-Encoding: 7bit

            {Eml.Reply}
            --000000000000bb--
            --000000000000aa
            Content-Type: application/ics; name="invite.ics"
            Content-Disposition: attachment; filename="invite.ics"
            Content-Transfer-Encoding: base64

            {Eml.Base64(Eml.Reply)}
            --000000000000aa--
            """, "multipart/mixed[multipart/alternative[text/plain text/calendar] application/ics]", "Rana has accepted\n"
        },
        {
            "Apple Mail: text, the answer as an inline part, text again", $"""
            From: Rana <rana.khoury@tripoli.example.org>
            Content-Type: multipart/mixed;
             boundary="Apple-Mail=_8A"

            preamble for programs of 1990
            --Apple-Mail=_8A
            Content-Transfer-Encoding: 7bit
            Content-Type: text/plain;
             charset=us-ascii

            one
            --Apple-Mail=_8A
            Content-Disposition: attachment;
             filename*=UTF-8''r%C3%A9ponse.ics
            Content-Type: text/calendar;
             x-unix-mode=0644;
             name*0="r"; name*1="est.ics"
            Content-Transfer-Encoding: quoted-printable

            {Eml.Reply.Replace(":", "=3A", StringComparison.Ordinal)}
            --Apple-Mail=_8A
            Content-Type: text/plain

            two
            --Apple-Mail=_8A--
            epilogue
            """, "multipart/mixed[text/plain text/calendar text/plain]", "one\ntwo"
        },
        {
            "Thunderbird: 8bit, unquoted parameters, comment in the type", $"""
            From: Rana <rana.khoury@tripoli.example.org>
            Content-Type: multipart/mixed (really); boundary=------------080105

            --------------080105
            Content-Type: text/plain; charset=UTF-8
            Content-Transfer-Encoding: 8bit

            Görüşürüz
            --------------080105
            Content-Type: text/calendar; method=REPLY; charset=UTF-8; name=invite.ics
            Content-Transfer-Encoding: 8bit

            {Eml.Reply}
            --------------080105--
            """, "multipart/mixed[text/plain text/calendar]", "Görüşürüz"
        },
        {
            "iCloud: only a file, of no special type, named by an encoded word", $"""
            From: =?utf-8?Q?Rana_Khoury?= <rana.khoury@tripoli.example.org>
            Content-Type: multipart/mixed; boundary="=_ic"

            --=_ic
            Content-Type: multipart/related; boundary="=_rel"

            --=_rel
            Content-Type: text/html

            <p>yes</p>
            --=_rel--
            --=_ic
            Content-Type: application/octet-stream; name="=?utf-8?B?aW52aXRlLmljcw==?="
            Content-Transfer-Encoding: base64

            {Eml.Base64(Eml.Reply)}
            --=_ic--
            """, "multipart/mixed[multipart/related[text/html] application/octet-stream]", null
        },
    };

    [Theory]
    [MemberData(nameof(Answers))]
    public void An_answer_is_found_in_every_programs_mail(string program, string mail, string shape, string? plain)
    {
        Assert.NotEmpty(program);
        var read = Eml.Read(mail);
        Assert.Equal(shape, read.Root.Shape());
        Assert.Equal("rana.khoury@tripoli.example.org", Assert.Single(read.From).Address);
        Assert.Equal(plain, read.PlainText());
        Assert.Equal(Eml.Reply.Trim(), read.CalendarParts()[0].Text()!.Trim());
    }

    [Fact]
    public void Calendar_parts_come_before_calendar_files()
    {
        var read = Eml.Read("""
            Content-Type: multipart/mixed; boundary=b

            --b
            Content-Type: application/octet-stream; name="A.ICS"

            file
            --b
            Content-Type: application/ics

            ics
            --b
            Content-Type: text/calendar

            part
            --b--
            """);
        Assert.Equal(["part", "file", "ics"], read.CalendarParts().Select(part => part.Text()));
    }

    [Fact]
    public void A_forwarded_mails_parts_are_not_the_senders()
    {
        var read = Eml.Read($"""
            Content-Type: multipart/mixed; boundary=out

            --out
            Content-Type: message/rfc822

            From: Selin <selin.aksoy@gaziantep.example.org>
            Content-Type: multipart/alternative; boundary=in

            --in
            Content-Type: text/plain

            her words
            --in
            Content-Type: text/calendar

            {Eml.Reply}
            --in--
            --out--
            """);
        Assert.Equal("multipart/mixed[message/rfc822[multipart/alternative[text/plain text/calendar]]]", read.Root.Shape());
        Assert.Empty(read.CalendarParts());
        Assert.Null(read.PlainText());
        Assert.Empty(read.From);
    }
}
