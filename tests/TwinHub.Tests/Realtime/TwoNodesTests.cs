using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Realtime;

/// <summary>Two nodes on one database: nobody notices at which one they are.</summary>
public sealed class TwoNodesTests(TwoHubs hubs) : IClassFixture<TwoHubs>
{
    private TestHub One => hubs.One;

    private TestHub Two => hubs.Two;

    [Fact]
    public async Task What_is_posted_at_either_node_arrives_at_both_in_one_order()
    {
        var channel = await One.ChannelOf(People.TheirGroup);
        await using var rana = await One.Live(People.Rana);
        await using var selin = await Two.Live(People.Selin);
        var from = (await rana.Call("Join", channel, null)).GetProperty("revision").GetInt64();
        await selin.Call("Join", channel, null);

        await Task.WhenAll(Enumerable.Range(0, 100).SelectMany(i => new[] { rana.Post(channel, $"one {i}"), selin.Post(channel, $"two {i}") }));

        var stored = await One.Stored(channel, from);
        Assert.Equal(Enumerable.Range(1, 200).Select(step => from + step), stored.Select(message => message.Revision));
        foreach (var reader in new[] { rana, selin })
        {
            await reader.Event("MessagePosted", e => e.GetProperty("revision").GetInt64() == stored[^1].Revision);
            Assert.Equal(stored, reader.Events.Where(e => e.Target == "MessagePosted").Select(e => Said.Of(e.Argument)));
        }
    }

    [Fact]
    public async Task An_event_is_the_same_at_both_nodes_and_in_the_page()
    {
        var channel = await One.ChannelOf(People.TheirGroup);
        await using var rana = await One.Live(People.Rana);
        await using var selin = await Two.Live(People.Selin);
        await rana.Call("Join", channel, null);
        await selin.Call("Join", channel, null);

        var posted = await rana.Post(channel, "مرحبا **Gaziantep** <b>ğüşiöç</b> 😀");

        bool IsIt(System.Text.Json.JsonElement e) => e.GetProperty("messageId").GetString() == posted.GetProperty("messageId").GetString();
        var written = (await rana.Event("MessagePosted", IsIt)).GetRawText();
        Assert.Equal(written, (await selin.Event("MessagePosted", IsIt)).GetRawText());
        Assert.Equal(written, (await selin.Call("Join", channel, posted.GetProperty("revision").GetInt64() - 1)).GetProperty("messages")[0].GetRawText());
    }

    [Fact]
    public async Task The_same_post_at_both_nodes_at_once_is_one_message()
    {
        var channel = await One.ChannelOf(People.TheirGroup);
        await using var here = await One.Live(People.Rana);
        await using var there = await Two.Live(People.Rana);
        for (var round = 0; round < 20; round++)
        {
            var id = Guid.NewGuid();

            var answers = await Task.WhenAll(here.Post(channel, "once", id), there.Post(channel, "once", id));

            Assert.Equal(answers[0].GetRawText(), answers[1].GetRawText());
            Assert.Equal(1L, await One.Scalar<long>("select count(*) from messages where client_message_id = $1", id));
        }
    }

    [Fact]
    public async Task Coming_writing_and_leaving_show_at_the_other_node()
    {
        var (channel, ranaId) = (await One.ChannelOf(People.TheirGroup), await One.PersonId(People.Rana));
        await Eventually.True(async () => await One.Scalar<long>("select count(*) from presence where person_id = $1", ranaId) == 0, "she is not here yet");
        await using var selin = await Two.Live(People.Selin);
        await selin.Call("Join", channel, null);

        await using (var rana = await One.Live(People.Rana))
        {
            await rana.Call("Join", channel, null);
            await selin.Event("PresenceChanged", e => e.GetProperty("personId").GetGuid() == ranaId && e.GetProperty("online").GetBoolean());
            await rana.Call("Typing", channel);
            var typing = await selin.Event("TypingChanged", e => e.GetProperty("person").GetProperty("id").GetGuid() == ranaId);
            Assert.True(typing.GetProperty("typing").GetBoolean());
            Assert.Equal("Rana Khoury", typing.GetProperty("person").GetProperty("name").GetString());
        }

        var left = await selin.Event("PresenceChanged", e => e.GetProperty("personId").GetGuid() == ranaId && !e.GetProperty("online").GetBoolean());
        Assert.Equal(People.TheirGroup, left.GetProperty("groupSlug").GetString());
    }

