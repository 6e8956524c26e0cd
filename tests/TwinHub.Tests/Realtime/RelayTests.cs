using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Realtime;

/// <summary>Two cities on bad lines: what both wrote stands at both, once each, in one order.</summary>
[Collection(Soak.Patience)]
[Trait("soak", "relay")]
public sealed class RelayTests(TalkativeHub fixture) : IClassFixture<TalkativeHub>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Lines_that_are_cut_again_and_again_lose_and_repeat_nothing()
    {
        var choice = Soak.Seed();
        await using var pair = await Pair.Open(Hub, TimeSpan.FromSeconds(10));
        for (var cut = 0; cut < Soak.Of(15, 300); cut++)
        {
            await pair.Write(choice.Next(1, 20));
            (choice.Next(2) == 0 ? pair.North : pair.South).Reset();
        }
        await pair.AreComplete();
        Assert.True(pair.Connections > 2, "the lines were really cut");
    }

    [Fact]
    public async Task Lines_that_fall_silent_lose_and_repeat_nothing()
    {
        // A radio link tells neither side: each finds out by itself, after its own patience.
        await using var pair = await Pair.Open(Hub, Soak.Of(TimeSpan.FromSeconds(1.5), TimeSpan.FromSeconds(15)));
        for (var round = 0; round < Soak.Of(2, 4); round++)
        {
            var relay = round % 2 == 0 ? pair.North : pair.South;
            await pair.Write(20);
            relay.FallSilent();
            var until = Environment.TickCount64 + (long)Soak.Of(TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(45)).TotalMilliseconds;
            while (Environment.TickCount64 < until)
            {
                await pair.Write(1);
            }
            relay.Speak();
            await pair.Write(20);
        }
        await pair.AreComplete();
        Assert.True(pair.Connections > 2, "the silence was noticed");
    }

    /// <summary>Rana in Tripoli and Selin in Gaziantep, each behind a line of her own.</summary>
    private sealed class Pair : IAsyncDisposable
    {
        private readonly TestHub _hub;
        private readonly Guid _channel;
        private readonly long _from;
        private readonly ResumingClient[] _clients;
        private readonly List<string> _said = [];

        private Pair(TestHub hub, Guid channel, long from, TcpRelay north, TcpRelay south, ResumingClient[] clients) =>
            (_hub, _channel, _from, North, South, _clients) = (hub, channel, from, north, south, clients);

        public TcpRelay North { get; }

        public TcpRelay South { get; }

        public int Connections => _clients.Sum(client => client.Connections);

        public static async Task<Pair> Open(TestHub hub, TimeSpan silence)
        {
            var channel = await hub.ChannelOf(People.TheirGroup);
            var from = await hub.Scalar<long>("select revision from channels where id = $1", channel);
            var (north, south) = (TcpRelay.To(hub.Url), TcpRelay.To(hub.Url));
            var clients = new List<ResumingClient>();
            foreach (var (relay, email) in new[] { (south, People.Rana), (north, People.Selin) })
            {
                var (url, token) = (new Uri($"http://127.0.0.1:{relay.Port}"), await hub.Token(email));
                clients.Add(new(() => LiveClient.Connect(url, token), channel, from, silence));
            }
            return new(hub, channel, from, north, south, [.. clients]);
        }

        /// <summary>Both write so many messages, a few hundredths of a second apart.</summary>
        public async Task Write(int count)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            for (var n = 0; n < count; n++)
            {
                foreach (var client in _clients)
                {
                    var body = $"said {_said.Count}";
                    _said.Add(body);
                    client.Say(body);
                }
                await timer.WaitForNextTickAsync();
            }
        }

        public async Task AreComplete()
        {
            foreach (var client in _clients)
            {
                // One at a time, a client needs a while for what it could not send in two long silences.
                await client.Settled(Soak.Of(60, 240));
            }
            var stored = await _hub.Stored(_channel, _from);
            Assert.Equal(_said.Order(), stored.Select(message => message.Body).Order());
            foreach (var client in _clients)
            {
                await Eventually.True(() => client.Position == stored[^1].Revision, "everything has arrived", 30);
                Assert.Empty(client.Faults);
                Assert.Equal(stored, client.Applied);
                Assert.Subset(stored.ToHashSet(), client.Acknowledged.ToHashSet());
            }
        }

        public async ValueTask DisposeAsync()
        {
            foreach (var client in _clients)
            {
                await client.DisposeAsync();
            }
            await North.DisposeAsync();
            await South.DisposeAsync();
        }
    }
}
