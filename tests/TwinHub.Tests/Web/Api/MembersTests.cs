using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Api;

/// <summary>Who is in a group and in which roles, by the API.</summary>
public sealed class MembersTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task New_roles_take_the_place_of_the_old_ones_and_the_same_again_changes_nothing()
    {
        using var claire = await Hub.Api(People.Claire);
        var path = await Member(People.Emre);
        foreach (var roles in new string[][] { ["observer"], ["lead", "reviewer"], ["lead", "reviewer"], ["member"] })
        {
            var set = await (await claire.Put(path, new { roles })).Json();
            Assert.Equal(["personId", "roles"], set.EnumerateObject().Select(one => one.Name));
            Assert.Equal(roles, set.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
            Assert.Equal(roles, await Hub.Scalar<string[]>("select roles from memberships m join twinning_groups g on g.id = m.group_id where g.slug = $1 and m.person_id = $2", People.TheirGroup, await Hub.PersonId(People.Emre)));
        }
    }

    [Fact]
    public async Task An_observer_by_new_roles_may_no_longer_write()
    {
        using var claire = await Hub.Api(People.Claire);
        using var ziad = await Hub.Api(People.Ziad);
        var messages = $"/api/v1/channels/{await Hub.ChannelOf(People.TheirGroup)}/messages";
        Assert.Equal(201, (int)(await ziad.Post(messages, new { clientMessageId = Guid.NewGuid(), body = "as a member" })).StatusCode);

        await claire.Put(await Member(People.Ziad), new { roles = new[] { "observer" } });

        await Eventually.True(async () => (int)(await ziad.Post(messages, new { clientMessageId = Guid.NewGuid(), body = "as an observer" })).StatusCode == 403, "the change is heard");
        Assert.Equal(200, (int)(await ziad.Get(messages)).StatusCode);
    }

    [Fact]
    public async Task Who_is_removed_is_out_and_cannot_be_removed_twice_but_can_come_back()
    {
        using var claire = await Hub.Api(People.Claire);
        using var selin = await Hub.Api(People.Selin);
        // One more group, so that the removal leaves an account to look with.
        await Hub.Execute("insert into memberships (group_id, person_id, organisation_id, roles, since) select g.id, $1, p.organisation_id, '{member}', now() from twinning_groups g join group_partners p on p.group_id = g.id and p.position = 0 where g.slug = $2 on conflict do nothing",
            await Hub.PersonId(People.Selin), People.OtherGroup);
        var path = await Member(People.Selin);

        Assert.Equal(204, (int)(await claire.Delete(path)).StatusCode);
        await (await claire.Delete(path)).Problem(404, "not_found");
        await (await selin.Get($"/api/v1/groups/{People.TheirGroup}")).Problem(404, "not_found");
        Assert.DoesNotContain(People.TheirGroup, await Groups(selin));

        Assert.Equal(200, (int)(await claire.Put(path, new { roles = new[] { "member" } })).StatusCode);
        Assert.Contains(People.TheirGroup, await Groups(selin));
    }

    [Theory]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    [InlineData("nonsense")]
    public async Task A_person_who_is_not_there_is_not_found(string person)
    {
        using var claire = await Hub.Api(People.Claire);
        await (await claire.Put($"/api/v1/groups/{People.TheirGroup}/members/{person}", new { roles = new[] { "member" } })).Problem(404, "not_found");
        await (await claire.Delete($"/api/v1/groups/{People.TheirGroup}/members/{person}")).Problem(404, "not_found");
    }

    private static async Task<IEnumerable<string?>> Groups(HttpClient api) =>
        (await (await api.Get("/api/v1/groups?limit=200")).Json()).GetProperty("items").EnumerateArray().Select(group => group.GetProperty("slug").GetString()).ToList();

    private async Task<string> Member(string email) => $"/api/v1/groups/{People.TheirGroup}/members/{await Hub.PersonId(email)}";
}
