using System.Diagnostics;
using System.Text;
using TwinHub.Core.Mail.Inbound.Mime;
using Xunit;

namespace TwinHub.Tests.Core.Mail.Inbound.Mime;

/// <summary>Mails that are broken or mean harm: read as far as they make sense, or refused by name, quickly.</summary>
public sealed class BrokenMailTests
{
    public static TheoryData<string, string, MimeFault> Bombs => new()
    {
        { "nested 1000 deep", string.Concat(Enumerable.Range(0, 1_000).Select(i => $"Content-Type: multipart/mixed; boundary=b{i}\n\n--b{i}\n")), MimeFault.TooDeep },
        { "mails in mails", string.Concat(Enumerable.Repeat("Content-Type: message/rfc822\n\n", 1_000)), MimeFault.TooDeep },
        { "10,000 parts", "Content-Type: multipart/mixed; boundary=b\n\n" + string.Concat(Enumerable.Repeat("--b\n\nx\n", 10_000)), MimeFault.TooManyParts },
        { "a digest of mails", "Content-Type: multipart/digest; boundary=b\n\n" + string.Concat(Enumerable.Repeat("--b\n\nSubject: x\n\n", 60)), MimeFault.TooManyParts },
        { "100,000 header lines", string.Concat(Enumerable.Repeat("X: y\n", 100_000)), MimeFault.TooManyHeaderLines },
        { "100,000 folds", "X: y\n" + string.Concat(Enumerable.Repeat(" z\n", 100_000)), MimeFault.TooManyHeaderLines },
        { "long header lines", string.Concat(Enumerable.Repeat("X: " + new string('y', 10_000) + "\n", 100)), MimeFault.HeadersTooLarge },
        { "one endless header line", "Subject: " + new string('y', 1_000_000), MimeFault.HeaderLineTooLong },
        { "headers in the parts", "Content-Type: multipart/mixed; boundary=b\n\n" + string.Concat(Enumerable.Repeat("--b\n" + string.Concat(Enumerable.Repeat("X: y\n", 200)) + "\n", 90)), MimeFault.TooManyHeaderLines },
        { "31 MB", "\n" + new string('x', 31 * 1024 * 1024), MimeFault.TooLarge },
    };

