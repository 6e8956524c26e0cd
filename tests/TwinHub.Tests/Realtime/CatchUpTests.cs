using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Realtime;

[Collection(Soak.Load)]
[Trait("soak", "catch-up")]
public sealed class CatchUpTests(TalkativeHub fixture) : IClassFixture<TalkativeHub>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Five_thousand_missed_messages_and_two_hundred_a_second_more_come_once_each_in_order()
    {
        var channel = await Hub.ChannelOf(People.TheirGroup);
        await using var rana = await Hub.Live(People.Rana);
        var missedFrom = await Newest(rana, channel);
        await Talk(rana, channel, 5_000);

        await using var ziad = await Hub.Live(People.Ziad);
        await using var chatter = new Chatter(ziad, channel, 200);
        await using var selin = Follow(await Hub.Token(People.Selin), channel, missedFrom);
        await using var emre = Follow(await Hub.Token(People.Emre), channel, missedFrom);
        await Eventually.True(() => chatter.Acknowledged.Count >= Soak.Of(600, 30_000), "the talk has gone on", Soak.Of(60, 600));
        var said = await chatter.Stop();

        var stored = await Hub.Stored(channel, missedFrom);
        Assert.Equal(5_000 + said.Count, stored.Count);
        Assert.Equal(Enumerable.Range(1, stored.Count).Select(step => missedFrom + step), stored.Select(message => message.Revision));
        foreach (var reader in new[] { selin, emre })
        {
            await Eventually.True(() => reader.Position == stored[^1].Revision, "everything has arrived");
            Assert.Empty(reader.Faults);
            Assert.Equal(stored, reader.Applied);
            Assert.Equal(1, reader.Connections);
        }
        Assert.Subset(stored.ToHashSet(), said.ToHashSet());
    }

    [Fact]
    public async Task Without_a_position_the_newest_fifty_come_oldest_first()
    {
        var channel = await Hub.ChannelOf(People.TheirGroup);
        await using var rana = await Hub.Live(People.Rana);
        await Talk(rana, channel, 60);

        var page = await rana.Call("Join", channel, null);

        var newest = (await Hub.Stored(channel, 0))[^50..];
        Assert.Equal(newest, Messages(page));
        Assert.Equal(newest[^1].Revision, page.GetProperty("revision").GetInt64());
        Assert.False(page.GetProperty("more").GetBoolean());
        Assert.False(page.TryGetProperty("reset", out _));
    }

    [Fact]
    public async Task A_position_above_the_channel_starts_over_with_the_newest_fifty()
    {
        var channel = await Hub.ChannelOf(People.TheirGroup);
        await using var rana = await Hub.Live(People.Rana);
        await Talk(rana, channel, 60);
        var newest = await Newest(rana, channel);

        var page = await rana.Call("Join", channel, newest + 1);

        Assert.True(page.GetProperty("reset").GetBoolean());
        Assert.Equal((await Hub.Stored(channel, 0))[^50..], Messages(page));
        Assert.False((await rana.Call("Join", channel, newest)).TryGetProperty("reset", out _));
    }

    [Fact]
    public async Task A_page_has_five_hundred_changes_and_says_whether_there_are_more()
    {
        var channel = await Hub.ChannelOf(People.TheirGroup);
        await using var rana = await Hub.Live(People.Rana);
        var from = await Newest(rana, channel);
        await Talk(rana, channel, 501);

        var first = await rana.Call("Join", channel, from);
        var second = await rana.Call("Join", channel, Messages(first)[^1].Revision);

        Assert.Equal(500, Messages(first).Count);
        Assert.True(first.GetProperty("more").GetBoolean());
        Assert.Equal(from + 501, Assert.Single(Messages(second)).Revision);
        Assert.False(second.GetProperty("more").GetBoolean());
    }

    [Fact]
    public async Task Twenty_writers_in_five_channels_and_every_member_sees_one_gapless_order()
    {
        var rooms = await Task.WhenAll((await FiveGroups()).Select(group => Room.Open(Hub, group)));
        try
        {
            Assert.Equal(20, rooms.Sum(room => room.Members.Count));
            await Task.WhenAll(rooms.SelectMany(room => room.Members.Select(member => Talk(member, room.Channel, Soak.Of(100, 2_000)))));

            foreach (var room in rooms)
            {
                var stored = await Hub.Stored(room.Channel, room.From);
                Assert.Equal(Enumerable.Range(1, room.Members.Count * Soak.Of(100, 2_000)).Select(step => room.From + step), stored.Select(message => message.Revision));
                foreach (var member in room.Members)
                {
                    await member.Event("MessagePosted", e => e.GetProperty("revision").GetInt64() == stored[^1].Revision);
                    Assert.Equal(stored, Posted(member));
                }
            }
        }
        finally
        {
            await Task.WhenAll(rooms.SelectMany(room => room.Members.Select(member => member.DisposeAsync().AsTask())));
        }
    }

    [Fact]
    public async Task A_page_read_under_load_and_the_live_events_after_it_leave_no_gap()
    {
        var channel = await Hub.ChannelOf(People.TheirGroup);
        await using var rana = await Hub.Live(People.Rana);
        await Talk(rana, channel, 50);
        await using var chatter = new Chatter(rana, channel, 200);
        var token = await Hub.Token(People.Selin);
        for (var round = 0; round < Soak.Of(20, 300); round++)
        {
            await using var selin = await LiveClient.Connect(Hub.Url, token);
            var page = await selin.Call("Join", channel, null);
            var (revision, messages) = (page.GetProperty("revision").GetInt64(), Messages(page));

            Assert.Equal(Enumerable.Range(0, 50).Select(back => revision - 49 + back), messages.Select(message => message.Revision));
            await selin.Event("MessagePosted", e => e.GetProperty("revision").GetInt64() >= revision + 5);
            var live = Posted(selin);
            Assert.Equal(Enumerable.Range(0, live.Count).Select(step => live[0].Revision + step), live.Select(message => message.Revision));
            Assert.InRange(live[0].Revision, 1, revision + 1);
        }
        Assert.NotEmpty(await chatter.Stop());
    }

    private ResumingClient Follow(string token, Guid channel, long from) => new(() => LiveClient.Connect(Hub.Url, token), channel, from);

    private async Task<List<string>> FiveGroups()
    {
        var groups = await Hub.Db(db => db.Groups.Where(g => g.Status == "active" && db.Memberships.Count(m => m.GroupId == g.Id && !m.Roles.Contains("observer")) >= 4)
            .OrderBy(g => g.Slug).Select(g => g.Slug).Take(5).ToListAsync());
        Assert.Equal(5, groups.Count);
        return groups;
    }

    private static async Task<long> Newest(LiveClient client, Guid channel) => (await client.Call("Join", channel, null)).GetProperty("revision").GetInt64();

    /// <summary>Posts as fast as one client may: four calls at once.</summary>
    private static Task Talk(LiveClient client, Guid channel, int count) => Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 4 },
        async (number, _) => await client.Post(channel, $"said {number}"));

    private static List<Said> Messages(JsonElement page) => [.. page.GetProperty("messages").EnumerateArray().Select(Said.Of)];

    private static List<Said> Posted(LiveClient client) => [.. client.Events.Where(e => e.Target == "MessagePosted").Select(e => Said.Of(e.Argument))];

    private sealed record Room(Guid Channel, long From, IReadOnlyList<LiveClient> Members)
    {
        /// <summary>Four members of a group, all joined before anybody says anything.</summary>
        public static async Task<Room> Open(TestHub hub, string group)
        {
            var emails = await hub.Db(db => db.Memberships.Where(m => db.Groups.Any(g => g.Id == m.GroupId && g.Slug == group) && !m.Roles.Contains("observer"))
                .Join(db.People, m => m.PersonId, p => p.Id, (m, p) => p.Email).OrderBy(email => email).Take(4).ToListAsync());
            var channel = await hub.ChannelOf(group);
            var members = await Task.WhenAll(emails.Select(hub.Live));
            var revisions = await Task.WhenAll(members.Select(member => Newest(member, channel)));
            return new(channel, Assert.Single(revisions.Distinct()), members);
        }
    }
}
