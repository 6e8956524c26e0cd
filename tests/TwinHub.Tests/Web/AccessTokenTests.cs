using System.Net;
using System.Net.Http.Headers;
using AngleSharp.Html.Parser;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web;

/// <summary>Personal access tokens: made on the account page, for the API and the live hub only.</summary>
public sealed class AccessTokenTests(SignInHub fixture) : IClassFixture<SignInHub>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task A_token_is_shown_once_and_lives_its_days()
    {
        using var browser = Hub.BrowserWith(await Hub.SessionOf(People.Rana));
        var token = await Make(browser, "for two days", "2");

        Assert.DoesNotContain(token, await browser.Text("/account"), StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await Ask(token));
        await fixture.Later(TimeSpan.FromHours(47), async () => Assert.Equal(HttpStatusCode.OK, await Ask(token)));
        await fixture.Later(TimeSpan.FromHours(49), async () => Assert.Equal(HttpStatusCode.Unauthorized, await Ask(token)));
    }

    [Fact]
    public async Task The_last_use_of_a_token_is_noted()
    {
        using var browser = Hub.BrowserWith(await Hub.SessionOf(People.Lina));
        var token = await Make(browser, "watched", "");
        var before = await Hub.Db(db => Task.FromResult(db.AccessTokens.Single(t => t.Name == "watched").LastUsedAt));
        await Ask(token);
        await fixture.WriteDownUses();
        var after = await Hub.Db(db => Task.FromResult(db.AccessTokens.Single(t => t.Name == "watched").LastUsedAt));
        Assert.Null(before);
        Assert.NotNull(after);
    }

    [Fact]
    public async Task A_token_taken_back_is_dead_and_its_connections_close()
    {
        using var browser = Hub.BrowserWith(await Hub.SessionOf(People.Emre));
        var token = await Make(browser, "taken back", "");
        await using var live = await LiveClient.Connect(Hub.Url, token);
        var id = await Hub.Db(db => Task.FromResult(db.AccessTokens.Single(t => t.Name == "taken back").Id));

        Assert.Equal("/account", (await browser.PostForm("/account", "/account?handler=endToken", ("id", id.ToString()))).Headers.Location?.ToString());

        Assert.Equal(HttpStatusCode.Unauthorized, await Ask(token));
        await Eventually.True(() => !live.IsOpen, "the connection closes", 5);
    }

    [Theory]
    [InlineData("", "1")]
    [InlineData("   ", "1")]
    [InlineData("x", "0")]
    [InlineData("x", "3651")]
    [InlineData("x", "-1")]
    [InlineData("x", "many")]
    public async Task A_token_needs_a_name_and_sensible_days(string name, string days)
    {
        using var browser = Hub.BrowserWith(await Hub.SessionOf(People.Rana));
        var answer = await browser.PostForm("/account", "/account?handler=makeToken", ("TokenName", name), ("TokenDays", days));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(new HtmlParser().ParseDocument(await answer.Text()).QuerySelector("code.secret"));
    }

    [Fact]
    public async Task A_token_opens_no_page()
    {
        var token = await Hub.Token(People.Rana);
        using var browser = Hub.BrowserWith(null);
        browser.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        Assert.StartsWith("/sign-in", (await browser.Get("/account")).Headers.Location?.ToString(), StringComparison.Ordinal);
        Assert.StartsWith("/sign-in", (await browser.Get("/?access_token=" + token)).Headers.Location?.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_API_takes_no_token_from_the_address()
    {
        using var api = Hub.ApiWith(null);
        await (await api.Get("/api/v1/me?access_token=" + await Hub.Token(People.Rana))).Problem(401, "unauthorized");
    }

    [Theory]
    [InlineData("Bearer")]
    [InlineData("Bearer ")]
    [InlineData("Bearer nonsense")]
    [InlineData("Basic cmFuYTpyYW5h")]
    [InlineData("' or 1=1 --")]
    public async Task A_wrong_token_is_unauthorized(string header)
    {
        using var api = Hub.ApiWith(null);
        api.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", header);
        var answer = await api.Get("/api/v1/me");
        await answer.Problem(401, "unauthorized");
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }

    private static async Task<string> Make(HttpClient browser, string name, string days)
    {
        var answer = await browser.PostForm("/account", "/account?handler=makeToken", ("TokenName", name), ("TokenDays", days));
        var page = new HtmlParser().ParseDocument(await answer.Text());
        return page.QuerySelector("code.secret")!.TextContent;
    }

    private async Task<HttpStatusCode> Ask(string token)
    {
        using var api = Hub.ApiWith(token);
        return (await api.Get("/api/v1/me")).StatusCode;
    }
}