    [Theory]
    [MemberData(nameof(Bombs), DisableDiscoveryEnumeration = true)]
    public void A_broken_limit_has_a_name(string bomb, string mail, MimeFault fault)
    {
        Assert.NotEmpty(bomb);
        var bytes = Encoding.Latin1.GetBytes(mail);
        var watch = Stopwatch.StartNew();
        var before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(new MimeReading(null, fault), MimeReader.Read(bytes, new()));

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4_000_000);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(2));
    }

    [Fact]
    public void The_limits_themselves_are_allowed()
    {
        var limits = new MimeLimits { Bytes = 62, Parts = 2, Depth = 2, HeaderLines = 1, HeaderLine = 42, HeaderBytes = 42 };
        var mail = Encoding.ASCII.GetBytes("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nx\n--b--\nends.\n".PadRight(62, '.'));
        Assert.Equal(62, mail.Length);
        Assert.Null(MimeReader.Read(mail, limits).Fault);
        Assert.Equal(MimeFault.TooLarge, MimeReader.Read(mail, limits with { Bytes = 61 }).Fault);
        Assert.Equal(MimeFault.TooManyParts, MimeReader.Read(mail, limits with { Parts = 1 }).Fault);
        Assert.Equal(MimeFault.TooDeep, MimeReader.Read(mail, limits with { Depth = 1 }).Fault);
        Assert.Equal(MimeFault.TooManyHeaderLines, MimeReader.Read(mail, limits with { HeaderLines = 0 }).Fault);
        Assert.Equal(MimeFault.HeaderLineTooLong, MimeReader.Read(mail, limits with { HeaderLine = 41 }).Fault);
        Assert.Equal(MimeFault.HeadersTooLarge, MimeReader.Read(mail, limits with { HeaderBytes = 41 }).Fault);
    }

    [Theory]
    [InlineData("", "text/plain", "")]
    [InlineData("\n\n", "text/plain", "\n")]
    [InlineData("Subject: only headers", "text/plain", "")]
    [InlineData("no header at all\n\nbody", "text/plain", "body")]
    [InlineData("From rana@example.org Thu Nov 26 10:00:00 2026\nSubject: folder\n\nbody", "text/plain", "body")]
    [InlineData("Content-Type: text\n\nhalf a type", "text/plain", "half a type")]
    [InlineData("Content-Type: multipart/mixed\n\nno boundary", "multipart/mixed", null)]
    [InlineData("Content-Type: multipart/mixed; boundary=\"\"\n\n--\n\nempty", "multipart/mixed", null)]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\nno such line", "multipart/mixed", null)]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b\n\nno last boundary", "multipart/mixed[text/plain]", "no last boundary")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b--\n--b\n\nafter the end", "multipart/mixed", null)]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b  \t\n\nspace after\n--b-- \n", "multipart/mixed[text/plain]", "space after")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\nx--b\n--bc\n--b\n\nnot\n --b\n--b-\nyet\n--b--", "multipart/mixed[text/plain]", "not\n --b\n--b-\nyet")]
    [InlineData("Content-Type: multipart/mixed; boundary=b\n\n--b\n--b\n--b--", "multipart/mixed[text/plain text/plain]", "\n")]
    [InlineData("Content-Type: multipart/mixed; boundary=b; boundary=c\n\n--c\n\nsecond\n--b\n\nfirst", "multipart/mixed[text/plain]", "first")]
    [InlineData("Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/mixed; boundary=ab\n\n--ab\n\ninner\n--a\n\nouter\n--ab\n\nstray", "multipart/mixed[multipart/mixed[text/plain] text/plain]", "inner\nouter\n--ab\n\nstray")]
    [InlineData("Content-Type: multipart/mixed; boundary=a\n\n--a\nContent-Type: multipart/mixed; boundary=a\n\n--a\n\nsame\n--a--", "multipart/mixed[multipart/mixed text/plain]", "same")]
    [InlineData("Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\nU3ViamVjdDogeAoK", "message/rfc822", null)]
    [InlineData("Content-Type: text/plain; charset=utf-7\n\n+ADw-script+AD4-", "text/plain", null)]
    [InlineData("Content-Type: text/plain; charset=klingon\n\nplain", "text/plain", "plain")]
    [InlineData("Content-Transfer-Encoding: base64\n\n!!SGVs\nbG8\u0001h==IQ==", "text/plain", "Hello!!")]
    [InlineData("Content-Transfer-Encoding: quoted-printable\n\n=zz =4 =\n=C3=BC =", "text/plain", "=zz =4 ü ")]
    [InlineData("Sub\0ject: x\nSubject: a\0b\n\nNUL\0NUL", "text/plain", "NULNUL")]
    public void What_is_broken_is_read_as_far_as_it_makes_sense(string mail, string shape, string? plain)
    {
        foreach (var end in new[] { "\n", "\r\n" })
        {
            var read = Eml.Read(Encoding.UTF8.GetBytes(mail.ReplaceLineEndings(end)));
            Assert.Equal(shape, read.Root.Shape());
            Assert.Equal(plain, read.PlainText());
            Assert.DoesNotContain(read.Headers, header => header.Text.Any(char.IsControl));
        }
    }

    [Fact]
    public void Boundaries_that_almost_match_everywhere_cost_no_more_than_reading()
    {
        var mail = Encoding.ASCII.GetBytes("Content-Type: multipart/mixed; boundary=-\n\n" + new string('-', 10_000_000) + string.Concat(Enumerable.Repeat("\n---x", 3_000_000)));
        var watch = Stopwatch.StartNew();
        Eml.Read(mail);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(3));
    }

    [Fact]
    public void A_big_attachment_is_not_copied_by_reading()
    {
        var mail = Encoding.ASCII.GetBytes("Content-Type: multipart/mixed; boundary=b\n\n--b\nContent-Transfer-Encoding: base64\n\n" + new string('A', 25_000_000) + "\n--b--\n");
        var before = GC.GetAllocatedBytesForCurrentThread();
        Eml.Read(mail);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }
}
