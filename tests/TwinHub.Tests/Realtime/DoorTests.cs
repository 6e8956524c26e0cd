using System.Net;
using System.Net.Http.Json;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Realtime;

/// <summary>Who may open a connection, and how much one may say in it.</summary>
public sealed class DoorTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    private string Own => $"http://{Hub.Url.Authority}";

    [Fact]
    public async Task Nobody_comes_in_without_a_token_or_with_a_wrong_one()
    {
        using var without = await RawSocket.Ask(Hub.Url);
        using var wrong = await RawSocket.Ask(Hub.Url, "?access_token=wrong");
        using var stale = await RawSocket.Ask(Hub.Url, "", ("Cookie", "twinhub=" + new string('x', 43)), ("Origin", Own));

        Assert.All([without, wrong, stale], socket => Assert.Equal((HttpStatusCode.Unauthorized, false), (socket.Status, socket.IsOpen)));
    }

    [Fact]
    public async Task A_token_opens_the_hub_in_the_query_and_in_the_header()
    {
        var token = await Hub.Token(People.Rana);

        using var query = await RawSocket.Ask(Hub.Url, $"?access_token={token}");
        using var header = await RawSocket.Ask(Hub.Url, "", ("Authorization", $"Bearer {token}"));

        Assert.All([query, header], socket => Assert.True(socket.IsOpen));
    }

    [Fact]
    public async Task A_cookie_opens_the_hub_from_its_own_pages_only()
    {
        var cookie = await Cookie(People.Rana);

        using var own = await RawSocket.Ask(Hub.Url, "", ("Cookie", cookie), ("Origin", Own));
        Assert.True(own.IsOpen);
        foreach (var origin in new[] { "https://elsewhere.example.org", "http://localhost:1", $"https://{Hub.Url.Authority}", "null" })
        {
            using var foreign = await RawSocket.Ask(Hub.Url, "", ("Cookie", cookie), ("Origin", origin));
            Assert.Equal((HttpStatusCode.Forbidden, false), (foreign.Status, foreign.IsOpen));
        }
    }

    [Fact]
    public async Task A_cookie_in_the_query_and_a_token_in_the_cookie_open_nothing()
    {
        var (cookie, token) = (await Cookie(People.Rana), await Hub.Token(People.Rana));

        using var swapped = await RawSocket.Ask(Hub.Url, $"?access_token={cookie.Split('=')[1]}");
        using var other = await RawSocket.Ask(Hub.Url, "", ("Cookie", $"twinhub={token}"), ("Origin", Own));

        Assert.All([swapped, other], socket => Assert.Equal(HttpStatusCode.Unauthorized, socket.Status));
    }

    [Fact]
    public async Task Three_hundred_posts_at_once_pass_and_then_the_person_has_to_wait()
    {
        var channel = await Hub.ChannelOf(People.TheirGroup);
        await using var emre = await Hub.Live(People.Emre);
        await using var selin = await Hub.Live(People.Selin);
        var (began, passed) = (TimeProvider.System.GetTimestamp(), 0);
        LiveException? refused = null;
        for (; refused is null && passed < 3_000; passed++)
        {
            refused = await Record.ExceptionAsync(() => emre.Post(channel, "quick")) as LiveException;
        }

        Assert.Equal("rate_limited", refused?.Code);
        // Ten a second come back meanwhile; the post that was refused was counted too.
        Assert.InRange(passed - 1, 300, 310 + (10 * TimeProvider.System.GetElapsedTime(began).TotalSeconds));
        Assert.True(emre.IsOpen);
        await selin.Post(channel, "not my limit");
        await Eventually.True(async () => await Record.ExceptionAsync(() => emre.Post(channel, "patient")) is null, "a second later it goes on", 5);
    }

    private async Task<string> Cookie(string email)
    {
        using var plain = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = Hub.Url };
        var answer = await plain.PostAsJsonAsync("/demo/sign-in", new { email });
        answer.EnsureSuccessStatusCode();
        return answer.Headers.GetValues("Set-Cookie").Select(cookie => cookie.Split(';')[0]).Single(cookie => cookie.StartsWith("twinhub=", StringComparison.Ordinal));
    }
}
