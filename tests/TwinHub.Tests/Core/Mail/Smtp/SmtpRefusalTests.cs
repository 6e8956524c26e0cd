using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Mail.Smtp;

/// <summary>What a server's refusal means for a mail.</summary>
public sealed class SmtpRefusalTests
{
    [Theory]
    [InlineData("MAIL", "451 4.3.0 Later", "later")]
    [InlineData("MAIL", "452 4.3.1 Full", "later")]
    [InlineData("MAIL", "530 5.7.0 Sign in first", "away")]
    [InlineData("MAIL", "550 5.7.60 Not your address", "later")]
    [InlineData("MAIL", "552 5.3.4 Too big", "failed")]
    [InlineData("RCPT", "450 4.2.1 Greylisted", "later")]
    [InlineData("RCPT", "451 Later", "later")]
    [InlineData("RCPT", "550 5.1.1 No such user", "bounced")]
    [InlineData("RCPT", "552 5.2.2 Mailbox full", "bounced")]
    [InlineData("RCPT", "554 5.7.1 Relaying denied", "bounced")]
    [InlineData("DATA", "451 4.3.0 Later", "later")]
    [InlineData("DATA", "554 5.5.1 No valid recipients", "failed")]
    [InlineData(".", "451 4.3.0 Later", "later")]
    [InlineData(".", "550 5.1.1 No such user", "bounced")]
    [InlineData(".", "550 No such user", "bounced")]
    [InlineData(".", "550 5.7.1 Looks like spam", "failed")]
    [InlineData(".", "552 5.3.4 Too big", "failed")]
    [InlineData(".", "554 Looks like spam", "failed")]
    [InlineData(".", "554-5.2.1 This mailbox\r\n554 5.2.1 is closed", "bounced")]
    public async Task A_refusal_means_what_it_says_at_its_step(string step, string answer, string state)
    {
        foreach (var offers in new[] { new[] { "PIPELINING" }, [] })
        {
            await using var server = new ScriptedSmtp((said, _) => said.StartsWith(step, StringComparison.Ordinal) ? answer : null) { Offers = offers };
            await using var client = new SmtpClient(server);
            var delivery = await client.Send();
            Assert.Equal(state, delivery.State);
            Assert.True(state == "away" || delivery.Detail == answer.Replace("\r\n554", "", StringComparison.Ordinal).Replace('-', ' '), delivery.Detail);
        }
    }

    [Theory]
    [InlineData("CONNECT", "away")]
    [InlineData("EHLO", "away")]
    [InlineData("MAIL", "later")]
    [InlineData("RCPT", "later")]
    [InlineData("DATA", "later")]
    [InlineData(".", "later")]
    public async Task After_421_the_mail_waits_and_the_connection_is_not_used_again(string step, string state)
    {
        await using var server = new ScriptedSmtp((said, number) => number == 1 && said.StartsWith(step, StringComparison.Ordinal) ? "421 4.3.2 Closing" : null);
        await using var client = new SmtpClient(server);
        var first = await client.Send();
        Assert.Equal((state, "421 4.3.2 Closing"), (first.State, first.Detail));
        Assert.Equal("sent", (await client.Send()).State);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task The_mail_after_a_refused_one_goes_on_the_same_connection_with_nothing_left_over()
    {
        await using var server = new ScriptedSmtp((said, _) => said.Contains("nobody", StringComparison.Ordinal) ? "550 5.1.1 No such user" : null);
        await using var client = new SmtpClient(server);
        Assert.Equal("bounced", (await client.Send(SmtpClient.Mail("nobody@example.org"))).State);
        Assert.Equal("sent", (await client.Send()).State);
        // This server says 354 to DATA all the same: it is given an empty content and a reset.
        Assert.Equal(2, server.Contents.Count);
        Assert.Empty(server.Contents.First());
        Assert.Equal(SmtpClient.Mail().Content, server.Contents.Last());
        Assert.Single(server.Lines("RSET"));
        Assert.Equal(1, server.Connections);
    }

    [Theory]
    [InlineData(ScriptedSmtp.Drop)]
    [InlineData("500 5.5.1 What?")]
    [InlineData("garbage")]
    public async Task A_refusal_stands_whatever_the_server_does_afterwards(string atReset)
    {
        await using var server = new ScriptedSmtp((said, number) => number == 1 && said == "RSET" ? atReset : said.StartsWith("RCPT TO:<nobody", StringComparison.Ordinal) ? "550 5.1.1 No such user" : null);
        await using var client = new SmtpClient(server);
        Assert.Equal("bounced", (await client.Send(SmtpClient.Mail("nobody@example.org"))).State);
        Assert.Equal("sent", (await client.Send()).State);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task The_servers_words_are_kept_short_and_harmless()
    {
        await using var server = new ScriptedSmtp((said, _) => said.StartsWith("RCPT", StringComparison.Ordinal)
            ? string.Concat(Enumerable.Repeat("550-5.1.1 No \u001b[31msuch\tuser\r\n", 40)) + "550 5.1.1 End" : null);
        await using var client = new SmtpClient(server);
        var detail = (await client.Send()).Detail!;
        Assert.StartsWith("550 5.1.1 No  [31msuch user 5.1.1 No", detail, StringComparison.Ordinal);
        Assert.True(detail.Length < 510);
        Assert.DoesNotContain(detail, char.IsControl);
    }
}
