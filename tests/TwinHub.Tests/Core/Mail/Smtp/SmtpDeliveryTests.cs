using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using TwinHub.Core;
using TwinHub.Core.Mail;
using TwinHub.Core.Mail.Smtp;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Mail.Smtp;

/// <summary>The sweep that empties the outbox (architecture, The outgoing mail, exactly), before a server that does as told.</summary>
public sealed class SmtpDeliveryTests(TestPostgres postgres) : IAsyncLifetime
{
    private readonly MovableTime _time = new();
    private NpgsqlDataSource _source = null!;

    public async ValueTask InitializeAsync() => _source = NpgsqlDataSource.Create(await postgres.Database(demo: false));

    public ValueTask DisposeAsync() => _source.DisposeAsync();

    [Fact]
    public async Task Two_nodes_at_once_send_every_mail_once()
    {
        await using var server = new ScriptedSmtp();
        await Queue(120);
        await using var one = new Node(this, server);
        await using var other = new Node(this, server);

        var counts = await Task.WhenAll(one.Run(), other.Run());

        Assert.Equal(120, counts.Sum());
        Assert.Equal(120, server.Contents.Select(Encoding.ASCII.GetString).Distinct().Count());
        Assert.Equal(120, server.Contents.Count);
        Assert.All(await States(), mail => Assert.Equal("sent 1", mail.State));
        Assert.InRange(server.Connections, 1, 8);
    }

    [Fact]
    public async Task A_passing_refusal_is_tried_again_later_and_a_bounce_never()
    {
        var refusals = 0;
        await using var server = new ScriptedSmtp((said, _) => said switch
        {
            "RCPT TO:<person0@example.org>" when ++refusals == 1 => "451 4.7.1 Come back",
            "RCPT TO:<person1@example.org>" => "550 5.1.1 No such user",
            _ => null,
        });
        await Queue(3);
        await using var node = new Node(this, server);

        Assert.Equal(3, await node.Run());
        Assert.Equal(["queued 1", "bounced 1", "sent 1"], (await States()).Select(mail => mail.State));
        Assert.Equal("550 5.1.1 No such user", (await States())[1].Detail);
        Assert.Equal(0, await node.Run());

        _time.Offset += TimeSpan.FromHours(3);
        Assert.Equal(1, await node.Run());
        Assert.Equal(["sent 2", "bounced 1", "sent 1"], (await States()).Select(mail => mail.State));
        Assert.Single(server.Lines("RCPT TO:<person1"));
    }

    [Fact]
    public async Task Refused_for_now_too_often_is_failed()
    {
        await using var server = new ScriptedSmtp((said, _) => said == "DATA" ? "451 4.3.0 Later" : null);
        await Queue(1);
        await using var node = new Node(this, server, options => options with { MaxAttempts = 3 });
        for (var i = 0; i < 5; i++)
        {
            await node.Run();
            _time.Offset += TimeSpan.FromHours(3);
        }
        Assert.Equal("failed 3", Assert.Single(await States()).State);
    }

    [Fact]
    public async Task While_the_server_is_away_no_mail_loses_an_attempt()
    {
        var away = true;
        await using var server = new ScriptedSmtp((said, _) => away && said == "CONNECT" ? "421 4.3.2 Down" : null);
        await Queue(20);
        await using var node = new Node(this, server, options => options with { MaxAttempts = 2 });
        for (var i = 0; i < 10; i++)
        {
            Assert.Equal(0, await node.Run());
            _time.Offset += TimeSpan.FromMinutes(1);
        }
        Assert.InRange(server.Connections, 10, 40);
        Assert.All(await States(), mail => Assert.Equal("queued 0", mail.State));

        away = false;
        Assert.Equal(20, await node.Run());
        Assert.All(await States(), mail => Assert.Equal("sent 1", mail.State));
    }

    [Fact]
    public async Task A_slow_answer_keeps_its_mail_and_holds_up_no_other()
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new ScriptedSmtp(async (said, connection) =>
        {
            if (said == "." && connection == 1)
            {
                await answer.Task;
            }
            return null;
        });
        await Queue(1);
        await using var node = new Node(this, server, options => options with { Lease = TimeSpan.FromSeconds(2.4) });
        await using var other = new Node(this, server);
        var sweep = node.Run();
        await Eventually.True(() => server.Contents.Count == 1, "the mail is with the server");
        var lease = await LeaseUntil();
        await Eventually.True(async () => await LeaseUntil() > lease, "the lease is renewed");

        await Queue(1, from: 1);
        await Eventually.True(async () => (await States())[1].State == "sent 1", "the same sweep sends what comes meanwhile");
        await Eventually.True(async () => await LeaseUntil() > lease + TimeSpan.FromSeconds(1), "the lease outlives its first length");
        Assert.Equal(0, await other.Run());

