using System.Net;
using TwinHub.Core.Text;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Groups;

/// <summary>Members come, change their part and go; only what they lose is taken.</summary>
public sealed class MembershipServiceTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private const string Bilal = "bilal.sabsabi@tripoli.example.org";
    private const string Maya = "maya.dannaoui@tripoli.example.org";
    private const string SecondGroup = "tripoli-adana";

    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Whoever_is_added_answers_for_their_partner_and_reads_at_once()
    {
        using var bilal = await Hub.Api(Bilal);
        await (await bilal.Get($"/api/v1/groups/{People.TheirGroup}")).Problem(404, "not_found");

        Assert.Equal(HttpStatusCode.OK, (await Set(People.TheirGroup, Bilal, "member", "reviewer", "member")).StatusCode);

        await Eventually.True(async () => (await bilal.Get($"/api/v1/groups/{People.TheirGroup}")).IsSuccessStatusCode, "the group opens");
        Assert.Equal("Tripoli member+reviewer", await Membership(People.TheirGroup, Bilal));
    }

    [Fact]
    public async Task Setting_again_changes_the_roles_and_keeps_the_day_of_joining()
    {
        const string Since = "select m.since from memberships m join people p on p.id = m.person_id join twinning_groups g on g.id = m.group_id where p.email = $1 and g.slug = $2";
        var joined = await Hub.Scalar<DateTime>(Since, People.Emre, People.TheirGroup);
        await Set(People.TheirGroup, People.Emre, "observer");
        Assert.Equal("Gaziantep observer", await Membership(People.TheirGroup, People.Emre));
        await Set(People.TheirGroup, People.Emre, "responsible", "reviewer");
        Assert.Equal("Gaziantep responsible+reviewer", await Membership(People.TheirGroup, People.Emre));
        Assert.Equal(joined, await Hub.Scalar<DateTime>(Since, People.Emre, People.TheirGroup));
    }

    [Fact]
    public async Task A_closed_group_takes_nobody_new()
    {
        const string Closed = "bar-elias-antakya";
        var someone = await Hub.Scalar<string>("select p.email from memberships m join people p on p.id = m.person_id join twinning_groups g on g.id = m.group_id where g.slug = $1 order by 1 limit 1", Closed);
        await Hub.Execute("update twinning_groups set status = 'completed' where slug = $1", Closed);
        await (await Set(Closed, someone, "lead")).Problem(409, "closed");
    }

    [Fact]
    public async Task Who_cannot_become_a_member_is_told_apart_by_the_reason()
    {
        const string Closed = "ruba.maaytah@madaba.example.org";
        var words = Texts.Shared.For(await Hub.Scalar<string>("select language from people where email = $1", People.Claire));
        Assert.Equal(words["error.member.partner"], await Sentence(Closed));
        await Hub.Execute("update people set disabled_at = now() where email = $1", Closed);
        Assert.Equal(words["error.person.disabled"], await Sentence(Closed));
        await (await Set(People.TheirGroup, "giulia.ferrante@platform-italy.example.org", "member")).Problem(404, "not_found");

        async Task<string> Sentence(string email) => (await (await Set(People.TheirGroup, email, "member")).Problem(400, "invalid")).GetProperty("title").GetString()!;
    }

    [Fact]
    public async Task Who_loses_one_of_two_groups_loses_only_that()
    {
        var (cookie, token) = (await Hub.SessionOf(Maya), await Hub.Token(Maya));
        await using var live = await LiveClient.Connect(Hub.Url, token);
        await live.Call("Join", await Hub.ChannelOf(SecondGroup), null);

        Assert.Equal(HttpStatusCode.NoContent, (await Remove(SecondGroup, Maya)).StatusCode);

        await live.Event("Evicted");
        using var browser = Hub.BrowserWith(cookie);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/groups/{SecondGroup}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await browser.Get($"/groups/{People.TheirGroup}")).StatusCode);
        await live.Post(await Hub.ChannelOf(People.TheirGroup), "still here");
    }

    [Fact]
    public async Task A_facilitator_who_was_a_member_too_still_reads_after_leaving_and_is_not_put_out()
    {
        await Hub.Execute("insert into network_roles select n.id, p.id, 'facilitator' from networks n, people p where n.slug = 'hmln' and p.email = $1", People.Ziad);
        var channel = await Hub.ChannelOf(People.TheirGroup);
        await using var ziad = await Hub.Live(People.Ziad);
        await using var rana = await Hub.Live(People.Rana);
        await ziad.Call("Join", channel, null);

        Assert.Equal(HttpStatusCode.NoContent, (await Remove(People.TheirGroup, People.Ziad)).StatusCode);

        await rana.Post(channel, "heard by the facilitator");
        await ziad.Event("MessagePosted", e => e.GetProperty("body").GetString() == "heard by the facilitator");
        Assert.DoesNotContain(ziad.Events, e => e.Target == "Evicted");
    }

    [Fact]
    public async Task Coming_and_going_are_written_down()
    {
        const string Someone = "ozan.bulut@adana.example.org";
        var (claire, subject) = (await Hub.PersonId(People.Claire), $"{SecondGroup} {await Hub.PersonId(Someone)}");
        await Set(SecondGroup, Someone, "member", "reviewer");
        await Remove(SecondGroup, Someone);
        Assert.Equal(
            [("member.removed", subject), ("member.set", subject + " member+reviewer")],
            await Hub.Db(db => Task.FromResult(db.Audit.Where(a => a.ActorId == claire && a.Subject!.StartsWith(subject)).AsEnumerable().Select(a => (a.Action, a.Subject!)).Order().ToList())));
    }

    private async Task<HttpResponseMessage> Set(string group, string email, params string[] roles)
    {
        using var claire = await Hub.Api(People.Claire);
        return await claire.Put($"/api/v1/groups/{group}/members/{await Hub.PersonId(email)}", new { roles });
    }

    private async Task<HttpResponseMessage> Remove(string group, string email)
    {
        using var claire = await Hub.Api(People.Claire);
        return await claire.Delete($"/api/v1/groups/{group}/members/{await Hub.PersonId(email)}");
    }

    private Task<string> Membership(string group, string email) => Hub.Scalar<string>("""
        select (o.city ->> 'en') || ' ' || array_to_string(m.roles, '+') from memberships m join people p on p.id = m.person_id
        join twinning_groups g on g.id = m.group_id join organisations o on o.id = m.organisation_id where g.slug = $1 and p.email = $2
        """, group, email);
}
