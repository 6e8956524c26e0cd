using System.Diagnostics;
using System.Text;
using TwinHub.Core.Mail.Inbound.Mime;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Mail.Inbound.Mime;

/// <summary>Nothing anybody can send throws, hangs or eats the memory.</summary>
public sealed class MimeFuzzTests
{
    private static readonly string[] Pieces =
    [
        "\r\n", "\n", "\r", "\r\n\r\n", " ", "\t", ":", ";", "=", "\"", "\\", "(", ")", "<", ">", ",", "@", "'", "*", "%", "=?", "?=", "\0", "\uFFFD", "é", "--b", "--b--", "--", "\r\n--b\r\n", "\r\n--b--\r\n",
        "Content-Type: multipart/mixed; boundary=b\r\n", "Content-Type: multipart/report; boundary=\"b\"\r\n", "Content-Type: message/rfc822\r\n", "Content-Type: text/calendar; charset=utf-8\r\n",
        "Content-Type: message/delivery-status\r\n", "Content-Transfer-Encoding: base64\r\n", "Content-Transfer-Encoding: quoted-printable\r\n", "Content-Disposition: attachment; filename*0*=utf-8''%C3; filename*1=x.ics\r\n",
        "From: ", "To: ", "Subject: ", "=?utf-8?B?w7w=?=", "=?utf-8?Q?=C3?=", "=?utf-7?Q?+AD?=", "rana@example.org", "\"Rana\" <rana@example.org>", "Cities: ", "Authentication-Results: mx.example.org; dmarc=pass\r\n",
        "Final-Recipient: rfc822; rana@example.org\r\n", "Action: failed\r\n", "Status: 5.1.1\r\n", "Message-ID: <a@b>\r\n", "Auto-Submitted: no\r\n", "charset=", "name*0=", "utf-16", "=C3=BC", "=\r\n", "QUJD", "====",
    ];

    [Fact]
    public void Random_mails_are_read_or_refused_within_bounds()
    {
        var random = Soak.Seed();
        var (read, rounds) = (0, Soak.Of(6_000, 600_000));
        var watch = Stopwatch.StartNew();
        for (var round = 0; round < rounds; round++)
        {
            var mail = Make(random);
            var before = GC.GetAllocatedBytesForCurrentThread();
            read += Use(mail) ? 1 : 0;
            var used = GC.GetAllocatedBytesForCurrentThread() - before;
            Assert.True(used < 200_000 + (mail.Length * 200L), $"Round {round}: {used} octets for a mail of {mail.Length}");
        }
        // Most are read: a fuzz test whose mails are all refused at the door tests the door.
        Assert.InRange(read, rounds / 2, rounds);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromMilliseconds(rounds * 5));
    }

    [Theory]
    [InlineData("From: ", "a:")]
    [InlineData("From: a@b", ":")]
    [InlineData("From: ", "(")]
    [InlineData("From: ", "()")]
    [InlineData("From: ", "<")]
    [InlineData("From: ", "\"\\")]
    [InlineData("From: ", "a@b,")]
    [InlineData("Subject: ", "=?")]
    [InlineData("Subject: ", "=?u?Q?")]
    [InlineData("Subject: ", "=?u?Q?a?= ")]
    [InlineData("Content-Type: text/plain", ";a*0=b")]
    [InlineData("Content-Type: text/plain; name=", "(")]
    [InlineData("Content-Type: text/plain; name*=utf-8''", "%4")]
    [InlineData("Authentication-Results: mx.example.org", ";a=b")]
    public void A_header_made_to_hurt_takes_no_longer_than_others(string name, string again)
    {
        var line = "\r\n " + string.Concat(Enumerable.Repeat(again, 15_000 / again.Length));
        var mail = Encoding.ASCII.GetBytes(name + string.Concat(Enumerable.Repeat(line, 30)) + "\r\n\r\nbody");
        var watch = Stopwatch.StartNew();
        Assert.True(Use(mail));
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(1.5));
    }

    private static byte[] Make(Random random)
    {
        var mail = new StringBuilder(random.Next(2) == 0 ? "Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n" : "");
        for (var pieces = random.Next(60); pieces >= 0; pieces--)
        {
            mail.Append(Pieces[random.Next(Pieces.Length)]);
        }
        var bytes = Encoding.UTF8.GetBytes(mail.ToString());
        for (var flips = random.Next(4); flips > 0 && bytes.Length > 0; flips--)
        {
            bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
        }
        return bytes;
    }

    /// <summary>Everything the hub asks of a mail.</summary>
    private static bool Use(byte[] bytes)
    {
        if (MimeReader.Read(bytes, new()).Mail is not { } mail)
        {
            return false;
        }
        _ = (mail.Subject, mail.MessageId, mail.From, mail.To, mail.Sender, mail.PlainText(), mail.DeliveryReports(), mail.AuthenticationResults("mx.example.org"), mail.IsAutomatic(null));
        foreach (var part in mail.Root.Own())
        {
            _ = (part.FileName, part.IsAttachment, part.Text(), part.Content(), part.Headers.Select(header => header.Text).ToList());
        }
        _ = mail.CalendarParts().Select(part => part.Text()).ToList();
        return true;
    }
}
