using System.Net;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web;

/// <summary>Security headers stand on every answer: pages, errors, files, data (ASVS 3.4, 14.3.2).</summary>
public sealed class SecurityHeadersTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Theory]
    [InlineData("/", 200)]
    [InlineData("/account", 200)]
    [InlineData("/groups/" + People.TheirGroup, 200)]
    [InlineData("/groups/" + People.OtherGroup, 404)]
    [InlineData("/nothing/here", 404)]
    [InlineData("/error/500", 404)]
    [InlineData("/networks", 302)]
    [InlineData("/networks/hmln/new-group", 403)]
    [InlineData("/api/v1/me", 401)]
    [InlineData("/api/v1/nothing", 404)]
    [InlineData("/openapi/v1.json", 200)]
    [InlineData("/health/live", 200)]
    [InlineData("/demo/people.json", 200)]
    [InlineData("/demo/mailbox", 200)]
    public async Task Every_answer_carries_them(string path, int status)
    {
        using var browser = Hub.BrowserWith(await Hub.SessionOf(People.Rana));
        var answer = await browser.Get(path);
        Assert.Equal(status, (int)answer.StatusCode);
        Check(answer);
        Assert.True(answer.Headers.CacheControl?.NoStore, answer.Headers.CacheControl?.ToString());
    }

    [Fact]
    public async Task A_refused_form_carries_them()
    {
        using var browser = Hub.BrowserWith(await Hub.SessionOf(People.Rana));
        var answer = await browser.Send(HttpMethod.Post, "/account", Forms.Content(("Name", "x")));
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Check(answer);
    }

    [Fact]
    public async Task Every_static_file_carries_them_and_says_what_it_is()
    {
        var files = Hub.App.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(one => one.Metadata.GetMetadata<StaticAssetDescriptor>() is { Selectors.Count: 0 }).Select(one => "/" + one.RoutePattern.RawText).Distinct().ToList();
        Assert.Contains("/dist/site.css", files);
        using var browser = Hub.BrowserWith(null);
        foreach (var file in files)
        {
            var answer = await browser.Get(file);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{file}: {answer.StatusCode}");
            Check(answer);
            Assert.NotNull(answer.Content.Headers.ContentType);
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/api/v1/me")]
    [InlineData("/nothing/here")]
    [InlineData("/demo/people.json")]
    public async Task Text_says_its_encoding(string path)
    {
        using var browser = Hub.BrowserWith(await Hub.SessionOf(People.Rana));
        var type = (await browser.Get(path)).Content.Headers.ContentType!;
        // JSON is UTF-8 by definition (RFC 8259, 8.1).
        Assert.True(type.CharSet == "utf-8" || type.MediaType!.EndsWith("json", StringComparison.Ordinal), type.ToString());
    }

    [Theory]
    [InlineData("/.git/config")]
    [InlineData("/swagger")]
    [InlineData("/metrics")]
    [InlineData("/appsettings.json")]
    [InlineData("/quartz")]
    [InlineData("/dist/../appsettings.json")]
    [InlineData("/dist/..%2f..%2fappsettings.json")]
    [InlineData("/%2e%2e/appsettings.json")]
    public async Task Nothing_else_is_served(string path)
    {
        using var browser = Hub.BrowserWith(await Hub.SessionOf(People.Claire));
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get(path)).StatusCode);
    }

    private static void Check(HttpResponseMessage answer)
    {
        string Header(string name) => Assert.Single(answer.Headers.GetValues(name));
        var policy = Header("Content-Security-Policy").Split(';', StringSplitOptions.TrimEntries);
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("script-src 'self'", policy);
        Assert.Contains("style-src 'self'", policy);
        Assert.Contains("object-src 'none'", policy);
        Assert.Contains("base-uri 'none'", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain("unsafe", string.Join(' ', policy), StringComparison.Ordinal);
        Assert.Equal("nosniff", Header("X-Content-Type-Options"));
        Assert.Contains(Header("Referrer-Policy"), new[] { "same-origin", "no-referrer" });
        Assert.False(answer.Headers.Contains("Server"));
        Assert.False(answer.Headers.Contains("X-Powered-By"));
    }
}
