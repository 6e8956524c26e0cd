using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Realtime;

/// <summary>Who is here, who writes and what has changed reach those who may see the group, over all nodes, and nobody else.</summary>
public sealed class PresenceTests(TestPostgres postgres) : IAsyncLifetime
{
    private readonly TwoHubs _hubs = new(postgres);

    private TestHub One => _hubs.One;

    private TestHub Two => _hubs.Two;

    public ValueTask InitializeAsync() => _hubs.InitializeAsync();

    public ValueTask DisposeAsync() => _hubs.DisposeAsync();

    [Fact]
    public async Task Who_is_here_twice_is_gone_when_the_last_connection_at_any_node_is()
    {
        var rana = await One.PersonId(People.Rana);
        await using var selin = await Two.Live(People.Selin);
        await selin.Call("Watch", People.TheirGroup);
        var phone = await One.Live(People.Rana);
        var desk = await Two.Live(People.Rana);
        await Eventually.True(async () => await Places(rana) == 2, "both nodes know");

        await phone.DisposeAsync();
        await Eventually.True(async () => await Places(rana) == 1, "one node knows");
        // What is told next is told after what was told about the phone.
        await using (var emre = await Two.Live(People.Emre))
        {
            var id = await One.PersonId(People.Emre);
            await selin.Event("PresenceChanged", e => e.GetProperty("personId").GetGuid() == id);
        }
        Assert.DoesNotContain(selin.Events, e => e.Target == "PresenceChanged" && e.Argument.GetProperty("personId").GetGuid() == rana && !e.Argument.GetProperty("online").GetBoolean());

        await desk.DisposeAsync();
        await selin.Event("PresenceChanged", e => e.GetProperty("personId").GetGuid() == rana && !e.GetProperty("online").GetBoolean());
    }

    [Fact]
    public async Task Another_groups_people_are_told_nothing_of_who_is_here_and_who_writes()
    {
        var channel = await One.ChannelOf(People.TheirGroup);
        await using var lina = await Two.Live(People.Lina);
        await lina.Call("Watch", People.OtherGroup);
        await lina.Call("Join", await One.ChannelOf(People.OtherGroup), null);
        await using var selin = await Two.Live(People.Selin);
        await selin.Call("Join", channel, null);
        await using var rana = await One.Live(People.Rana);
        await rana.Call("Join", channel, null);

        await rana.Call("Typing", channel);
        await rana.Call("Typing", channel);
        await rana.Post(channel, "done");

        await selin.Event("PresenceChanged", e => e.GetProperty("groupSlug").GetString() == People.TheirGroup);
        await selin.Event("TypingChanged");
        await selin.Event("MessagePosted");
        Assert.Single(selin.Events, e => e.Target == "TypingChanged");
        Assert.DoesNotContain(rana.Events, e => e.Target == "TypingChanged");
        Assert.DoesNotContain(lina.Events, e => e.Target == "TypingChanged" || (e.Target == "PresenceChanged" && e.Argument.GetProperty("groupSlug").GetString() != People.OtherGroup));
    }

    [Fact]
    public async Task A_change_of_a_group_is_hinted_to_those_who_watch_it_and_to_nobody_else()
    {
        var ziad = await One.PersonId(People.Ziad);
        await using var rana = await One.Live(People.Rana);
        await using var selin = await Two.Live(People.Selin);
        await using var claire = await Two.Live(People.Claire);
        await using var lina = await Two.Live(People.Lina);
        await using var idle = await Two.Live(People.Emre);
        foreach (var watcher in new[] { rana, selin, claire })
        {
            await watcher.Call("Watch", People.TheirGroup);
        }
        await claire.Call("Watch", People.OtherGroup);
        await lina.Call("Watch", People.OtherGroup);
        Assert.Equal("not_found", (await Assert.ThrowsAsync<LiveException>(() => lina.Call("Watch", People.TheirGroup))).Code);
        Assert.Equal("not_found", (await Assert.ThrowsAsync<LiveException>(() => lina.Call("Watch", "no-such-group"))).Code);

        using var facilitator = await One.Api(People.Claire);
        (await facilitator.Put($"/api/v1/groups/{People.TheirGroup}/members/{ziad}", new { roles = new[] { "lead" } })).EnsureSuccessStatusCode();
        (await facilitator.Put($"/api/v1/groups/{People.OtherGroup}/members/{await One.PersonId(People.Lina)}", new { roles = new[] { "lead" } })).EnsureSuccessStatusCode();

        foreach (var watcher in new[] { rana, selin, claire })
        {
            var hint = await watcher.Event("GroupChanged", e => e.GetProperty("groupSlug").GetString() == People.TheirGroup);
            Assert.Equal(("members", ziad), (hint.GetProperty("what").GetString(), hint.GetProperty("id").GetGuid()));
        }
        await lina.Event("GroupChanged", e => e.GetProperty("groupSlug").GetString() == People.OtherGroup);
        Assert.DoesNotContain(lina.Events, e => e.Target == "GroupChanged" && e.Argument.GetProperty("groupSlug").GetString() != People.OtherGroup);
        Assert.DoesNotContain(idle.Events, e => e.Target == "GroupChanged");
    }

    [Fact]
    public async Task Who_leaves_a_channel_is_told_nothing_more_of_it()
    {
        var channel = await One.ChannelOf(People.TheirGroup);
        await using var rana = await One.Live(People.Rana);
        await using var selin = await One.Live(People.Selin);
        await rana.Call("Join", channel, null);
        await selin.Call("Join", channel, null);
        await rana.Call("Leave", channel);

        await selin.Post(channel, "to whoever is here");
        await selin.Event("MessagePosted", e => e.GetProperty("body").GetString() == "to whoever is here");
        var page = await rana.Call("Join", channel, null);

        Assert.DoesNotContain(rana.Events, e => e.Target == "MessagePosted");
        Assert.Equal("to whoever is here", page.GetProperty("messages")[page.GetProperty("messages").GetArrayLength() - 1].GetProperty("body").GetString());
        await selin.Post(channel, "back again");
        await rana.Event("MessagePosted", e => e.GetProperty("body").GetString() == "back again");
    }

    private Task<long> Places(Guid person) => One.Scalar<long>("select count(*) from presence where person_id = $1", person);
}
