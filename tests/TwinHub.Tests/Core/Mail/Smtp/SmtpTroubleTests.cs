using System.Diagnostics;
using System.Text;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Mail.Smtp;

/// <summary>Servers that drop, babble or fall silent. Nothing is lost, nothing hangs, and what nobody knows is not called sent.</summary>
public sealed class SmtpTroubleTests
{
    [Theory]
    [InlineData("CONNECT", "away")]
    [InlineData("EHLO", "away")]
    [InlineData("MAIL", "later")]
    [InlineData("RCPT", "later")]
    [InlineData("DATA", "later")]
    [InlineData("TEXT", "later")]
    [InlineData(".", "later")]
    public async Task A_torn_or_silent_line_leaves_the_mail_waiting(string step, string state)
    {
        foreach (var trouble in new[] { ScriptedSmtp.Drop, ScriptedSmtp.Silence })
        {
            await using var server = new ScriptedSmtp((said, _) => said.StartsWith(step, StringComparison.Ordinal) ? trouble : null) { Offers = ["PIPELINING"] };
            await using var client = new SmtpClient(server, SmtpClient.Hasty);
            var watch = Stopwatch.StartNew();
            Assert.Equal(state, (await client.Send(SmtpClient.Mail(content: Long()))).State);
            Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(4));
        }
    }

    [Theory]
    [InlineData("garbage")]
    [InlineData("")]
    [InlineData("25")]
    [InlineData("250_ok")]
    [InlineData("250-one\r\n251 two")]
    [InlineData("99 bottles")]
    [InlineData("600 high")]
    [InlineData("100 low")]
    [InlineData("354 go on")]
    public async Task An_answer_nobody_understands_is_no_yes(string answer)
    {
        await using var server = new ScriptedSmtp((said, _) => said == "." ? answer : null);
        await using var client = new SmtpClient(server, SmtpClient.Hasty);
        Assert.Equal("later", (await client.Send()).State);
        await using var other = new ScriptedSmtp((said, _) => said.StartsWith("RCPT", StringComparison.Ordinal) ? answer : null);
        await using var second = new SmtpClient(other, SmtpClient.Hasty);
        Assert.Equal("later", (await second.Send()).State);
        Assert.DoesNotContain(other.Contents, content => content.Length > 0);
    }

    [Theory]
    [InlineData("line")]
    [InlineData("lines")]
    public async Task An_endless_answer_is_cut_off(string kind)
    {
        var endless = kind == "line" ? "250 " + new string('x', 5_000_000) : string.Concat(Enumerable.Repeat("250-and on\r\n", 100_000));
        await using var server = new ScriptedSmtp((said, _) => said.StartsWith("EHLO", StringComparison.Ordinal) ? endless : null);
        await using var client = new SmtpClient(server);
        var delivery = await client.Send();
        Assert.Equal("away", delivery.State);
        Assert.Contains("more than", delivery.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Answers_of_many_lines_are_read_to_their_end()
    {
        await using var server = new ScriptedSmtp((said, _) => said switch { "CONNECT" => "220-Welcome\r\n220-\r\n220 to us", "." => "250-2.0.0 Stored\r\n250 2.0.0 as 17", "DATA" => "354", _ => null });
        await using var client = new SmtpClient(server);
        Assert.Equal("250 2.0.0 Stored 2.0.0 as 17", (await client.Send()).Detail);
    }

    [Fact]
    public async Task A_mail_whose_answer_never_came_goes_again_with_the_same_bytes()
    {
        await using var server = new ScriptedSmtp((said, number) => said == "." && number == 1 ? ScriptedSmtp.Drop : null);
        await using var client = new SmtpClient(server);
        var mail = SmtpClient.Mail(content: "Message-ID: <one@example.org>\r\n\r\n.\r\n");
        var first = await client.Send(mail);
        Assert.Equal("later", first.State);
        Assert.Contains("may arrive twice", first.Detail, StringComparison.Ordinal);
        Assert.Equal("sent", (await client.Send(mail)).State);
        Assert.Equal(2, server.Contents.Count);
        Assert.Equal(server.Contents.First(), server.Contents.Last());
    }

    [Fact]
    public async Task Nobody_at_the_port_is_away()
    {
        await using var server = new ScriptedSmtp();
        await using var client = new SmtpClient(server);
        await server.DisposeAsync();
        Assert.Equal("away", (await client.Send()).State);
        Assert.Contains("cannot be reached", Assert.Single(client.Logged), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MAIL", false)]
    [InlineData(".", true)]
    public async Task Stopping_in_the_middle_says_honestly_how_far_it_came(string step, bool inDoubt)
    {
        using var stop = new CancellationTokenSource();
        await using var server = new ScriptedSmtp((said, _) =>
        {
            if (said.StartsWith(step, StringComparison.Ordinal))
            {
                stop.CancelAfter(TimeSpan.FromMilliseconds(100));
                return ScriptedSmtp.Silence;
            }
            return null;
        });
        await using var client = new SmtpClient(server);
        if (inDoubt)
        {
            Assert.Contains("may arrive twice", (await client.SendUntil(SmtpClient.Mail(), stop.Token)).Detail, StringComparison.Ordinal);
        }
        else
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.SendUntil(SmtpClient.Mail(), stop.Token));
        }
    }

    /// <summary>More than the buffers between the two ends hold, so that a reader who stops is felt.</summary>
    private static string Long() => new StringBuilder().Insert(0, new string('x', 998) + "\r\n", 8_000).ToString();
}
