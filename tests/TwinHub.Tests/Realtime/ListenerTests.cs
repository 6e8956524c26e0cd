using System.Net;
using Npgsql;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Realtime;

/// <summary>Two nodes, one of which goes deaf: its people stay connected and miss nothing.</summary>
[Collection(Soak.Patience)]
[Trait("soak", "listener")]
public sealed class ListenerTests(ListenerTests.HearingAndDeaf nodes) : IClassFixture<ListenerTests.HearingAndDeaf>
{
    private static readonly TimeSpan Swallowed = Soak.Of(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(30));

    private TcpRelay Relay => nodes.Relay;

    private TestHub One => nodes.One;

    private TestHub Deaf => nodes.Deaf;

    [Fact]
    public Task A_listener_whose_traffic_is_swallowed_loses_nothing() => GoesDeaf(Now(Relay.FallSilent), Relay.Speak);

    [Fact]
    public Task A_listener_that_cannot_connect_loses_nothing() => GoesDeaf(Now(Relay.Refuse), Relay.Admit);

    [Fact]
    public Task A_listener_ended_by_the_database_loses_nothing() => GoesDeaf(
        () => One.Execute("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'twinhub-listener' and datname = current_database()"), () => { }, isNoticed: false);

    [Fact]
    public async Task Who_is_removed_while_the_listener_is_deaf_is_evicted_before_anything_said_later()
    {
        var channel = await One.ChannelOf(People.TheirGroup);
        await using var ziad = await Deaf.Live(People.Ziad);
        await ziad.Call("Join", channel, null);
        await using var rana = await One.Live(People.Rana);
        Relay.FallSilent();

        using var facilitator = await One.Api(People.Claire);
        (await facilitator.DeleteAsync($"/api/v1/groups/{People.TheirGroup}/members/{await One.PersonId(People.Ziad)}", TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        var removedAt = await One.Scalar<long>("select revision from channels where id = $1", channel);
        await rana.Post(channel, "not for him any more");
        await rana.Post(channel, "nor this");
        Assert.Equal("not_found", (await Assert.ThrowsAsync<LiveException>(() => ziad.Post(channel, "am I still here?"))).Code);
        Relay.Speak();

        await ziad.Event("Evicted", e => e.GetProperty("channelId").GetGuid() == channel, 40);
        await Eventually.True(async () => (await Deaf.Ready()).IsSuccessStatusCode, "the node hears again", 40);
        Assert.All(ziad.Events.Where(e => e.Target == "MessagePosted"), e => Assert.InRange(e.Argument.GetProperty("revision").GetInt64(), 1, removedAt));
    }

    private static Func<Task> Now(Action action) => () =>
    {
        action();
        return Task.CompletedTask;
    };

    private async Task GoesDeaf(Func<Task> begin, Action end, bool isNoticed = true)
    {
        var channel = await One.ChannelOf(People.TheirGroup);
        var from = await One.Scalar<long>("select revision from channels where id = $1", channel);
        var token = await One.Token(People.Selin);
        await using var selin = new ResumingClient(() => LiveClient.Connect(Deaf.Url, token), channel, from, TimeSpan.FromSeconds(60));
        await using var rana = await One.Live(People.Rana);
        await using var chatter = new Chatter(rana, channel, 200);
        await Eventually.True(() => selin.Applied.Count > 100, "both nodes hear");

        await begin();
        selin.Say("spoken while deaf");
        if (isNoticed)
        {
            await Eventually.True(async () => (await Deaf.Ready()).StatusCode == HttpStatusCode.ServiceUnavailable, "the node says that it is deaf", 20);
        }
        var said = chatter.Acknowledged.Count;
        await Eventually.True(() => chatter.Acknowledged.Count > said + (200 * Swallowed.TotalSeconds), "the talk went on", 60);
        Assert.Single(selin.Acknowledged);
        end();
        await Eventually.True(async () => (await Deaf.Ready()).IsSuccessStatusCode, "the node hears again", 40);
        said = chatter.Acknowledged.Count;
        await Eventually.True(() => chatter.Acknowledged.Count > said + 100, "the talk goes on");
        var all = (await chatter.Stop()).Concat(selin.Acknowledged).ToHashSet();

        var stored = await One.Stored(channel, from);
        await Eventually.True(() => selin.Position == stored[^1].Revision, "everything has arrived", 30);
        Assert.Empty(selin.Faults);
        Assert.Equal(stored, selin.Applied);
        Assert.Equal(all, stored.ToHashSet());
        Assert.Equal(1, selin.Connections);
    }

    /// <summary>A node that hears and one whose ears are a line that can be cut; every test leaves both hearing.</summary>
    public sealed class HearingAndDeaf(TestPostgres postgres) : IAsyncLifetime
    {
        public TcpRelay Relay { get; private set; } = null!;

        public TestHub One { get; private set; } = null!;

        public TestHub Deaf { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            One = await TestHub.Start(postgres, "--Limits:PostsPerMinute=0");
            var database = new NpgsqlConnectionStringBuilder(One.Database);
            Relay = TcpRelay.ToSocket(database.Host!);
            (database.Host, database.Port, database.SslMode) = ("127.0.0.1", Relay.Port, SslMode.Disable);
            string[] patience = Soak.IsFull ? [] : ["--Listener:Beat=00:00:00.5", "--Listener:Silence=00:00:01.5"];
            Deaf = await TestHub.StartOn(postgres, One.Database, demo: true, ["--Limits:PostsPerMinute=0", $"--ConnectionStrings:TwinHubListener={database.ConnectionString}", .. patience]);
        }

        public async ValueTask DisposeAsync()
        {
            await Deaf.DisposeAsync();
            await One.DisposeAsync();
            await Relay.DisposeAsync();
        }
    }
}
