using System.Net.Http.Headers;
using System.Text;
using TwinHub.Core.Text;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Api;

/// <summary>What the API refuses: the contract's code, in the caller's language, without inner details.</summary>
[Trait("culture", "any")]
public sealed class BadInputTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("7")]
    [InlineData("\"text\"")]
    [InlineData("""{"clientMessageId":5,"body":"x"}""")]
    [InlineData("""{"clientMessageId":"0198f3d0-0000-7000-8000-000000000001","body":7}""")]
    [InlineData("""{"clientMessageId":"0198f3d0-0000-7000-8000-000000000001","body":["x"]}""")]
    [InlineData("""{"clientMessageId":"not-a-uuid","body":"x"}""")]
    [InlineData("""{"clientMessageId":"00000000-0000-0000-0000-000000000000","body":"x"}""")]
    [InlineData("""{"body":"x"}""")]
    [InlineData("""{"clientMessageId":"0198f3d0-0000-7000-8000-000000000001"}""")]
    [InlineData("""{"clientMessageId":"0198f3d0-0000-7000-8000-000000000001","body":" \n\t "}""")]
    [InlineData("""{"clientMessageId":"0198f3d0-0000-7000-8000-000000000001","body":"a\u0000b"}""")]
    [InlineData("""{"clientMessageId":"0198f3d0-0000-7000-8000-000000000001","body":"a\ud800b"}""")]
    public async Task A_message_that_is_none_is_invalid(string json)
    {
        var problem = await (await Send(People.Rana, HttpMethod.Post, await Messages(People.TheirGroup), json)).Problem(400, "invalid");
        Assert.False(problem.TryGetProperty("exception", out _));
        Assert.DoesNotContain("System.", problem.GetRawText(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    public async Task A_body_that_is_not_JSON_is_invalid(string type)
    {
        var content = new StringContent("""{"clientMessageId":"0198f3d0-0000-7000-8000-000000000001","body":"x"}""");
        content.Headers.ContentType = MediaTypeHeaderValue.Parse(type);
        using var rana = await Hub.Api(People.Rana);
        await (await rana.Send(HttpMethod.Post, await Messages(People.TheirGroup), content)).Problem(400, "invalid");
    }

    [Theory]
    [InlineData(10_001, "a")]
    [InlineData(501, "a\n")]
    public async Task A_message_past_the_limits_is_too_long(int times, string part)
    {
        var body = string.Concat(Enumerable.Repeat(part, times)) + "a";
        using var rana = await Hub.Api(People.Rana);
        var answer = await rana.Post(await Messages(People.TheirGroup), new { clientMessageId = Guid.NewGuid(), body });
        Assert.Equal("body", (await answer.Problem(413, "too_long")).GetProperty("field").GetString());
    }

    [Fact]
    public async Task A_request_past_a_megabyte_is_too_long()
    {
        var json = $$"""{"clientMessageId":"{{Guid.NewGuid()}}","body":"{{new string('a', 1_100_000)}}"}""";
        await (await Send(People.Rana, HttpMethod.Post, await Messages(People.TheirGroup), json)).Problem(413, "too_long");
    }

    [Fact]
    public async Task A_completed_group_is_closed()
    {
        using var member = await Hub.Api("tereza.havlova@czechia.example.org");
        using var facilitator = await Hub.Api(People.ForeignFacilitator);
        var path = await Messages("czechia-netherlands");
        await (await member.Post(path, new { clientMessageId = Guid.NewGuid(), body = "too late" })).Problem(409, "closed");
        await (await facilitator.Put($"/api/v1/groups/czechia-netherlands/members/{await Hub.PersonId("tereza.havlova@czechia.example.org")}", new { roles = new[] { "member" } })).Problem(409, "closed");
        Assert.Equal(200, (int)(await member.Get(path)).StatusCode);
    }

    [Fact]
    public async Task Posting_too_fast_is_rate_limited()
    {
        await using var strict = await TestHub.Start(fixture.Postgres, "--Limits:PostsBurst=3", "--Limits:PostsPerMinute=60");
        using var rana = await strict.Api(People.Rana);
        var path = $"/api/v1/channels/{await strict.ChannelOf(People.TheirGroup)}/messages";
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => rana.Post(path, new { clientMessageId = Guid.NewGuid(), body = $"{i}" })));
        Assert.InRange(answers.Count(one => (int)one.StatusCode == 201), 3, 5);
        await answers.First(one => (int)one.StatusCode != 201).Problem(429, "rate_limited");
    }

    [Theory]
    [InlineData(People.Lina)]
    [InlineData(People.Claire)]
    [InlineData(People.Emre)]
    public async Task A_refusal_speaks_the_callers_language_whatever_the_client_asks_for(string email)
    {
        using var api = await Hub.Api(email);
        api.DefaultRequestHeaders.AcceptLanguage.ParseAdd("en");
        var words = Texts.Shared.For(await Hub.Db(db => Task.FromResult(db.People.Single(p => p.Email == email).Language)));
        Assert.NotEqual("en", words.Language);
        var problem = await (await api.Get("/api/v1/groups/no-such-group")).Problem(404, "not_found");
        Assert.Equal(words["error.not_found"], problem.GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("ar")]
    [InlineData("tr")]
    public async Task Signed_out_the_request_names_the_language(string language)
    {
        using var api = Hub.ApiWith(null);
        api.DefaultRequestHeaders.AcceptLanguage.ParseAdd(language + "-XX, en;q=0.5");
        var problem = await (await api.Get("/api/v1/me")).Problem(401, "unauthorized");
        Assert.Equal(Texts.Shared.For(language)["error.unauthorized"], problem.GetProperty("title").GetString());
    }

    [Theory]
    [InlineData("/api")]
    [InlineData("/api/v1")]
    [InlineData("/api/v1/nothing")]
    [InlineData("/api/v2/me")]
    [InlineData("/api/v1/groups/a/b/c")]
    public async Task A_path_that_is_not_there_is_a_problem_too(string path)
    {
        using var rana = await Hub.Api(People.Rana);
        await (await rana.Get(path)).Problem(404, "not_found");
        await (await rana.Post(path, new { })).Problem(404, "not_found");
    }

    [Theory]
    [InlineData("GET", "/api/v1/search?q=water")]
    [InlineData("POST", "/mail/inbound")]
    [InlineData("GET", "/calendar/secret.ics")]
    [InlineData("GET", "/invitations/secret")]
    public async Task What_belongs_to_a_later_part_is_not_there(string method, string path)
    {
        using var claire = await Hub.Api(People.Claire);
        Assert.Equal(404, (int)(await claire.Send(new HttpMethod(method), path)).StatusCode);
    }

    [Theory]
    [InlineData("name", """{"name":"","kind":"municipality","timeZone":"Asia/Beirut"}""")]
    [InlineData("name", """{"name":"\u202e","kind":"municipality","timeZone":"Asia/Beirut"}""")]
    [InlineData("kind", """{"name":"X","kind":"kingdom","timeZone":"Asia/Beirut"}""")]
    [InlineData("country", """{"name":"X","kind":"municipality","country":"Lb","timeZone":"Asia/Beirut"}""")]
    [InlineData("timeZone", """{"name":"X","kind":"municipality","timeZone":"Beirut"}""")]
    [InlineData("latitude", """{"name":"X","kind":"municipality","timeZone":"Asia/Beirut","latitude":91}""")]
    [InlineData("latitude", """{"name":"X","kind":"municipality","timeZone":"Asia/Beirut","longitude":-181}""")]
    public async Task An_organisation_names_what_is_wrong(string field, string json) =>
        Assert.Equal(field, (await (await Send(People.Claire, HttpMethod.Post, "/api/v1/networks/hmln/organisations", json)).Problem(400, "invalid")).GetProperty("field").GetString());

    [Theory]
    [InlineData("""{"roles":[]}""")]
    [InlineData("""{"roles":null}""")]
    [InlineData("""{}""")]
    [InlineData("""{"roles":["facilitator"]}""")]
    [InlineData("""{"roles":["lead","boss"]}""")]
    [InlineData("""{"roles":"lead"}""")]
    [InlineData("""{"roles":[null]}""")]
    public async Task Roles_are_those_of_a_group(string json) =>
        await (await Send(People.Claire, HttpMethod.Put, $"/api/v1/groups/{People.TheirGroup}/members/{await Hub.PersonId(People.Rana)}", json)).Problem(400, "invalid");

    [Fact]
    public async Task A_member_comes_from_a_partner()
    {
        var problem = await (await Send(People.Claire, HttpMethod.Put, $"/api/v1/groups/{People.TheirGroup}/members/{await Hub.PersonId(People.Lina)}", """{"roles":["member"]}""")).Problem(400, "invalid");
        Assert.Equal("personId", problem.GetProperty("field").GetString());
    }

    private async Task<string> Messages(string group) => $"/api/v1/channels/{await Hub.ChannelOf(group)}/messages";

    private async Task<HttpResponseMessage> Send(string email, HttpMethod method, string path, string json)
    {
        using var client = await Hub.Api(email);
        return await client.Send(method, path, new StringContent(json, Encoding.UTF8, "application/json"));
    }
}