    [Fact]
    public async Task Reading_moves_on_the_persons_own_connections_at_both_nodes_and_on_nobody_elses()
    {
        var channel = await One.ChannelOf(People.TheirGroup);
        await using var phone = await One.Live(People.Rana);
        await using var desk = await Two.Live(People.Rana);
        await using var selin = await Two.Live(People.Selin);
        await selin.Call("Join", channel, null);
        var revision = (await selin.Post(channel, "unread")).GetProperty("revision").GetInt64();

        await phone.Call("MarkRead", channel, revision - 1);
        var moved = await desk.Event("ReadMoved", e => e.GetProperty("revision").GetInt64() == revision - 1);
        Assert.Equal(1, moved.GetProperty("unread").GetInt64());
        await phone.Call("MarkRead", channel, revision + 1_000);

        await desk.Event("ReadMoved", e => e.GetProperty("revision").GetInt64() == revision && e.GetProperty("unread").GetInt64() == 0);
        await phone.Event("ReadMoved", e => e.GetProperty("revision").GetInt64() == revision);
        await phone.Call("MarkRead", channel, 1);
        await selin.Post(channel, "after");
        await selin.Event("MessagePosted", e => e.GetProperty("body").GetString() == "after");
        Assert.DoesNotContain(selin.Events, e => e.Target == "ReadMoved");
        Assert.DoesNotContain(desk.Events, e => e.Target == "ReadMoved" && e.Argument.GetProperty("revision").GetInt64() == 1);
    }

    [Fact]
    public async Task Who_was_at_a_node_that_died_is_gone_soon()
    {
        var (channel, emreId) = (await One.ChannelOf(People.TheirGroup), await One.PersonId(People.Emre));
        await using var selin = await One.Live(People.Selin);
        await selin.Call("Join", channel, null);
        await using var dying = await HubProcess.Run(Path.Combine(hubs.Postgres.Folder, "dying"), [$"--ConnectionStrings:TwinHub={One.Database}", "--demo", .. TwoHubs.Quick]);
        await using var emre = await LiveClient.Connect(dying.Url, await One.Token(People.Emre));
        await selin.Event("PresenceChanged", e => e.GetProperty("personId").GetGuid() == emreId && e.GetProperty("online").GetBoolean());

        await dying.Kill();

        await selin.Event("PresenceChanged", e => e.GetProperty("personId").GetGuid() == emreId && !e.GetProperty("online").GetBoolean(), seconds: 20);
        Assert.Equal(0L, await One.Scalar<long>("select count(*) from presence where person_id = $1", emreId));
    }

    [Fact]
    public async Task A_running_neighbour_whose_clock_is_ahead_sweeps_nobody()
    {
        // He is in no other test here: nothing told of him is old.
        var (channel, ziadId) = (await One.ChannelOf(People.TheirGroup), await One.PersonId(People.Ziad));
        await using var selin = await Two.Live(People.Selin);
        await selin.Call("Join", channel, null);
        await using var ziad = await One.Live(People.Ziad);
        await selin.Event("PresenceChanged", e => e.GetProperty("personId").GetGuid() == ziadId);
        Two.Time.Offset = TimeSpan.FromHours(1);
        try
        {
            // As long as it takes to be swept by mistake.
            await Assert.ThrowsAnyAsync<Exception>(() => selin.Event("PresenceChanged", e => e.GetProperty("personId").GetGuid() == ziadId && !e.GetProperty("online").GetBoolean(), seconds: 5));
            Assert.Equal(1L, await One.Scalar<long>("select count(*) from presence where person_id = $1", ziadId));
        }
        finally
        {
            Two.Time.Offset = TimeSpan.Zero;
        }
    }
}
