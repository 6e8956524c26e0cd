using System.Text.Json;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Realtime;

public sealed class TwinningHubTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task A_message_reaches_the_other_city()
    {
        var channel = await Hub.ChannelOf(People.TheirGroup);
        await using var rana = await Hub.Live(People.Rana);
        await using var selin = await Hub.Live(People.Selin);
        await selin.Call("Join", channel, null);
        await rana.Call("Join", channel, null);

        var posted = await rana.Post(channel, "Merhaba **Gaziantep**");

        var seen = await selin.Event("MessagePosted", e => e.GetProperty("body").GetString() == "Merhaba **Gaziantep**");
        Assert.Equal(posted.GetProperty("messageId").GetString(), seen.GetProperty("messageId").GetString());
        Assert.Equal(posted.GetProperty("revision").GetInt64(), seen.GetProperty("revision").GetInt64());
        Assert.Contains("<strong>Gaziantep</strong>", seen.GetProperty("html").GetString(), StringComparison.Ordinal);
        Assert.Equal("Tripoli", seen.GetProperty("author").GetProperty("organisation").GetString());
        await rana.Event("MessagePosted", e => e.GetProperty("messageId").GetString() == posted.GetProperty("messageId").GetString());
    }

    [Fact]
    public async Task The_same_client_id_posts_once_and_answers_the_same()
    {
        var channel = await Hub.ChannelOf(People.TheirGroup);
        await using var rana = await Hub.Live(People.Rana);
        var id = Guid.NewGuid();

        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => rana.Post(channel, "once", id)));

        Assert.Single(answers.Select(a => a.GetRawText()).Distinct());
        await using var command = Hub.Source.CreateCommand($"select count(*) from messages where client_message_id = '{id}'");
        Assert.Equal(1L, await command.ExecuteScalarAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_channel_of_another_group_is_not_found()
    {
        var foreign = await Hub.ChannelOf(People.OtherGroup);
        await using var rana = await Hub.Live(People.Rana);
        foreach (var call in new Func<Task<JsonElement>>[]
        {
            () => rana.Call("Join", foreign, null), () => rana.Post(foreign, "x"), () => rana.Call("MarkRead", foreign, 1), () => rana.Call("Typing", foreign), () => rana.Call("Watch", People.OtherGroup),
        })
        {
            Assert.Equal("not_found", (await Assert.ThrowsAsync<LiveException>(call)).Code);
        }
    }

    [Theory]
    [InlineData("Join", "[5,null]")]
    [InlineData("Join", "[\"x\"]")]
    [InlineData("Post", "[\"x\",7]")]
    [InlineData("MarkRead", "[\"x\",\"y\"]")]
    public async Task A_wrong_type_is_invalid_and_the_connection_stays(string target, string arguments)
    {
        await using var rana = await Hub.Live(People.Rana);
        var refused = await Assert.ThrowsAsync<LiveException>(() => rana.Call(target, [.. JsonSerializer.Deserialize<object?[]>(arguments)!]));
        Assert.Equal("invalid", refused.Code);
        Assert.True(rana.IsOpen);
    }
}
