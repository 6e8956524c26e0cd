using System.Diagnostics;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Realtime;

/// <summary>The database goes away and comes back under people who go on talking.</summary>
[Collection(Soak.Patience)]
[Trait("soak", "outage")]
public sealed class OutageTests(TestPostgres postgres)
{
    private const int Writers = 10;
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(3);

    [Fact]
    public async Task A_database_stopped_hard_for_three_seconds_costs_no_acknowledged_message()
    {
        // A server of its own: it is killed here.
        await using var own = new TestPostgres { IsDurable = true };
        await own.InitializeAsync();
        await using var hub = await TestHub.StartOn(own, await own.Bare(), demo: true, "--Limits:PostsPerMinute=0");
        var channel = await hub.ChannelOf(People.TheirGroup);
        var from = await hub.Scalar<long>("select revision from channels where id = $1", channel);
        var tokens = new[] { await hub.Token(People.Rana), await hub.Token(People.Selin) };
        var writers = Enumerable.Range(0, Writers).Select(n => new ResumingClient(() => LiveClient.Connect(hub.Url, tokens[n % 2]), channel, from)).ToList();
        var talk = new Talk(writers, perSecond: 200);

        for (var round = 0; round < Soak.Of(1, 10); round++)
        {
            await talk.For(TimeSpan.FromSeconds(1.5));
            HubProcess.KillPostgres(own.Server.ClusterDirectory);
            await talk.For(Away);
            Assert.True(await own.Server.Revive(CancellationToken.None), "the server was really dead");
            await talk.For(TimeSpan.FromSeconds(1.5));
        }

        foreach (var writer in writers)
        {
            await writer.Settled(60);
        }
        var stored = await hub.Stored(channel, from);
        Assert.Equal(talk.Said.Order(), stored.Select(message => message.Body).Order());
        Assert.Equal(Enumerable.Range(1, stored.Count).Select(step => from + step), stored.Select(message => message.Revision));
        foreach (var writer in writers)
        {
            await Eventually.True(() => writer.Position == stored[^1].Revision, "everything has arrived", 30);
            Assert.Empty(writer.Faults);
            Assert.Equal(stored, writer.Applied);
            Assert.Subset(stored.ToHashSet(), writer.Acknowledged.ToHashSet());
            // The hub kept everybody connected all the while.
            Assert.Equal(1, writer.Connections);
            await writer.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_database_that_does_not_answer_makes_a_post_wait_three_seconds_and_no_longer()
    {
        await using var relay = TcpRelay.ToSocket(new Npgsql.NpgsqlConnectionStringBuilder(postgres.Server.ConnectionString).Host!);
        var database = await postgres.Database(demo: true);
        var behind = new Npgsql.NpgsqlConnectionStringBuilder(database) { Host = "127.0.0.1", Port = relay.Port, SslMode = Npgsql.SslMode.Disable }.ConnectionString;
        await using var hub = await TestHub.StartOn(postgres, behind, demo: true, "--Limits:PostsPerMinute=0", "--Listener:Beat=00:00:00.5", "--Listener:Silence=00:00:01.5");
        var channel = await hub.ChannelOf(People.TheirGroup);
        await using var rana = await hub.Live(People.Rana);
        await using var selin = await hub.Live(People.Selin);
        await selin.Call("Join", channel, null);
        await rana.Post(channel, "before");
        var id = Guid.NewGuid();

        relay.FallSilent();
        var clock = Stopwatch.StartNew();
        var refused = await Assert.ThrowsAsync<LiveException>(() => rana.Post(channel, "into the void", id));
        Assert.Equal("unavailable", refused.Code);
        Assert.InRange(clock.Elapsed.TotalSeconds, 2.5, 4.5);
        await Eventually.True(async () => (await hub.Ready()).StatusCode == System.Net.HttpStatusCode.ServiceUnavailable, "the hub says that it is not ready");

        relay.Speak();
        await Eventually.True(async () => await Posts(rana, channel, id), "posting works again", 20);
        await selin.Event("MessagePosted", e => e.GetProperty("clientMessageId").GetGuid() == id, 20);
        Assert.Single(await hub.Stored(channel, 0), message => message.ClientMessageId == id);
        await Eventually.True(async () => (await hub.Ready()).IsSuccessStatusCode, "the hub is ready again", 20);
        Assert.True(rana.IsOpen && selin.IsOpen, "everybody stayed connected");
    }

    private static async Task<bool> Posts(LiveClient client, Guid channel, Guid id)
    {
        try
        {
            await client.Post(channel, "into the void", id);
            return true;
        }
        catch (LiveException refused) when (refused.Code == "unavailable")
        {
            return false;
        }
    }

    /// <summary>Clients that go on writing at a steady pace, whatever happens to what they wrote before.</summary>
    private sealed class Talk(IReadOnlyList<ResumingClient> writers, int perSecond)
    {
        public List<string> Said { get; } = [];

        public async Task For(TimeSpan time)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds((double)writers.Count / perSecond));
            for (var until = Environment.TickCount64 + time.TotalMilliseconds; Environment.TickCount64 < until; await timer.WaitForNextTickAsync())
            {
                foreach (var writer in writers)
                {
                    Said.Add($"said {Said.Count}");
                    writer.Say(Said[^1]);
                }
            }
        }
    }
}
