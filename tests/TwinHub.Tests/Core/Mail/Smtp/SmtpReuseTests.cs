using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Mail.Smtp;

/// <summary>Connections carry one mail after another, and a dead one costs nothing but a new one.</summary>
public sealed class SmtpReuseTests
{
    [Fact]
    public async Task Mails_one_after_another_share_a_connection_and_the_end_says_goodbye()
    {
        await using var server = new ScriptedSmtp();
        await using (var client = new SmtpClient(server))
        {
            for (var i = 0; i < 10; i++)
            {
                Assert.Equal("sent", (await client.Send()).State);
            }
        }
        Assert.Equal((1, 10), (server.Connections, server.Contents.Count));
        Assert.Equal("QUIT", server.Said.Last().Line);
    }

    [Fact]
    public async Task After_a_hundred_mails_a_new_connection_is_made()
    {
        await using var server = new ScriptedSmtp();
        await using var client = new SmtpClient(server);
        for (var i = 0; i < 101; i++)
        {
            await client.Send();
        }
        Assert.Equal(2, server.Connections);
        Assert.Single(server.Lines("QUIT"));
    }

    [Fact]
    public async Task Never_more_than_the_set_number_is_open()
    {
        await using var server = new ScriptedSmtp();
        await using var client = new SmtpClient(server, options => options with { Connections = 3 });
        var all = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => client.Send()));
        Assert.All(all, delivery => Assert.Equal("sent", delivery.State));
        Assert.Equal(60, server.Contents.Count);
        Assert.InRange(server.MostOpen, 1, 3);
    }

    [Theory]
    [InlineData(ScriptedSmtp.Drop)]
    [InlineData(ScriptedSmtp.Silence)]
    [InlineData("421 4.7.0 Too many mails on this connection")]
    public async Task A_kept_connection_that_died_is_replaced_at_once(string death)
    {
        var mails = 0;
        await using var server = new ScriptedSmtp((said, number) => number == 1 && said.StartsWith("MAIL", StringComparison.Ordinal) && ++mails == 2 ? death : null);
        await using var client = new SmtpClient(server, SmtpClient.Hasty);
        Assert.Equal("sent", (await client.Send()).State);
        Assert.Equal("sent", (await client.Send()).State);
        Assert.Equal((2, 2), (server.Connections, server.Contents.Count));
    }

    [Fact]
    public async Task A_mail_that_had_begun_on_a_kept_connection_is_not_repeated_in_the_same_breath()
    {
        var mails = 0;
        await using var server = new ScriptedSmtp((said, _) => said == "." && ++mails == 2 ? ScriptedSmtp.Drop : null);
        await using var client = new SmtpClient(server);
        Assert.Equal("sent", (await client.Send()).State);
        Assert.Equal("later", (await client.Send()).State);
        Assert.Equal(1, server.Connections);
    }

    [Fact]
    public async Task A_connection_the_server_closed_while_it_rested_is_noticed()
    {
        await using var server = new ScriptedSmtp((said, number) => said == "." && number == 1 ? "250 2.0.0 Stored\r\n421 4.4.2 Good night" : null);
        await using var client = new SmtpClient(server);
        Assert.Equal("sent", (await client.Send()).State);
        Assert.Equal("sent", (await client.Send()).State);
        Assert.Equal(2, server.Connections);
    }

    [Fact]
    public async Task A_connection_without_work_is_closed_with_a_goodbye()
    {
        await using var server = new ScriptedSmtp();
        await using var client = new SmtpClient(server, options => options with { IdleTimeout = TimeSpan.FromMilliseconds(100) });
        await client.Send();
        await Eventually.True(() => server.Lines("QUIT").Count == 1, "the idle connection is closed", 5);
        Assert.Equal("sent", (await client.Send()).State);
        Assert.Equal(2, server.Connections);
    }
}
