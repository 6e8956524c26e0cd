using System.Text;
using TwinHub.Core.Mail.Inbound.Mime;
using Xunit;

namespace TwinHub.Tests.Core.Mail.Inbound.Mime;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("=?utf-8?B?R8O2csO8xZ/DvHLDvHo=?=", "Görüşürüz")]
    [InlineData("=?UTF-8?Q?Caf=C3=A9_au_lait?= today", "Café au lait today")]
    [InlineData("=?iso-8859-9?Q?=DEan?=", "Şan")]
    [InlineData("=?windows-1256?B?48jH0cc=?=", "مبارا")]
    [InlineData("=?utf-8?Q?a?= =?utf-8?Q?b?=  =?iso-8859-1?Q?=E9?= c", "abé c")]
    [InlineData("=?utf-8?B?w?= =?utf-8?B?Q==?=", "")]
    [InlineData("=?utf-8?Q?=C3?= =?utf-8?Q?=BC?=", "ü")]
    [InlineData("=?utf-8*fr?Q?=C3=A9?=", "é")]
    [InlineData("=?utf-8?X?abc?=", "=?utf-8?X?abc?=")]
    [InlineData("=?utf-8?Q?never ends", "=?utf-8?Q?never ends")]
    [InlineData("=?=?=?=?", "=?=?=?=?")]
    [InlineData("=?utf-8?Q?a=0D=0ABcc:_x?=", "a  Bcc: x")]
    [InlineData("=?utf-7?Q?+ADw-?= x", " x")]
    [InlineData("=?klingon?Q?=E9?=", "é")]
    public void Encoded_words_are_decoded(string raw, string text) => Assert.Equal(text, EncodedWords.Decode(raw));

    [Fact]
    public void Folded_lines_are_one_and_doubled_fields_stay_in_order()
    {
        var read = Eml.Read("""
            Received: from a
             by b
            subject : =?utf-8?Q?one?=
            	=?utf-8?Q?two?=
            Subject: again
            RECEIVED: from c
            Empty:

            """);
        Assert.Equal("onetwo", read.Subject);
        Assert.Equal(["from a by b", "from c"], read.Headers.All("Received").Select(header => header.Raw));
        Assert.Equal([0, 1, 2, 3, 4], read.Headers.Select(header => header.Position));
        Assert.Equal("", read.Headers.Text("empty"));
        Assert.Null(read.Headers.Text("Absent"));
    }

    [Fact]
    public void Headers_may_be_utf8_or_an_old_set_without_saying_so()
    {
        Assert.Equal("Görüşürüz", Eml.Read("Subject: Görüşürüz\n\n").Subject);
        Assert.Equal("café", Eml.Read(Encoding.Latin1.GetBytes("Subject: café\n\n")).Subject);
    }

    [Theory]
    [InlineData("rana@example.org", "|rana@example.org")]
    [InlineData("Rana Khoury <rana@example.org>", "Rana Khoury|rana@example.org")]
    [InlineData("\"Khoury, Rana\" <rana@example.org>, selin@example.org", "Khoury, Rana|rana@example.org", "|selin@example.org")]
    [InlineData("rana@example.org (Rana (from Tripoli))", "Rana (from Tripoli)|rana@example.org")]
    [InlineData("=?utf-8?Q?Aksoy=2C_Selin?= <selin@example.org>", "Aksoy, Selin|selin@example.org")]
    [InlineData("Cities: rana@example.org, Selin <selin@example.org>;, lina@example.org", "|rana@example.org", "Selin|selin@example.org", "|lina@example.org")]
    [InlineData("undisclosed-recipients:;")]
    [InlineData("\"rana khoury\"@example.org", "|\"rana khoury\"@example.org")]
    [InlineData("<@relay.example.org,@b:rana@example.org>", "|rana@example.org")]
    [InlineData("Rana <rana @ example.org>", "Rana|rana@example.org")]
    [InlineData("Rana <rana@example.org", "Rana|rana@example.org")]
    [InlineData("\"never ends <rana@example.org>")]
    [InlineData("(a)(b)(c rana@example.org")]
    [InlineData("(a)(b) rana@example.org", "a|rana@example.org")]
    [InlineData("<a@example.org><b@example.org>", "|a@example.org")]
    [InlineData("MAILER-DAEMON <>")]
    [InlineData("\"rana@example.org\" <mallory@example.net>", "rana@example.org|mallory@example.net")]
    [InlineData("rana@example.org <mallory@example.net>", "rana@example.org|mallory@example.net")]
    [InlineData("a@b:c@d", "|a@b:c@d")]
    [InlineData("\\", "")]
    [InlineData("")]
    public void Mailboxes_are_read_as_people_write_them(string raw, params string[] expected) =>
        Assert.Equal(expected.Where(one => one.Length > 0), Mailbox.Read(raw).Select(box => $"{box.Name}|{box.Address}"));

    [Fact]
    public void Several_from_fields_are_all_seen() =>
        Assert.Equal(2, Eml.Read("From: a@example.org\nFrom: b@example.org\n\n").From.Count);

    [Theory]
    [InlineData("text/plain; name=a.ics", "a.ics")]
    [InlineData("text/plain; name=\"a;b\\\"c.ics\"", "a;b\"c.ics")]
    [InlineData("text/plain; name=my file.ics; x=y", "my file.ics")]
    [InlineData("text/plain; name*=utf-8'en'%C3%BC.ics", "ü.ics")]
    [InlineData("text/plain; name*=iso-8859-9''%DE.ics; name=fallback", "Ş.ics")]
    [InlineData("text/plain; name*1=b; name*0=a; name*3=lost", "ab")]
    [InlineData("text/plain; name*0*=utf-8''%C3; name*1*=%BC; name*2=\"%41.ics\"", "ü%41.ics")]
    [InlineData("text/plain; name*=utf-8''%zz%4", "%zz%4")]
    [InlineData("text/plain; name*99999999999=a", null)]
    [InlineData("text/plain; name*=utf-7''x", "")]
    [InlineData("text/plain; name", null)]
    [InlineData("text/plain;;; ; =; name=last", "last")]
    [InlineData("text/plain; name=\"../../etc/a.ics\"", "a.ics")]
    [InlineData("text/plain; name=\"C:\\\\b\\\\a.ics\"", "a.ics")]
    public void Parameters_are_read_as_programs_write_them(string type, string? name) =>
        Assert.Equal(name, Eml.Read($"Content-Type: {type}\n\n").Root.FileName);

    [Theory]
    [InlineData("utf-8", "Şanlıurfa مرحبا")]
    [InlineData("utf8", "Şanlıurfa مرحبا")]
    [InlineData("iso-8859-9", "Şanlıurfa")]
    [InlineData("windows-1254", "Şanlıurfa “€”")]
    [InlineData("windows-1256", "مرحبا")]
    [InlineData("iso-8859-6", "مرحبا")]
    [InlineData("iso-8859-15", "café €")]
    [InlineData("windows-1252", "café “€”")]
    [InlineData("utf-16", "Şanlıurfa")]
    public void Text_is_read_in_its_character_set(string charset, string text)
    {
        var encoding = CodePagesEncodingProvider.Instance.GetEncoding(charset) ?? Encoding.GetEncoding(charset == "utf8" ? "utf-8" : charset);
        Assert.Equal(text, Charsets.Decode(encoding.GetBytes(text), $" \"{charset.ToUpperInvariant()}\" "));
    }
}
