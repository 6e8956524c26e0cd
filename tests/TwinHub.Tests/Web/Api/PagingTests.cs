using System.Text.Json;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Api;

/// <summary>Lists come in pages; messages are paged back by place and forward by change.</summary>
public sealed class PagingTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Theory]
    [InlineData("/api/v1/groups", 4, 11)]
    [InlineData("/api/v1/networks/hmln/organisations", 10, 23)]
    [InlineData("/api/v1/networks/hmln/people", 30, 61)]
    public async Task Pages_together_are_the_whole_list(string path, int size, int total)
    {
        using var claire = await Hub.Api(People.Claire);
        var (rows, cursor) = (new List<string>(), "");
        do
        {
            var page = await (await claire.Get($"{path}?limit={size}{cursor}")).Json();
            var items = page.GetProperty("items").EnumerateArray().Select(item => item.GetRawText()).ToList();
            Assert.InRange(items.Count, 1, size);
            rows.AddRange(items);
            cursor = page.GetProperty("nextCursor").GetString() is { } next ? "&cursor=" + next : "";
        }
        while (cursor.Length > 0);
        Assert.Equal((total, total), (rows.Count, rows.Distinct().Count()));
    }

    [Fact]
    public async Task Networks_come_in_pages_too()
    {
        await Hub.Execute("insert into network_roles (network_id, person_id, role) select id, $1, 'maintainer' from networks on conflict do nothing", await Hub.PersonId(People.Lina));
        using var lina = await Hub.Api(People.Lina);
        var (slugs, cursor) = (new List<string?>(), "");
        do
        {
            var page = await (await lina.Get($"/api/v1/networks?limit=1{cursor}")).Json();
            slugs.Add(Assert.Single(page.GetProperty("items").EnumerateArray()).GetProperty("slug").GetString());
            cursor = page.GetProperty("nextCursor").GetString() is { } next ? "&cursor=" + next : "";
        }
        while (cursor.Length > 0);
        Assert.Equal((3, 3), (slugs.Count, slugs.Distinct().Count()));
    }

    [Fact]
    public async Task A_page_has_fifty_unless_told()
    {
        using var claire = await Hub.Api(People.Claire);
        var page = await (await claire.Get("/api/v1/networks/hmln/people")).Json();
        Assert.Equal(50, page.GetProperty("items").GetArrayLength());
        Assert.NotNull(page.GetProperty("nextCursor").GetString());
        Assert.Equal(61, (await (await claire.Get("/api/v1/networks/hmln/people?limit=200")).Json()).GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=201")]
    [InlineData("limit=-5")]
    [InlineData("limit=ten")]
    [InlineData("limit=")]
    [InlineData("limit=1.5")]
    [InlineData("limit=99999999999")]
    [InlineData("limit=10&limit=20")]
    public async Task A_limit_is_from_1_to_200_once(string query)
    {
        using var claire = await Hub.Api(People.Claire);
        foreach (var path in new[] { "/api/v1/networks", "/api/v1/groups", "/api/v1/networks/hmln/people", "/api/v1/networks/hmln/organisations", $"/api/v1/channels/{await Hub.ChannelOf(People.TheirGroup)}/messages" })
        {
            Assert.Equal("limit", (await (await claire.Get($"{path}?{query}")).Problem(400, "invalid")).GetProperty("field").GetString());
        }
    }

    [Theory]
    [InlineData("cursor=nonsense")]
    [InlineData("cursor=")]
    [InlineData("cursor=' or 1=1 --")]
    public async Task A_cursor_is_one_we_gave(string query)
    {
        using var claire = await Hub.Api(People.Claire);
        await (await claire.Get($"/api/v1/groups?{query}")).Problem(400, "invalid");
        await (await claire.Get($"/api/v1/networks?{query}")).Problem(400, "invalid");
    }

    [Fact]
    public async Task Messages_page_back_to_the_first_newest_first()
    {
        using var rana = await Hub.Api(People.Rana);
        var path = $"/api/v1/channels/{await Hub.ChannelOf(People.TheirGroup)}/messages?limit=7";
        var posted = await Walk(rana, path, "before", "posted");
        Assert.Equal(await Revision(), posted.Count);
        Assert.Equal(Enumerable.Range(1, posted.Count).Reverse().Select(number => (long)number), posted);
    }

    [Fact]
    public async Task Changes_page_forward_oldest_first()
    {
        using var rana = await Hub.Api(People.Rana);
        var path = $"/api/v1/channels/{await Hub.ChannelOf(People.TheirGroup)}/messages?limit=7";
        var revisions = await Walk(rana, path + "&after=3", "after", "revision", first: false);
        Assert.Equal(Enumerable.Range(4, (int)await Revision() - 3).Select(number => (long)number), revisions);
    }

    [Fact]
    public async Task Before_the_first_and_after_the_last_there_is_nothing()
    {
        using var rana = await Hub.Api(People.Rana);
        var path = $"/api/v1/channels/{await Hub.ChannelOf(People.TheirGroup)}/messages";
        foreach (var query in new[] { "before=1", "before=0", $"after={await Revision()}", $"after={1L << 53}" })
        {
            var page = await (await rana.Get($"{path}?{query}")).Json();
            Assert.Equal((0, JsonValueKind.Null), (page.GetProperty("items").GetArrayLength(), page.GetProperty("nextCursor").ValueKind));
        }
    }

    [Theory]
    [InlineData("before=5&after=5")]
    [InlineData("before=-1")]
    [InlineData("after=-1")]
    [InlineData("before=x")]
    [InlineData("after=1e3")]
    [InlineData("before= 5")]
    [InlineData("before=٣")]
    [InlineData("before=5&before=6")]
    [InlineData("after=99999999999999999999")]
    public async Task Before_and_after_are_numbers_and_never_both(string query)
    {
        using var rana = await Hub.Api(People.Rana);
        await (await rana.Get($"/api/v1/channels/{await Hub.ChannelOf(People.TheirGroup)}/messages?{query}")).Problem(400, "invalid");
    }

    private Task<long> Revision() => Hub.Db(db => Task.FromResult(db.Channels.Single(c => db.Groups.Any(g => g.Id == c.GroupId && g.Slug == People.TheirGroup)).Revision));

    private static async Task<List<long>> Walk(HttpClient client, string path, string parameter, string number, bool first = true)
    {
        var (numbers, cursor) = (new List<long>(), "");
        do
        {
            var page = await (await client.Get(cursor.Length == 0 ? path : $"{(first ? path : path[..path.IndexOf("&after", StringComparison.Ordinal)])}&{parameter}={cursor}")).Json();
            numbers.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty(number).GetInt64()));
            cursor = page.GetProperty("nextCursor").GetString() ?? "";
        }
        while (cursor.Length > 0);
        return numbers;
    }
}
