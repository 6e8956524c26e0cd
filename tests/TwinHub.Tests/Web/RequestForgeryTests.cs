using System.Net;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web;

/// <summary>What a foreign page could send with a visitor's cookie does nothing (ASVS 3.5.1, 3.5.3).</summary>
public sealed class RequestForgeryTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task The_API_takes_nothing_from_cookies()
    {
        using var browser = Hub.BrowserWith(await Hub.SessionOf(People.Claire));
        await (await browser.Get("/api/v1/me")).Problem(401, "unauthorized");
        await (await browser.Post($"/api/v1/channels/{await Hub.ChannelOf(People.TheirGroup)}/messages", new { clientMessageId = Guid.NewGuid(), body = "forged" })).Problem(401, "unauthorized");
    }

    [Theory]
    [InlineData("/account?handler=makeToken")]
    [InlineData("/account?handler=endAll")]
    [InlineData("/account?handler=makeFeed")]
    [InlineData("/account?handler=endFeed")]
    [InlineData("/account")]
    [InlineData("/sign-out")]
    [InlineData("/groups/" + People.TheirGroup)]
    [InlineData("/groups/" + People.TheirGroup + "/about")]
    [InlineData("/groups/" + People.TheirGroup + "/about?handler=remove")]
    [InlineData("/networks/hmln?handler=disable")]
    [InlineData("/networks/hmln/new-group")]
    [InlineData("/networks/hmln/new-organisation")]
    [InlineData("/networks/hmln/new-person")]
    public async Task A_form_without_its_token_changes_nothing(string action)
    {
        using var browser = Hub.BrowserWith(await Hub.SessionOf(People.Claire));
        await browser.FormToken("/account");
        var before = await State();
        var fields = Forms.Content(("TokenName", "forged"), ("Body", "forged"), ("ClientMessageId", Guid.NewGuid().ToString()), ("PersonId", (await Hub.PersonId(People.Selin)).ToString()),
            ("Name", "Forged"), ("Language", "en"), ("TimeZone", "UTC"), ("Scheme", "dark"), ("Input.Name", "Forged"), ("Input.Kind", "municipality"), ("Input.TimeZone", "UTC"));
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Send(HttpMethod.Post, action, fields)).StatusCode);
        Assert.Equal(before, await State());
        Assert.Equal(HttpStatusCode.OK, (await browser.Get("/account")).StatusCode);
    }

    [Theory]
    [InlineData("http://elsewhere.example.org")]
    [InlineData("https://localhost")]
    [InlineData("null")]
    public async Task A_foreign_origin_is_refused_even_with_a_valid_form(string origin)
    {
        using var browser = Hub.BrowserWith(await Hub.SessionOf(People.Rana));
        var token = await browser.FormToken("/account");
        browser.DefaultRequestHeaders.Add("Origin", origin);
        var answer = await browser.Send(HttpMethod.Post, "/account?handler=makeToken", Forms.Content(("TokenName", "forged"), ("__RequestVerificationToken", token)));
        Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
        Assert.False(await Hub.Db(db => Task.FromResult(db.AccessTokens.Any(t => t.Name == "forged"))));
    }

    [Fact]
    public async Task Ones_own_origin_is_welcome()
    {
        using var browser = Hub.BrowserWith(await Hub.SessionOf(People.Rana));
        var token = await browser.FormToken("/account");
        browser.DefaultRequestHeaders.Add("Origin", Hub.Url.GetLeftPart(UriPartial.Authority));
        var answer = await browser.Send(HttpMethod.Post, "/account?handler=makeToken", Forms.Content(("TokenName", "honest"), ("__RequestVerificationToken", token)));
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    [Theory]
    [InlineData("GET", "/api/v1/me")]
    [InlineData("GET", "/sign-in")]
    [InlineData("OPTIONS", "/api/v1/groups")]
    public async Task No_foreign_page_is_told_that_it_may_read(string method, string path)
    {
        using var api = await Hub.Api(People.Rana);
        api.DefaultRequestHeaders.Add("Origin", "http://elsewhere.example.org");
        api.DefaultRequestHeaders.Add("Access-Control-Request-Method", "GET");
        var answer = await api.Send(new HttpMethod(method), path);
        Assert.DoesNotContain(answer.Headers, header => header.Key.StartsWith("Access-Control-", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("//elsewhere.example.org")]
    [InlineData("https://elsewhere.example.org/")]
    [InlineData("/\\elsewhere.example.org")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/\t/elsewhere.example.org")]
    public async Task Signing_in_leads_nowhere_else(string target)
    {
        using var browser = Hub.BrowserWith(await Hub.SessionOf(People.Rana));
        Assert.Equal("/", (await browser.Get("/sign-in?returnUrl=" + Uri.EscapeDataString(target))).Headers.Location?.ToString());
    }

    private async Task<string> State()
    {
        var dump = await TableDump.Of(Hub.Source, "sessions.last_seen_at", "access_tokens.last_used_at");
        return string.Join('\n', new[] { "access_tokens", "calendar_feeds", "sessions", "messages", "memberships", "people", "organisations", "twinning_groups" }.Select(table => dump[table]));
    }
}
