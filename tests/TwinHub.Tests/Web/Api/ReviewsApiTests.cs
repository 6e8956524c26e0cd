using System.Net;
using System.Text.Json;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Api;

/// <summary>Reviews for programs: who has answered at once, what they said not before the answers open.</summary>
public sealed class ReviewsApiTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task A_program_answers_for_its_partner_and_reads_all_answers_once_they_are_open()
    {
        var (objective, review) = (await Hub.Objective("Stalls with a licence"), await Hub.Review("By program"));
        using var rana = await Hub.Api(People.Rana);
        using var ziad = await Hub.Api(People.Ziad);
        using var selin = await Hub.Api(People.Selin);
        using var claire = await Hub.Api(People.Claire);
        var mine = $"/api/v1/reviews/{review}/answers/mine";
        await (await rana.Get(mine)).Problem(404, "not_found");

        var first = await (await rana.Put(mine, Body("Calls", 3))).Json();
        Assert.Equal(("Calls", 1, false), (first.GetProperty("wentWell").GetString(), first.GetProperty("version").GetInt32(), first.GetProperty("late").GetBoolean()));
        Assert.Equal((objective, 3), (first.GetProperty("ratings")[0].GetProperty("objective").GetGuid(), first.GetProperty("ratings")[0].GetProperty("rating").GetInt32()));
        Assert.Equal("Calls", (await (await ziad.Get(mine)).Json()).GetProperty("wentWell").GetString());
        var conflict = await (await ziad.Put(mine, Body("Letters", 2))).Problem(409, "conflict");
        Assert.Equal("Calls", conflict.GetProperty("current").GetProperty("wentWell").GetString());
        Assert.Equal(2, (await (await ziad.Put(mine, Body("Letters", 2, 1))).Json()).GetProperty("version").GetInt32());

        foreach (var client in new[] { rana, selin, claire })
        {
            await (await client.Get($"/api/v1/reviews/{review}/answers")).Problem(404, "not_found");
            var row = await Row(client, review);
            Assert.Equal(("sealed", true, false), (row.GetProperty("state").GetString(), row.GetProperty("partners")[0].GetProperty("answered").GetBoolean(), row.GetProperty("partners")[1].GetProperty("answered").GetBoolean()));
        }
        Assert.Equal(HttpStatusCode.OK, (await selin.Put(mine, Body("Visits", 4))).StatusCode);
        var answers = (await (await claire.Get($"/api/v1/reviews/{review}/answers")).Json()).GetProperty("items");
        Assert.Equal(["Letters", "Visits"], answers.EnumerateArray().Select(one => one.GetProperty("wentWell").GetString()));
        Assert.Equal("open", (await Row(claire, review)).GetProperty("state").GetString());

        object Body(string wentWell, int rating, int? version = null) => new { wentWell, strengthen = "Earlier minutes", ratings = new[] { new { objective, rating } }, version };
    }

    [Theory]
    [InlineData("""{"wentWell":"a","strengthen":"b"}""", "ratings")]
    [InlineData("""{"wentWell":"a","strengthen":"b","ratings":[null]}""", "ratings")]
    [InlineData("""{"wentWell":"a","strengthen":"b","ratings":[{"objective":"x","rating":1}]}""", "ratings")]
    [InlineData("""{"strengthen":"b","ratings":[]}""", "wentWell")]
    public async Task An_answer_that_cannot_be_taken_names_its_field(string body, string field)
    {
        await Hub.Objective("Always one");
        using var rana = await Hub.Api(People.Rana);
        var answer = await rana.Send(HttpMethod.Put, $"/api/v1/reviews/{await Hub.Review("Refused")}/answers/mine", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        Assert.Equal(field, (await answer.Problem(400, "invalid")).GetProperty("field").GetString());
    }

    [Fact]
    public async Task The_list_comes_in_pages()
    {
        await Hub.Review("Page one", due: 300);
        await Hub.Review("Page two", due: 301);
        using var rana = await Hub.Api(People.Rana);
        var (seen, cursor) = (new List<string>(), "");
        while (cursor is not null)
        {
            var page = await (await rana.Get($"/api/v1/groups/{People.TheirGroup}/reviews?limit=1{cursor}")).Json();
            seen.Add(Assert.Single(page.GetProperty("items").EnumerateArray()).GetProperty("milestone").GetProperty("title").GetString()!);
            cursor = page.GetProperty("nextCursor").GetString() is { } next ? $"&cursor={next}" : null;
        }
        Assert.Equal(["Page one", "Page two"], seen[^2..]);
        await (await rana.Get($"/api/v1/groups/{People.TheirGroup}/reviews?limit=0")).Problem(400, "invalid");
    }

    private static async Task<JsonElement> Row(HttpClient client, Guid review) =>
        (await (await client.Get($"/api/v1/groups/{People.TheirGroup}/reviews?limit=200")).Json()).GetProperty("items").EnumerateArray().Single(one => one.GetProperty("id").GetGuid() == review);
}
