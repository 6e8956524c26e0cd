using System.Net;
using System.Text;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Demo;

/// <summary>The demo's doors open to this machine only, and to the rest of the world they are not there (contract, Demo).</summary>
public sealed class DemoGuardTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private static readonly (HttpMethod Method, string Path, string? Body)[] Doors =
    [
        (HttpMethod.Get, "/demo/people.json", null),
        (HttpMethod.Get, "/demo/mailbox", null),
        (HttpMethod.Get, "/demo/mailbox.json?limit=5", null),
        (HttpMethod.Get, "/demo/mailbox.json?limit=five", null),
        (HttpMethod.Get, "/demo/mailbox/MAIL", null),
        (HttpMethod.Get, "/demo/mailbox/MAIL.eml", null),
        (HttpMethod.Get, "/demo/clock", null),
        (HttpMethod.Post, "/demo/sign-in", $$"""{"email":"{{People.Rana}}"}"""),
        (HttpMethod.Post, "/demo/sign-in", "{"),
        (HttpMethod.Post, "/demo/clock", """{"advance":"PT1S"}"""),
        (HttpMethod.Post, "/DEMO/clock", """{"advance":"PT1S"}"""),
    ];

    private TestHub Hub => fixture.Hub;

    [Theory]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("X-Forwarded-Host", "localhost")]
    [InlineData("X-Forwarded-Proto", "http")]
    [InlineData("x-forwarded-anything", "")]
    [InlineData("X-Real-IP", "127.0.0.1")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("Host", "hub.example.org")]
    [InlineData("Host", "localhost.example.org")]
    [InlineData("Host", "127.0.0.1.example.org")]
    [InlineData("Host", "127.0.0.2")]
    [InlineData("Origin", "https://elsewhere.example.org")]
    [InlineData("Origin", "http://localhost:1")]
    [InlineData("Origin", "null")]
    public async Task What_comes_by_a_proxy_a_foreign_name_or_a_foreign_page_finds_no_door(string header, string value)
    {
        using var client = Hub.ApiWith(null);
        var offset = await Offset();
        foreach (var (method, path, body) in await WithMail())
        {
            using var request = Request(method, path, body);
            Assert.True(request.Headers.TryAddWithoutValidation(header, value));
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == HttpStatusCode.NotFound, $"{method} {path}: {answer.StatusCode}");
            Assert.False(answer.Headers.Contains("Set-Cookie"), path);
        }
        Assert.Equal(offset, await Offset());
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData(null)]
    public async Task A_body_that_a_form_could_send_finds_no_door(string? type)
    {
        using var client = Hub.ApiWith(null);
        foreach (var (method, path, body) in Doors.Where(door => door.Body is not null))
        {
            using var request = Request(method, path, body);
            request.Content!.Headers.Remove("Content-Type");
            Assert.True(type is null || request.Content.Headers.TryAddWithoutValidation("Content-Type", type));
            Assert.Equal(HttpStatusCode.NotFound, (await client.SendAsync(request, TestContext.Current.CancellationToken)).StatusCode);
        }
    }

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    [InlineData("[::1]")]
    public async Task This_machine_finds_every_door_by_each_of_its_names(string host)
    {
        using var client = Hub.ApiWith(null);
        foreach (var (method, path, body) in (await WithMail()).Where(door => door.Body != "{" && !door.Path.EndsWith("five", StringComparison.Ordinal)))
        {
            using var request = Request(method, path, body);
            request.Headers.Host = $"{host}:{Hub.Url.Port}";
            request.Headers.Add("Origin", $"http://{host}:{Hub.Url.Port}");
            using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{method} {path}: {answer.StatusCode}");
        }
    }

    [Fact]
    public async Task On_this_machine_what_cannot_be_read_is_invalid()
    {
        using var client = Hub.ApiWith(null);
        foreach (var (method, path, body) in Doors.Where(door => door.Body == "{" || door.Path.EndsWith("five", StringComparison.Ordinal)))
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await client.SendAsync(Request(method, path, body), TestContext.Current.CancellationToken)).StatusCode);
        }
    }

    private static HttpRequestMessage Request(HttpMethod method, string path, string? body) =>
        new(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };

    /// <summary>The doors, with a mail that is really there behind those that show one.</summary>
    private async Task<IEnumerable<(HttpMethod Method, string Path, string? Body)>> WithMail()
    {
        if ((await Hub.MailTo(People.Selin)).Count == 0)
        {
            await Hub.LinkByMail(People.Selin);
        }
        var id = (await Hub.MailTo(People.Selin))[0].GetProperty("id").GetString()!;
        return Doors.Select(door => (door.Method, door.Path.Replace("MAIL", id, StringComparison.Ordinal), door.Body));
    }

    private Task<TimeSpan> Offset() => Hub.Scalar<TimeSpan>("select clock_offset from installation");
}
