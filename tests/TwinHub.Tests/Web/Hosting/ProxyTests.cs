using System.Net;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.Mail;
using TwinHub.Core.Networks;
using TwinHub.Core.People;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Hosting;

/// <summary>A hub in earnest: no demo, behind an https proxy it knows; mail goes to a folder.</summary>
public sealed class ProxyTests(ProxiedHub fixture) : IClassFixture<ProxiedHub>
{
    private const string Facilitator = "nora.sayegh@example.org";

    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Behind_https_the_cookie_is_bound_to_the_host_and_secure()
    {
        await Appoint();
        var link = new Uri(await Hub.App.Services.GetRequiredService<SignInService>().MakeLink(await Hub.PersonId(Facilitator), TestContext.Current.CancellationToken));
        Assert.Equal("https://hub.example.org", link.GetLeftPart(UriPartial.Authority));
        using var client = Client(secure: true);
        var page = await client.Get(link.PathAndQuery);
        var form = new HtmlParser().ParseDocument(await page.Text()).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        client.DefaultRequestHeaders.Add("Cookie", page.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);

        var answer = await client.Send(HttpMethod.Post, link.PathAndQuery, Forms.Content(("__RequestVerificationToken", form)));

        var cookie = answer.Headers.GetValues("Set-Cookie").Single(one => one.Contains("twinhub=", StringComparison.Ordinal));
        Assert.StartsWith("__Host-twinhub=", cookie, StringComparison.Ordinal);
        Assert.Contains("; secure", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("; path=/", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain("domain=", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("max-age=31536000; includeSubDomains", Assert.Single(answer.Headers.GetValues("Strict-Transport-Security")));
    }

    [Fact]
    public async Task The_host_header_does_not_steer_the_link_in_a_mail()
    {
        await Appoint();
        using var client = Client(secure: true);
        client.DefaultRequestHeaders.Host = "elsewhere.example.org";
        client.DefaultRequestHeaders.Add("X-Forwarded-Host", "elsewhere.example.org");
        var page = await client.Get("/sign-in");
        var form = new HtmlParser().ParseDocument(await page.Text()).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        client.DefaultRequestHeaders.Add("Cookie", page.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        Assert.Equal(HttpStatusCode.Redirect, (await client.Send(HttpMethod.Post, "/sign-in", Forms.Content(("Email", Facilitator), ("__RequestVerificationToken", form)))).StatusCode);

        var folder = Hub.App.Services.GetRequiredService<MailOptions>().Folder;
        await Eventually.True(() => Directory.Exists(folder) && Directory.GetFiles(folder, "*.eml").Length > 0, "the mail stands in the folder", 5);
        var text = SignIns.Text(await File.ReadAllBytesAsync(Directory.GetFiles(folder, "*.eml").Order().Last(), TestContext.Current.CancellationToken));
        Assert.Contains("https://hub.example.org/sign-in/", text, StringComparison.Ordinal);
        Assert.DoesNotContain("elsewhere", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_known_proxy_says_where_a_request_came_from()
    {
        using var client = Client(secure: true);
        client.DefaultRequestHeaders.Add("X-Forwarded-For", "203.0.113.7");
        await client.Get("/sign-in");
        var page = await client.Get("/sign-in");
        var form = new HtmlParser().ParseDocument(await page.Text()).QuerySelector("input[name=__RequestVerificationToken]")!.GetAttribute("value")!;
        client.DefaultRequestHeaders.Add("Cookie", page.Headers.GetValues("Set-Cookie").Single().Split(';')[0]);
        await client.Send(HttpMethod.Post, "/sign-in", Forms.Content(("Email", "from.afar@example.org"), ("__RequestVerificationToken", form)));
        Assert.Equal("203.0.113.7", await Hub.Db(db => Task.FromResult(db.SignInRequests.Single(r => r.Email == "from.afar@example.org").Address)));
    }

    [Fact]
    public async Task Without_a_known_proxy_its_headers_are_ignored()
    {
        await using var plain = await TestHub.Start(fixture.Postgres, demo: false);
        using var client = new HttpClient { BaseAddress = plain.Url };
        client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        Assert.False((await client.Get("/sign-in")).Headers.Contains("Strict-Transport-Security"));
    }

    [Fact]
    public async Task A_hub_in_earnest_has_no_demo_doors()
    {
        using var client = Client(secure: false);
        foreach (var path in new[] { "/demo/people.json", "/demo/mailbox", "/demo/mailbox.json", "/demo/clock", $"/demo/mailbox/{Guid.NewGuid()}.eml" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await client.Get(path)).StatusCode);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await client.Post("/demo/sign-in", new { email = Facilitator })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await client.Post("/demo/clock", new { advance = "PT1H" })).StatusCode);
        Assert.DoesNotContain("/demo/", await client.Text("/sign-in"), StringComparison.Ordinal);
    }

    private async Task Appoint()
    {
        var appointed = await Hub.App.Services.GetRequiredService<Facilitators>().Appoint(Facilitator, "learning", "hosts", TestContext.Current.CancellationToken);
        Assert.Null(appointed.Refusal);
    }

    private HttpClient Client(bool secure)
    {
        var client = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false, UseCookies = false }) { BaseAddress = Hub.Url };
        if (secure)
        {
            client.DefaultRequestHeaders.Add("X-Forwarded-Proto", "https");
        }
        return client;
    }
}

/// <summary>An empty hub that knows a proxy on this machine.</summary>
public sealed class ProxiedHub(TestPostgres postgres) : IAsyncLifetime
{
    public TestHub Hub { get; private set; } = null!;

    public TestPostgres Postgres => postgres;

    public async ValueTask InitializeAsync() => Hub = await TestHub.Start(postgres, demo: false, "--PublicUrl=https://hub.example.org", "--Proxies:0=127.0.0.1");

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
