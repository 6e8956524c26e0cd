using Microsoft.EntityFrameworkCore;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Realtime;

/// <summary>Who may post where: what one may not see is not found, what one may see but not do is not allowed.</summary>
public sealed class PostingRulesTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task An_observer_reads_and_may_not_write()
    {
        var channel = await Hub.ChannelOf(People.TheirGroup);
        await Hub.Execute("update memberships set roles = '{observer}' where person_id = $1", await Hub.PersonId(People.Ziad));
        await using var ziad = await Hub.Live(People.Ziad);
        await using var rana = await Hub.Live(People.Rana);
        await ziad.Call("Join", channel, null);

        Assert.Equal("not_allowed", await Code(() => ziad.Post(channel, "may I?")));
        Assert.Equal("not_allowed", await Code(() => ziad.Call("Typing", channel)));
        await rana.Post(channel, "heard by observers");
        await ziad.Event("MessagePosted", e => e.GetProperty("body").GetString() == "heard by observers");
        await ziad.Call("MarkRead", channel, 1);
    }

    [Theory]
    [InlineData("completed")]
    [InlineData("endedEarly")]
    public async Task A_closed_group_is_read_only(string status)
    {
        var group = await Hub.Db(db => db.Groups.Where(g => g.Status == "active" && g.Slug != People.TheirGroup).OrderBy(g => g.Slug).Select(g => g.Slug).FirstAsync());
        var channel = await Hub.ChannelOf(group);
        var email = await Hub.Db(db => db.Memberships.Where(m => db.Groups.Any(g => g.Id == m.GroupId && g.Slug == group)).Join(db.People, m => m.PersonId, p => p.Id, (m, p) => p.Email).OrderBy(e => e).FirstAsync());
        await using var member = await Hub.Live(email);
        var id = Guid.NewGuid();
        var first = await member.Post(channel, "before the end", id);
        await Hub.Execute("update twinning_groups set status = $1 where slug = $2", status, group);
        try
        {
            Assert.Equal("closed", await Code(() => member.Post(channel, "after the end")));
            Assert.Equal(first.GetRawText(), (await member.Post(channel, "before the end", id)).GetRawText());
            Assert.NotEqual(0, (await member.Call("Join", channel, null)).GetProperty("messages").GetArrayLength());
        }
        finally
        {
            await Hub.Execute("update twinning_groups set status = 'active' where slug = $1", group);
        }
    }

    [Fact]
    public async Task In_one_batch_a_refused_post_fails_alone()
    {
        var (channel, foreign) = (await Hub.ChannelOf(People.TheirGroup), await Hub.ChannelOf(People.OtherGroup));
        await using var rana = await Hub.Live(People.Rana);
        var from = (await rana.Call("Join", channel, null)).GetProperty("revision").GetInt64();

        var codes = await Task.WhenAll(Enumerable.Range(0, 60).Select(i => Code(() => rana.Post(i % 3 == 0 ? foreign : channel, $"mixed {i}"))));

        Assert.Equal(Enumerable.Range(0, 60).Select(i => i % 3 == 0 ? "not_found" : null), codes);
        Assert.Equal(Enumerable.Range(1, 40).Select(step => from + step), (await Hub.Stored(channel, from)).Select(message => message.Revision));
    }

    private static async Task<string?> Code(Func<Task> call) => (await Record.ExceptionAsync(call) as LiveException)?.Code;
}
