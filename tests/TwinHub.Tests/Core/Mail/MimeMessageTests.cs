using TwinHub.Core.Mail;
using Xunit;

namespace TwinHub.Tests.Core.Mail;

public sealed class MimeMessageTests
{
    private const string MessageId = "<01999999-0000-7000-8000-000000000000@example.org>";
    private static readonly string[] Fields = ["From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "Content-Language", "MIME-Version", "Content-Type"];

    /// <summary>What people may be called, or call a thing, and how a reader should see it.</summary>
    public static TheoryData<string, string> Typed => new()
    {
        { "Rana Khoury", "Rana Khoury" },
        { "Rana \"R.\" O\\Khoury, (Tripoli) <x@example.org>; y@example.org:", "Rana \"R.\" O\\Khoury, (Tripoli) <x@example.org>; y@example.org:" },
        { "x\r\nBcc: eve@example.org", "x  Bcc: eve@example.org" },
        { "x\nSubject: other", "x Subject: other" },
        { "x\r\n\r\n<script>", "x    <script>" },
        { "x\r\n continued\tand\0more", "x   continued and more" },
        { "x\u0085y\u2028z", "x y\u2028z" },
        { "=?utf-8?B?ZXZl?=", "=?utf-8?B?ZXZl?=" },
        { "رنا خوري", "رنا خوري" },
        { "Şule Işık Güneş", "Şule Işık Güneş" },
        { "😀👩‍👧‍👦🇱🇧", "😀👩‍👧‍👦🇱🇧" },
        { "half \ud83d pair", "half \ufffd pair" },
        { new string('x', 60), new string('x', 60) },
        { new string('x', 3_000), new string('x', 3_000) },
        { string.Concat(Enumerable.Repeat("طرابلس ", 300)), string.Concat(Enumerable.Repeat("طرابلس ", 300)) },
        { "a" + string.Concat(Enumerable.Repeat("😀", 200)), "a" + string.Concat(Enumerable.Repeat("😀", 200)) },
        { "aa" + string.Concat(Enumerable.Repeat("€", 200)), "aa" + string.Concat(Enumerable.Repeat("€", 200)) },
        { new string('"', 60), new string('"', 60) },
    };

    [Theory, MemberData(nameof(Typed))]
    public void What_people_typed_comes_back_and_adds_no_header(string typed, string read)
    {
        var mail = ParsedMail.Read(Make(typed, typed, typed));

        Assert.Equal(Fields, mail.Headers.Select(header => header.Name));
        Assert.Equal(read, ParsedMail.Decode(mail["Subject"]));
        Assert.Equal((read, "rana@example.org"), mail.Mailbox("To"));
        Assert.Equal((read, "twinhub@example.org"), mail.Mailbox("From"));
    }

    [Theory, MemberData(nameof(Typed))]
    public void No_line_and_no_encoded_word_is_longer_than_the_standards_allow(string typed, string read)
    {
        var mail = ParsedMail.Read(Make(typed, typed, typed));

        Assert.All(mail.Lines, line => Assert.True(line.Length <= 998, line));
        var withWords = mail.Lines.Where(line => line.Contains("=?utf-8?B?", StringComparison.Ordinal)).ToList();
        Assert.Equal(read.Length > 60 || read.Any(c => c > '~') || typed != read || typed.StartsWith("=?", StringComparison.Ordinal), withWords.Count > 0);
        // RFC 2047, section 2: 75 characters a word, 76 a line with words in it.
        Assert.All(withWords, line => Assert.True(line.Length <= 76, line));
        Assert.All(withWords.SelectMany(ParsedMail.EncodedWords), word => Assert.InRange(word.Word.Length, 1, 75));
    }

    [Fact]
    public void Both_parts_come_back_as_they_were_with_the_line_ends_of_mail()
    {
        var letter = Letter("Rana", "Subject");
        var html = "<p>نص طويل " + new string('x', 5_000) + "</p>\n--=_01999999-0000-7000-8000-000000000000--\n.\n";

        var mail = ParsedMail.Read(MimeMessage.Make(new("twinhub@example.org", "TwinHub"), MessageId, DateTimeOffset.UnixEpoch, letter, html));

        Assert.Equal(["text/plain; charset=utf-8", "text/html; charset=utf-8"], mail.Parts.Select(part => part.Type));
        Assert.Equal([letter.Plain().ReplaceLineEndings("\r\n"), html.ReplaceLineEndings("\r\n")], mail.Parts.Select(part => part.Text));
        Assert.StartsWith("multipart/alternative; ", mail["Content-Type"], StringComparison.Ordinal);
    }

    [Fact]
    public void The_fixed_headers_say_who_made_it_and_when()
    {
        var mail = ParsedMail.Read(Make("Rana", "TwinHub", "Subject"));
        Assert.Equal(
            [MessageId, "Fri, 02 Oct 2026 06:05:09 +0000", "auto-generated", "ar", "1.0"],
            new[] { "Message-ID", "Date", "Auto-Submitted", "Content-Language", "MIME-Version" }.Select(name => mail[name]));
    }

    [Theory]
    [InlineData("rana@example.org\r\nBcc: eve@example.org")]
    [InlineData("rana@example.org>\n")]
    [InlineData("rana @example.org")]
    [InlineData("rana@example.org, eve@example.org")]
    [InlineData("rána@example.org")]
    public void What_is_no_address_never_becomes_a_header(string address) =>
        Assert.Throws<ArgumentException>(() => MimeMessage.Make(new("twinhub@example.org", "TwinHub"), MessageId, DateTimeOffset.UnixEpoch, Letter("Rana", "Subject") with { To = address }, "<p></p>"));

    [Fact]
    public void A_calendar_is_the_last_alternative_and_an_attachment_of_the_same_bytes()
    {
        var letter = Letter("Rana", "Subject") with { Calendar = new("REQUEST", [.. "BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n"u8]) };

        var lines = System.Text.Encoding.ASCII.GetString(MimeMessage.Make(new("twinhub@example.org", "TwinHub"), MessageId, DateTimeOffset.UnixEpoch, letter, "<p>x</p>")).Split("\r\n");

        const string id = "01999999-0000-7000-8000-000000000000";
        Assert.Equal(
            [
                $"Content-Type: multipart/mixed; boundary=\"=_mixed-{id}\"", $"--=_mixed-{id}", $"Content-Type: multipart/alternative; boundary=\"=_{id}\"",
                $"--=_{id}", "Content-Type: text/plain; charset=utf-8", $"--=_{id}", "Content-Type: text/html; charset=utf-8",
                $"--=_{id}", "Content-Type: text/calendar; charset=UTF-8; method=REQUEST", $"--=_{id}--",
                $"--=_mixed-{id}", "Content-Type: application/ics; name=\"invite.ics\"", $"--=_mixed-{id}--",
            ],
            lines.Where(line => line.StartsWith("Content-Type", StringComparison.Ordinal) || line.StartsWith("--", StringComparison.Ordinal)));
        Assert.Equal(2, lines.Count(line => line == Convert.ToBase64String(letter.Calendar!.Content)));
    }

    [Theory]
    [InlineData("https://example.org/x\r\nBcc: eve@example.org")]
    [InlineData("https://example.org/x>")]
    [InlineData("https://example.org/x y")]
    public void What_is_no_plain_link_never_becomes_a_header(string link)
    {
        var letter = Letter("Rana", "Subject");
        Assert.All([letter with { Unsubscribe = new("Stop", link) }, letter with { References = $"<{link}>" }], wrong =>
            Assert.Throws<ArgumentException>(() => MimeMessage.Make(new("twinhub@example.org", "TwinHub"), MessageId, DateTimeOffset.UnixEpoch, wrong, "<p></p>")));
    }

    private static byte[] Make(string to, string from, string subject) =>
        MimeMessage.Make(new("twinhub@example.org", from), MessageId, new DateTimeOffset(2026, 10, 2, 9, 5, 9, TimeSpan.FromHours(3)), Letter(to, subject), "<p>x</p>");

    private static Letter Letter(string name, string subject) => new("rana@example.org", name, "ar", "test")
    {
        Subject = subject, Paragraphs = ["جملة أولى", new string('y', 2_000)], Button = new("زر", "https://example.org/" + new string('z', 1_000)), Why = "لأنك عضو",
    };
}
