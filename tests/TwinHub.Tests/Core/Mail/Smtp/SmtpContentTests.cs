using System.Text;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Mail.Smtp;

/// <summary>What arrives is what stood in the outbox.</summary>
public sealed class SmtpContentTests
{
    private const string NoPipelining = "SIZE 1000000";

    [Theory]
    [InlineData("PIPELINING")]
    [InlineData(NoPipelining)]
    public async Task Every_byte_arrives_and_dots_that_begin_a_line_are_doubled_on_the_way(string offer)
    {
        var content = ".begins\r\n..two\r\n.\r\nmid.dle\r\n\r\n.\r\n" + string.Concat(Enumerable.Repeat(".A line of seventy-six letters, as base64 has them, and a few more letters…\r\n", 2_000)) + ".\r\n";
        await using var server = new ScriptedSmtp { Offers = [offer, "8BITMIME"] };
        await using var client = new SmtpClient(server);

        var delivery = await client.Send(SmtpClient.Mail(content: content));

        Assert.Equal(("sent", "250 2.0.0 Stored"), (delivery.State, delivery.Detail));
        var wire = Encoding.UTF8.GetString(Assert.Single(server.Contents));
        Assert.Equal("." + content.Replace("\r\n.", "\r\n..", StringComparison.Ordinal), wire);
    }

    [Fact]
    public async Task Every_size_around_the_buffers_edge_arrives_whole()
    {
        await using var server = new ScriptedSmtp();
        await using var client = new SmtpClient(server);
        for (var size = 32_760; size <= 32_775; size++)
        {
            var content = new string('x', size) + "\r\n.\r\n";
            Assert.Equal("sent", (await client.Send(SmtpClient.Mail(content: content))).State);
            Assert.Equal(content.Replace("\r\n.", "\r\n..", StringComparison.Ordinal), Encoding.UTF8.GetString(server.Contents.Last()));
        }
    }

    [Fact]
    public async Task A_mail_that_does_not_end_its_last_line_is_ended()
    {
        await using var server = new ScriptedSmtp();
        await using var client = new SmtpClient(server);
        Assert.Equal("sent", (await client.Send(SmtpClient.Mail(content: "Subject: x\r\n\r\nend"))).State);
        Assert.Equal("Subject: x\r\n\r\nend\r\n", Encoding.UTF8.GetString(Assert.Single(server.Contents)));
    }

    [Theory]
    [InlineData("a\n.\nMAIL FROM:<x@example.org>\r\n")]
    [InlineData("a\r.\r\nb\r\n")]
    [InlineData("a\r\n.\n\r\n")]
    [InlineData("a\r")]
    [InlineData("a\r\r\nb")]
    public async Task A_line_break_that_could_hide_another_mail_never_leaves(string content)
    {
        await using var server = new ScriptedSmtp();
        await using var client = new SmtpClient(server);
        Assert.Equal("failed", (await client.Send(SmtpClient.Mail(content: content))).State);
        Assert.Empty(server.Lines("MAIL"));
    }

    [Fact]
    public async Task Sender_recipient_and_data_travel_together_where_the_server_allows_it()
    {
        await using var server = new ScriptedSmtp();
        await using var client = new SmtpClient(server);
        await client.Send(SmtpClient.Mail(content: "Subject: ü\r\n\r\n"));
        Assert.Equal(["MAIL FROM:<rsvp+k3@example.org> SIZE=15 BODY=8BITMIME", $"RCPT TO:<{SmtpClient.Recipient}>", "DATA"], server.Said.Select(one => one.Line).Skip(1).Take(3));
        Assert.Equal("EHLO [127.0.0.1]", server.Said.First().Line);
    }

    [Fact]
    public async Task A_server_that_knows_only_helo_gets_its_mail()
    {
        await using var server = new ScriptedSmtp((said, _) => said.StartsWith("EHLO", StringComparison.Ordinal) ? "502 5.5.1 What?" : null);
        await using var client = new SmtpClient(server);
        Assert.Equal("sent", (await client.Send()).State);
        Assert.Equal(["HELO [127.0.0.1]", "MAIL FROM:<rsvp+k3@example.org>"], server.Said.Select(one => one.Line).Skip(1).Take(2));
    }

    [Fact]
    public async Task A_mail_bigger_than_the_server_takes_is_not_sent()
    {
        await using var server = new ScriptedSmtp { Offers = ["SIZE 1000"] };
        await using var client = new SmtpClient(server);
        var delivery = await client.Send(SmtpClient.Mail(content: new string('x', 1_001)));
        Assert.Equal("failed", delivery.State);
        Assert.Contains("1000", delivery.Detail, StringComparison.Ordinal);
        Assert.Empty(server.Lines("MAIL"));
    }

    [Fact]
    public async Task Nobody_gets_the_bounces_of_a_mail_without_sender()
    {
        await using var server = new ScriptedSmtp();
        await using var client = new SmtpClient(server);
        Assert.Equal("sent", (await client.Send(SmtpClient.Mail(sender: ""))).State);
        Assert.StartsWith("MAIL FROM:<> ", Assert.Single(server.Lines("MAIL")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("a@example.org>\r\nRCPT TO:<b@example.org")]
    [InlineData("a@example.org> SIZE=1")]
    [InlineData("a b@example.org")]
    [InlineData("a\0@example.org")]
    [InlineData("")]
    [InlineData("nobody")]
    [InlineData("@example.org")]
    [InlineData("a@")]
    public async Task An_address_that_could_break_out_of_its_brackets_bounces_unsent(string recipient)
    {
        await using var server = new ScriptedSmtp();
        await using var client = new SmtpClient(server);
        Assert.Equal("bounced", (await client.Send(SmtpClient.Mail(recipient))).State);
        Assert.Empty(server.Lines("MAIL"));
        Assert.Equal("failed", (await client.Send(SmtpClient.Mail(sender: recipient.Length == 0 ? "x" : recipient))).State);
        Assert.Empty(server.Lines("MAIL"));
    }

    [Theory]
    [InlineData("jürgen@example.org", "SMTPUTF8", "sent", "MAIL FROM:<rsvp+k3@example.org> SMTPUTF8", "RCPT TO:<jürgen@example.org>")]
    [InlineData("jürgen@example.org", "SIZE", "bounced", null, null)]
    [InlineData("hala@مثال.example.org", "SIZE", "sent", "MAIL FROM:<rsvp+k3@example.org> SIZE=28", "RCPT TO:<hala@xn--mgbh0fb.example.org>")]
    public async Task Letters_beyond_ascii_need_a_server_that_carries_them(string recipient, string offer, string state, string? from, string? to)
    {
        await using var server = new ScriptedSmtp { Offers = [offer] };
        await using var client = new SmtpClient(server);
        var delivery = await client.Send(SmtpClient.Mail(recipient));
        Assert.Equal(state, delivery.State);
        Assert.Equal((from, to), (server.Lines("MAIL").SingleOrDefault(), server.Lines("RCPT").SingleOrDefault()));
        Assert.True(state == "sent" || delivery.Detail!.Contains("SMTPUTF8", StringComparison.Ordinal));
    }
}
