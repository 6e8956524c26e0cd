using System.Net;
using AngleSharp.Html.Parser;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web;

/// <summary>Sessions: their life, their list and their end (ASVS 7.2-7.5).</summary>
public sealed class SessionTests(SignInHub fixture) : IClassFixture<SignInHub>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Signing_out_ends_the_session_on_the_server()
    {
        var cookie = await Hub.SessionOf(People.Rana);
        using var browser = Hub.BrowserWith(cookie);
        Assert.Equal("/sign-in", (await browser.PostForm("/account", "/sign-out")).Headers.Location?.ToString());
        Assert.False(await IsAlive(cookie));
    }

    [Fact]
    public async Task The_cookie_is_hidden_from_scripts_and_foreign_posts()
    {
        using var client = new HttpClient { BaseAddress = Hub.Url };
        var answer = await client.Post("/demo/sign-in", new { email = People.Rana });
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        Assert.Contains("; httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; path=/", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_session_sleeps_in_after_thirty_days_without_a_sign_of_life()
    {
        var cookie = await Hub.SessionOf(People.Rana);
        await fixture.Later(TimeSpan.FromDays(30) + TimeSpan.FromMinutes(1), async () => Assert.False(await IsAlive(cookie)));
        await fixture.Later(TimeSpan.FromDays(29), async () => Assert.True(await IsAlive(cookie)));
    }

    [Fact]
    public async Task A_session_in_use_ends_after_ninety_days()
    {
        var cookie = await Hub.SessionOf(People.Rana);
        foreach (var day in new[] { 25, 50, 75, 89 })
        {
            await fixture.Later(TimeSpan.FromDays(day), async () =>
            {
                Assert.True(await IsAlive(cookie), $"alive on day {day}");
                await fixture.WriteDownUses();
            });
        }
        await fixture.Later(TimeSpan.FromDays(90) + TimeSpan.FromMinutes(1), async () => Assert.False(await IsAlive(cookie)));
    }

    [Fact]
    public async Task One_sees_and_ends_ones_other_devices()
    {
        var (here, there) = (await Hub.SessionOf("hakan.ozturk@mersin.example.org"), await Hub.SessionOf("hakan.ozturk@mersin.example.org"));
        using var browser = Hub.BrowserWith(here);
        var page = new HtmlParser().ParseDocument(await browser.Text("/account"));
        var form = Assert.Single(page.QuerySelectorAll("form[action='/account?handler=endSession']"));
        var id = form.QuerySelector("input[name=id]")!.GetAttribute("value")!;

        Assert.Equal("/account", (await browser.PostForm("/account", "/account?handler=endSession", ("id", id))).Headers.Location?.ToString());

        Assert.False(await IsAlive(there));
        Assert.True(await IsAlive(here));
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_sessions_and_their_live_connections_but_no_token()
    {
        var (here, there, token) = (await Hub.SessionOf(People.Selin), await Hub.SessionOf(People.Selin), await Hub.Token(People.Selin));
        using var live = await CookieSocket.Connect(Hub, there);
        await using var program = await LiveClient.Connect(Hub.Url, token);
        using var browser = Hub.BrowserWith(here);

        await browser.PostForm("/account", "/account?handler=endAll");

        await live.Closed.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        Assert.False(await IsAlive(here));
        Assert.False(await IsAlive(there));
        Assert.True(program.IsOpen);
    }

    [Fact]
    public async Task A_live_connection_wants_the_hubs_own_origin()
    {
        var cookie = await Hub.SessionOf(People.Rana);
        using var own = await CookieSocket.Connect(Hub, cookie);
        Assert.False(own.Closed.IsCompleted);
        var refused = await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => CookieSocket.Connect(Hub, cookie, "http://elsewhere.example.org"));
        Assert.Contains("'403'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_of_one_person_does_not_work_for_the_next_on_the_same_device()
    {
        using var rana = Hub.BrowserWith(await Hub.SessionOf(People.Rana));
        var token = await rana.FormToken("/account");
        using var selin = Hub.BrowserWith(await Hub.SessionOf(People.Selin));
        await selin.FormToken("/account");
        var answer = await selin.Send(HttpMethod.Post, "/account?handler=makeToken", Forms.Content(("TokenName", "x"), ("__RequestVerificationToken", token)));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    private async Task<bool> IsAlive(string cookie)
    {
        using var browser = Hub.BrowserWith(cookie);
        return (await browser.Get("/account")).StatusCode == HttpStatusCode.OK;
    }
}
