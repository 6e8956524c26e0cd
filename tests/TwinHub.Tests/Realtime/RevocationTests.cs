using System.Net.Http.Json;
using Npgsql;
using TwinHub.Core.Live;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Realtime;

/// <summary>Who is removed reads nothing that was said after the removal, at whichever node.</summary>
[Collection(Soak.Load)]
[Trait("soak", "revocation")]
public sealed class RevocationTests(TestPostgres postgres) : IAsyncLifetime
{
    private const int Repetitions = 20;

    private readonly TwoHubs _hubs = new(postgres);

    private TestHub One => _hubs.One;

    private TestHub Two => _hubs.Two;

    public ValueTask InitializeAsync() => _hubs.InitializeAsync();

    public ValueTask DisposeAsync() => _hubs.DisposeAsync();

    [Fact]
    public async Task A_revoked_member_s_last_event_is_at_most_the_revision_at_removal_then_evicted_then_nothing()
    {
        var (channel, person) = (await One.ChannelOf(People.TheirGroup), await One.PersonId(People.Ziad));
        using var facilitator = await One.Api(People.Claire);
        // With another group left the connection stays, and can be asked what still comes over it.
        await facilitator.PutAsJsonAsync($"/api/v1/groups/tripoli-adana/members/{person}", new { roles = new[] { "observer" } }, TestContext.Current.CancellationToken);
        await using var rana = await One.Live(People.Rana);
        await rana.Call("Join", channel, null);
        await using var chatter = new Chatter(rana, channel, 200);
        await using var removals = await Removals.Hear(One.Database);
        var membership = $"/api/v1/groups/{People.TheirGroup}/members/{person}";

        for (var round = 0; round < Soak.Of(Repetitions, 10 * Repetitions); round++)
        {
            await using var ziad = await (round % 2 == 0 ? Two : One).Live(People.Ziad);
            await ziad.Call("Join", channel, null);
            await ziad.Call("Watch", People.TheirGroup);
            await ziad.Event("MessagePosted");

            (await facilitator.DeleteAsync(membership, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
            var evicted = await ziad.Event("Evicted", e => e.GetProperty("channelId").GetGuid() == channel, 5);
            Assert.Equal("removed", evicted.GetProperty("reason").GetString());
            var removedAt = await removals.Next(channel, person);

            // A hundred more messages pass by everybody else.
            await rana.Event("MessagePosted", e => e.GetProperty("revision").GetInt64() > removedAt + 100);
            Assert.Equal("not_found", (await Assert.ThrowsAsync<LiveException>(() => ziad.Call("Join", channel, null))).Code);
            Assert.Equal("not_found", (await Assert.ThrowsAsync<LiveException>(() => ziad.Post(channel, "let me in"))).Code);
            var heard = ziad.Events.ToList();
            var revisions = heard.Where(e => e.Target == "MessagePosted").Select(e => e.Argument.GetProperty("revision").GetInt64()).ToList();
            Assert.InRange(revisions[^1], 1, removedAt);
            Assert.Equal(Enumerable.Range(0, revisions.Count).Select(step => revisions[0] + step), revisions);
            Assert.DoesNotContain(heard.SkipWhile(e => e.Target != "Evicted").Skip(1), e => e.Target is "MessagePosted" or "MessageChanged" or "TypingChanged" or "GroupChanged" or "PresenceChanged");

            (await facilitator.PutAsJsonAsync(membership, new { roles = new[] { "member" } }, TestContext.Current.CancellationToken)).EnsureSuccessStatusCode();
        }
        Assert.NotEmpty(await chatter.Stop());
    }

    /// <summary>What the removing transactions say of themselves: the revision up to which the person may read.</summary>
    private sealed class Removals : IAsyncDisposable
    {
        private readonly NpgsqlConnection _connection;
        private readonly Queue<string[]> _heard = new();

        private Removals(NpgsqlConnection connection) => _connection = connection;

        public static async Task<Removals> Hear(string database)
        {
            var removals = new Removals(new NpgsqlConnection(database + ";Pooling=false"));
            await removals._connection.OpenAsync();
            removals._connection.Notification += (_, told) =>
            {
                if (Notice.Parse(told.Payload) is { Kind: Notice.Evicted } notice)
                {
                    removals._heard.Enqueue(notice.Words);
                }
            };
            await using var listen = new NpgsqlCommand($"listen {Notice.DatabaseChannel}", removals._connection);
            await listen.ExecuteNonQueryAsync();
            return removals;
        }

        public async Task<long> Next(Guid channel, Guid person)
        {
            using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            while (true)
            {
                while (_heard.TryDequeue(out var words))
                {
                    var place = words[0].Split(':');
                    if (Guid.Parse(place[0]) == channel && Guid.Parse(words[1]) == person)
                    {
                        return long.Parse(place[1], System.Globalization.CultureInfo.InvariantCulture);
                    }
                }
                await _connection.WaitAsync(deadline.Token);
            }
        }

        public ValueTask DisposeAsync() => _connection.DisposeAsync();
    }
}
