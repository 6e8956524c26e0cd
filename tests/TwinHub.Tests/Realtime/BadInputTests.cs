using System.Net.WebSockets;
using System.Text.Json;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Realtime;

/// <summary>Whatever a client sends: up to the receive limit the answer is a code and the connection stays.</summary>
public sealed class BadInputTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private const int Limit = 256 * 1024;

    private TestHub Hub => fixture.Hub;

    public static TheoryData<string, string> Bodies => new()
    {
        { "invalid", "" },
        { "invalid", " \n\t\r\n " },
        { "invalid", "\u0001\u0002" },
        { "invalid", "nothing\0more" },
        { "too_long", new string('x', 10_001) },
        { "too_long", string.Concat(Enumerable.Repeat("😀", 5_001)) },
        { "too_long", string.Join('\n', Enumerable.Repeat("line", 501)) },
        { "too_long", string.Join("\r\n", Enumerable.Repeat("x", 10_000)) },
    };

    [Theory]
    [MemberData(nameof(Bodies))]
    public async Task A_body_that_cannot_be_posted_is_refused_with_a_code(string code, string body)
    {
        var channel = await Hub.ChannelOf(People.TheirGroup);
        await using var rana = await Hub.Live(People.Rana);

        var refused = await Assert.ThrowsAsync<LiveException>(() => rana.Post(channel, body));

        Assert.Equal(code, refused.Code);
        await StillThere(rana, channel);
    }

    [Theory]
    [InlineData(10_000, 1)]
    [InlineData(1, 500)]
    public async Task A_body_at_the_limit_is_posted(int units, int lines)
    {
        var channel = await Hub.ChannelOf(People.TheirGroup);
        var body = string.Join('\n', Enumerable.Repeat(new string('x', units), lines));
        await using var rana = await Hub.Live(People.Rana);

        var revision = (await rana.Post(channel, body)).GetProperty("revision").GetInt64();

        Assert.Equal(body, Assert.Single(await Hub.Stored(channel, revision - 1)).Body);
    }

    [Theory]
    [InlineData("\\ud83d")]
    [InlineData("\\ude00 reversed \\ud83d")]
    public async Task A_lone_surrogate_is_invalid(string escaped)
    {
        var channel = await Hub.ChannelOf(People.TheirGroup);
        using var rana = await RawSocket.Connect(Hub.Url, await Hub.Token(People.Rana));

        await rana.Send($$"""{"type":1,"invocationId":"raw","target":"Post","arguments":["{{channel}}",{"clientMessageId":"{{Guid.NewGuid()}}","body":"x{{escaped}}"}]}""");

        Assert.Equal("invalid", await rana.Refusal("raw"));
        await StillThere(rana, channel);
    }

    [Fact]
    public async Task Bidirectional_controls_in_a_message_stay_and_other_controls_go()
    {
        var channel = await Hub.ChannelOf(People.TheirGroup);
        await using var rana = await Hub.Live(People.Rana);

        var revision = (await rana.Post(channel, "a\u202Eb\u202C\u2067c\u2069\u0007\u001b[0m\td")).GetProperty("revision").GetInt64();

        Assert.Equal("a\u202Eb\u202C\u2067c\u2069[0m\td", Assert.Single(await Hub.Stored(channel, revision - 1)).Body);
    }

    [Fact]
    public async Task A_frame_just_under_the_receive_limit_is_answered_and_one_above_ends_the_connection()
    {
        var channel = await Hub.ChannelOf(People.TheirGroup);
        await using var rana = await Hub.Live(People.Rana);
        var refused = await Assert.ThrowsAsync<LiveException>(() => rana.Post(channel, new string('x', Limit - 1_024)));
        Assert.Equal("too_long", refused.Code);
        await StillThere(rana, channel);

        var ended = await Assert.ThrowsAnyAsync<Exception>(() => rana.Post(channel, new string('x', Limit)));

        Assert.True(ended is LiveException { Code: "closed" } or WebSocketException, ended.ToString());
        await Eventually.True(() => !rana.IsOpen, "the connection ends");
        await using var again = await Hub.Live(People.Rana);
        await StillThere(again, channel);
    }

    [Theory]
    [InlineData("""{"type":1,"invocationId":"raw","target":"Post","arguments":["x",{"clientMessageId":]}""")]
    [InlineData("""{"type":1,"invocationId":"raw","target":"Post","arguments":["x"}""")]
    [InlineData("""{"type":1,"invocationId":"raw","target":5,"arguments":[]}""")]
    [InlineData("""{"type":1,"invocationId":"raw","target":"Post"}""")]
    [InlineData("""{"type":1,"invocationId":"raw","target":"Post","arguments":{}}""")]
    [InlineData("""{"type":1,"invocationId":"raw","target":"Post","arguments":[]}""")]
    [InlineData("""{"type":1,"invocationId":"raw","target":"Post","arguments":["x",{"clientMessageId":"x","body":"x"},1]}""")]
    [InlineData("""{"type":1,"invocationId":"raw","target":"Post","arguments":["x",null]}""")]
    [InlineData("""{"type":1,"invocationId":"raw","target":"Post","arguments":[{},[]]}""")]
    [InlineData("""{"type":1,"invocationId":"raw","target":"MarkRead","arguments":["x",9999999999999999999999]}""")]
    [InlineData("""{"type":1,"invocationId":"raw","target":"MarkRead","arguments":["x",1.5]}""")]
    [InlineData("""{"type":1,"invocationId":"raw","target":"Join","arguments":["01999999-0000-7000-8000-000000000000",-1]}""")]
    [InlineData("""{"type":1,"invocationId":"raw","target":"DropTables","arguments":[]}""")]
    [InlineData("""{"type":1,"invocationId":"raw","target":"DropTables","arguments":["x"]}""")]
    [InlineData("""{"type":1,"invocationId":"raw","target":"OnConnectedAsync","arguments":[]}""")]
    public async Task A_call_that_makes_no_sense_is_answered_and_the_connection_stays(string record)
    {
        var channel = await Hub.ChannelOf(People.TheirGroup);
        using var rana = await RawSocket.Connect(Hub.Url, await Hub.Token(People.Rana));

        await rana.Send(record);

        Assert.Equal("invalid", await rana.Refusal("raw"));
        await StillThere(rana, channel);
    }

    [Theory]
    [InlineData("this is no JSON")]
    [InlineData("{\"type\":1,")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("")]
    [InlineData("{\"type\":99}")]
    [InlineData("{\"type\":1,\"target\":\"Post\",\"arguments\":[7]}")]
    public async Task A_record_nobody_can_be_answered_for_harms_nobody(string record)
    {
        var channel = await Hub.ChannelOf(People.TheirGroup);
        await using var rana = await Hub.Live(People.Rana);

        await rana.Send(record);

        await StillThere(rana, channel);
    }

    [Theory]
    [InlineData("no-uuid")]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task A_client_message_id_must_be_a_uuid(string? id)
    {
        var channel = await Hub.ChannelOf(People.TheirGroup);
        await using var rana = await Hub.Live(People.Rana);

        var refused = await Assert.ThrowsAsync<LiveException>(() => rana.Call("Post", channel, new { clientMessageId = id, body = "x" }));

        Assert.Equal("invalid", refused.Code);
        await StillThere(rana, channel);
    }

    [Theory]
    [InlineData("11111111-2222-3333-4444-555555555555")]
    [InlineData("no channel at all")]
    [InlineData("")]
    [InlineData(null)]
    public async Task An_unknown_channel_is_not_found(string? channel)
    {
        await using var rana = await Hub.Live(People.Rana);
        foreach (var call in new Func<Task<JsonElement>>[]
        {
            () => rana.Call("Join", channel, null), () => rana.Call("Post", channel, new { clientMessageId = Guid.NewGuid(), body = "x" }),
            () => rana.Call("MarkRead", channel, 1), () => rana.Call("Typing", channel),
        })
        {
            Assert.Equal("not_found", (await Assert.ThrowsAsync<LiveException>(call)).Code);
        }
        await StillThere(rana, await Hub.ChannelOf(People.TheirGroup));
    }

    private static async Task StillThere(RawSocket client, Guid channel)
    {
        await client.Send($$"""{"type":1,"invocationId":"next","target":"MarkRead","arguments":["{{channel}}",-1]}""");
        Assert.Equal("invalid", await client.Refusal("next"));
        Assert.True(client.IsOpen);
    }

    private static async Task StillThere(LiveClient client, Guid channel)
    {
        await client.Post(channel, "still there");
        Assert.True(client.IsOpen);
    }
}