        answer.SetResult();
        Assert.Equal(2, await sweep);
        Assert.Equal(2, server.Contents.Count);
        Assert.All(await States(), mail => Assert.Equal("sent 1", mail.State));
    }

    [Fact]
    public async Task Asked_to_stop_it_finishes_what_is_under_way_and_begins_nothing_new()
    {
        var answer = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var server = new ScriptedSmtp(async (said, _) =>
        {
            if (said == ".")
            {
                await answer.Task;
            }
            return null;
        });
        await Queue(10);
        await using var node = new Node(this, server);
        using var stop = new CancellationTokenSource();
        var sweep = node.RunUntil(stop.Token);
        await Eventually.True(() => server.Contents.Count == 4, "four mails are under way");

        await stop.CancelAsync();
        answer.SetResult();

        Assert.Equal(4, await sweep);
        Assert.Equal(4, server.Contents.Count);
        Assert.Equal((4, 6), ((await States()).Count(mail => mail.State == "sent 1"), (await States()).Count(mail => mail.State == "queued 0")));
    }

    [Fact]
    public async Task After_a_crash_the_same_bytes_go_again_once_the_lease_is_over()
    {
        await using var server = new ScriptedSmtp();
        await Queue(1);
        var crashed = await new MailQueue(_source, new(), _time, new(_time)).Claim(TestContext.Current.CancellationToken);
        await using var node = new Node(this, server);
        Assert.Equal(0, await node.Run());
        _time.Offset += TimeSpan.FromMinutes(3);
        Assert.Equal(1, await node.Run());
        Assert.Equal(crashed!.Content, Assert.Single(server.Contents));
        Assert.Equal("sent 2", Assert.Single(await States()).State);

        await new MailQueue(_source, new(), _time, new(_time)).Record(crashed, "bounced", "too late", null, TestContext.Current.CancellationToken);
        Assert.Equal("sent 2", Assert.Single(await States()).State);
    }

    private async Task Queue(int count, int from = 0)
    {
        for (var i = from; i < from + count; i++)
        {
            await using var command = _source.CreateCommand("""
                insert into emails (id, message_id, recipient, kind, language, subject, about, content, next_at, created_at)
                values ($1, $2, $3, 'other', 'en', 'Twinning', '{}', $4, $5, $5)
                """);
            command.Parameters.AddWithValue(Guid.CreateVersion7());
            command.Parameters.AddWithValue($"<{i}@example.org>");
            command.Parameters.AddWithValue($"person{i}@example.org");
            command.Parameters.AddWithValue(Encoding.ASCII.GetBytes($"Message-ID: <{i}@example.org>\r\n\r\nHello {i}\r\n"));
            command.Parameters.AddWithValue(_time.GetUtcNow());
            await command.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }
    }

    /// <summary>State and attempts, in the order of queueing.</summary>
    private async Task<IReadOnlyList<(string State, string? Detail)>> States()
    {
        var states = new List<(string, string?)>();
        await using var command = _source.CreateCommand("select state || ' ' || attempts, last_error from emails order by created_at, id");
        await using var rows = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        while (await rows.ReadAsync(TestContext.Current.CancellationToken))
        {
            states.Add((rows.GetString(0), rows.IsDBNull(1) ? null : rows.GetString(1)));
        }
        return states;
    }

    private async Task<DateTime> LeaseUntil()
    {
        await using var command = _source.CreateCommand("select lease_until from emails order by created_at limit 1");
        return (DateTime)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    /// <summary>One node's delivery with connections of its own.</summary>
    private sealed class Node : IAsyncDisposable
    {
        private readonly SmtpTransport _transport;
        private readonly MailDelivery _delivery;

        public Node(SmtpDeliveryTests test, ScriptedSmtp server, Func<MailOptions, MailOptions>? change = null)
        {
            var options = (change ?? (same => same))(SmtpClient.Patience(new() { Host = "localhost", Port = server.Port, Security = MailOptions.None }) with { DataTimeout = TimeSpan.FromSeconds(20) });
            _transport = new(options, test._time, NullLogger<SmtpTransport>.Instance);
            _delivery = new(new(test._source, options, test._time, new HubClock(test._time)), _transport, new(test._source, test._time, new HubClock(test._time)), options, test._time, NullLogger<MailDelivery>.Instance);
        }

        public Task<int> Run() => RunUntil(TestContext.Current.CancellationToken);

        public Task<int> RunUntil(CancellationToken cancel) => _delivery.Run(cancel);

        public ValueTask DisposeAsync() => _transport.DisposeAsync();
    }
}
