using System.Net.Http.Json;
using System.Text;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Api;

/// <summary>A write that makes mail may be repeated under its key: it is done once and answered the same (contract, Common rules).</summary>
public sealed class RepeatableWritesTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task The_same_request_is_answered_the_same_and_done_once()
    {
        using var claire = await Hub.Api(People.Claire);
        var (key, title) = (NewKey(), NewKey());
        var first = await Post(claire, key, Webinar(title));
        var again = await Post(claire, key, Webinar(title));
        var written = await Send(claire, HttpMethod.Post, "/api/v1/webinars", key, new StringContent($$"""
            { "publish":true, "unknown":1, "title":"{{title}}",   "durationMinutes":60,"timeZone":"UTC", "startsAt":"2099-05-01T10:00","network":"hmln","invite":{"people":["{{People.Rana}}"]} }
            """, Encoding.UTF8, "application/json"));

        Assert.Equal((201, 201, 201), (first.Status, again.Status, written.Status));
        Assert.Equal((first.Body, first.Body), (again.Body, written.Body));
        Assert.Equal((1, 1), (await Count(title), await Hub.Scalar<long>("select count(*) from emails where subject like '%' || $1 || '%'", title)));
    }

    [Fact]
    public async Task A_refusal_is_repeated_too()
    {
        using var claire = await Hub.Api(People.Claire);
        var key = NewKey();
        var first = await Post(claire, key, new { network = "hmln", title = "T" });
        var again = await Post(claire, key, new { network = "hmln", title = "T" });
        Assert.Equal((400, first), (first.Status, again));
        Assert.Contains("\"code\":\"invalid\"", first.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_request_under_the_key_is_a_conflict()
    {
        using var claire = await Hub.Api(People.Claire);
        var (key, title) = (NewKey(), NewKey());
        var webinar = await Post(claire, key, Webinar(title));
        var id = System.Text.Json.JsonDocument.Parse(webinar.Body).RootElement.GetProperty("id").GetString();
        Assert.Equal(409, (await Post(claire, key, Webinar(title + "2"))).Status);
        Assert.Equal(409, (await Send(claire, HttpMethod.Delete, $"/api/v1/webinars/{id}", key, null)).Status);
        Assert.Equal(409, (await Send(claire, HttpMethod.Patch, $"/api/v1/webinars/{id}", key, JsonContent.Create(new { title = "x" }))).Status);
        Assert.Equal(409, (await Send(claire, HttpMethod.Post, $"/api/v1/webinars/{id}/invitations", key, JsonContent.Create(new { people = new[] { People.Emre } }))).Status);
        Assert.Equal(1, await Count(title));
    }

    [Fact]
    public async Task Changes_cancellations_and_invitations_are_repeatable()
    {
        using var claire = await Hub.Api(People.Claire);
        var made = await Post(claire, NewKey(), Webinar(NewKey()));
        var path = "/api/v1/webinars/" + System.Text.Json.JsonDocument.Parse(made.Body).RootElement.GetProperty("id").GetString();
        var (change, invite, delete) = (NewKey(), NewKey(), NewKey());
        var changed = await Send(claire, HttpMethod.Patch, path, change, JsonContent.Create(new { version = 2, startsAt = "2099-05-02T10:00" }));
        Assert.Equal((200, changed), (changed.Status, await Send(claire, HttpMethod.Patch, path, change, JsonContent.Create(new { version = 2, startsAt = "2099-05-02T10:00" }))));
        var invited = await Send(claire, HttpMethod.Post, path + "/invitations", invite, JsonContent.Create(new { people = new[] { People.Emre } }));
        Assert.Equal(("""{"added":1}""", invited), (invited.Body, await Send(claire, HttpMethod.Post, path + "/invitations", invite, JsonContent.Create(new { people = new[] { People.Emre } }))));
        var cancelled = await Send(claire, HttpMethod.Delete, path, delete, null);
        Assert.Equal((200, cancelled), (cancelled.Status, await Send(claire, HttpMethod.Delete, path, delete, null)));
    }

    [Fact]
    public async Task Keys_are_ones_own()
    {
        using var claire = await Hub.Api(People.Claire);
        using var rana = await Hub.Api(People.Rana);
        var (key, title) = (NewKey(), NewKey());
        Assert.Equal((201, 201, 2), ((await Post(claire, key, Webinar(title))).Status, (await Post(rana, key, Webinar(title))).Status, await Count(title)));
    }

    [Fact]
    public async Task Two_at_the_same_moment_write_once()
    {
        using var claire = await Hub.Api(People.Claire);
        var (key, title) = (NewKey(), NewKey());
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Post(claire, key, Webinar(title))));
        Assert.All(answers, answer => Assert.Contains(answer.Status, new[] { 201, 409 }));
        Assert.Single(answers.Where(answer => answer.Status == 201).Select(answer => answer.Body).Distinct());
        Assert.Equal((201, 1), ((await Post(claire, key, Webinar(title))).Status, await Count(title)));
    }

    [Fact]
    public async Task A_key_is_kept_for_a_day()
    {
        using var claire = await Hub.Api(People.Claire);
        var (key, title) = (NewKey(), NewKey());
        await Post(claire, key, Webinar(title));
        await Hub.Execute("update idempotency_keys set created_at = created_at - interval '23 hours' where key = $1", key);
        await Post(claire, key, Webinar(title));
        Assert.Equal(1, await Count(title));
        await Hub.Execute("update idempotency_keys set created_at = created_at - interval '2 hours' where key = $1", key);
        Assert.Equal((201, 2), ((await Post(claire, key, Webinar(title))).Status, await Count(title)));
    }

    [Fact]
    public async Task A_crash_leaves_no_key_that_blocks_for_ever()
    {
        using var claire = await Hub.Api(People.Claire);
        var (key, title) = (NewKey(), NewKey());
        await Post(claire, key, Webinar(title));
        await Hub.Execute("update idempotency_keys set status = null, response = null where key = $1", key);
        Assert.Equal(409, (await Post(claire, key, Webinar(title))).Status);
        await Hub.Execute("update idempotency_keys set created_at = created_at - interval '3 minutes' where key = $1", key);
        Assert.Equal((409, 201), ((await Post(claire, key, Webinar(title + "2"))).Status, (await Post(claire, key, Webinar(title))).Status));
    }

    [Fact]
    public async Task A_key_has_from_1_to_200_characters()
    {
        using var claire = await Hub.Api(People.Claire);
        Assert.Equal((400, 201), ((await Post(claire, new string('k', 201), Webinar("T"))).Status, (await Post(claire, new string('k', 200), Webinar("T"))).Status));
    }

    private static object Webinar(string title) => new { network = "hmln", title, startsAt = "2099-05-01T10:00", timeZone = "UTC", durationMinutes = 60, invite = new { people = new[] { People.Rana } }, publish = true };

    private static string NewKey() => Guid.NewGuid().ToString("N");

    private Task<long> Count(string title) => Hub.Scalar<long>("select count(*) from webinars where title = $1", title);

    private static Task<(int Status, string Body)> Post(HttpClient client, string key, object body) => Send(client, HttpMethod.Post, "/api/v1/webinars", key, JsonContent.Create(body));

    private static async Task<(int Status, string Body)> Send(HttpClient client, HttpMethod method, string path, string key, HttpContent? content)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content, Headers = { { "Idempotency-Key", key } } };
        using var answer = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return ((int)answer.StatusCode, await answer.Text());
    }
}
