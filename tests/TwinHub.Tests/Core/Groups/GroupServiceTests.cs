using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.Groups;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Groups;

/// <summary>What the desk tells: the newest talk first, and what a person has not read.</summary>
public sealed class GroupServiceTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private const string Maya = "maya.dannaoui@tripoli.example.org";
    private const string SecondGroup = "tripoli-adana";

    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task The_group_that_talked_last_comes_first_with_its_last_message()
    {
        foreach (var (writer, group) in new[] { (People.Rana, SecondGroup), (People.Selin, People.TheirGroup) })
        {
            await using var live = await Hub.Live(writer);
            await live.Post(await Hub.ChannelOf(group), $"the latest in {group}");
        }

        var news = await News(Maya);

        Assert.Equal([People.TheirGroup, SecondGroup], news.Select(one => one.View.Group.Slug));
        Assert.Equal(("Selin Aksoy", $"the latest in {People.TheirGroup}"), (news[0].Last!.Author, news[0].Last!.Body));
    }

    [Fact]
    public async Task Unread_is_what_others_said_since_up_to_a_hundred()
    {
        var channel = await Hub.ChannelOf(SecondGroup);
        await using var rana = await Hub.Live(People.Rana);
        await using var maya = await Hub.Live(Maya);
        await maya.Call("MarkRead", channel, long.MaxValue);
        Assert.Equal(0, await Unread(Maya));

        await maya.Post(channel, "my own does not count");
        await rana.Post(channel, "one");
        var last = (await rana.Post(channel, "two, deleted later")).GetProperty("revision").GetInt64();
        Assert.Equal(2, await Unread(Maya));
        await Hub.Execute("update messages set deleted = true where channel_id = $1 and revision = $2", channel, last);
        Assert.Equal(1, await Unread(Maya));

        await Task.WhenAll(Enumerable.Range(0, 120).Select(i => rana.Post(channel, $"many {i}")));
        Assert.Equal(100, await Unread(Maya));
        await maya.Call("MarkRead", channel, last);
        await maya.Call("MarkRead", channel, 1);
        await maya.Call("MarkRead", channel, last + 119);
        Assert.Equal(1, await Unread(Maya));
    }

    [Fact]
    public async Task A_facilitator_sees_every_group_of_the_network_as_a_guest_and_members_only_theirs()
    {
        var everything = await News(People.Claire);
        Assert.Equal(11, everything.Count);
        Assert.All(everything, one => Assert.Equal(("hmln", false), (one.View.Network.Slug, one.IsMember)));
        Assert.All(await News(People.Lina), one => Assert.True(one.IsMember && one.View.Group.Slug == People.OtherGroup));
        Assert.Empty(await News("nobody"));
    }

    private async Task<int> Unread(string email) => (await News(email)).Single(one => one.View.Group.Slug == SecondGroup).Unread;

    private async Task<List<GroupNews>> News(string email) => await Hub.App.Services.GetRequiredService<GroupService>()
        .News(email == "nobody" ? Guid.NewGuid() : await Hub.PersonId(email), 50, TestContext.Current.CancellationToken);
}
