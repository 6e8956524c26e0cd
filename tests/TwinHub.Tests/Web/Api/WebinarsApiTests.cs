using System.Globalization;
using System.Text.Json;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Api;

/// <summary>Webinars and invitations for programs, to the letter of the contract.</summary>
public sealed class WebinarsApiTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task A_webinar_has_the_contracts_shape()
    {
        using var claire = await Hub.Api(People.Claire);
        using var answer = await claire.Post("/api/v1/webinars", new
        {
            network = "hmln", title = "Twinning Arrangements", startsAt = "2099-03-29T10:00", timeZone = "Asia/Beirut", durationMinutes = 90, location = "Virtual",
            joinUrl = "https://meet.example.org/hmln", context = "Eleven groups", aims = new[] { "Take stock" }, audience = "Members", capacity = 50, id = "mine", state = "cancelled", sequence = 9,
        });
        Assert.Equal(201, (int)answer.StatusCode);
        var webinar = await answer.Json();
        foreach (var (name, value) in new (string, string)[]
        {
            ("network", "hmln"), ("title", "Twinning Arrangements"), ("fullTitle", "[HMLN Webinar] Twinning Arrangements"), ("startsAt", "2099-03-29T10:00"), ("timeZone", "Asia/Beirut"),
            ("durationMinutes", "90"), ("location", "Virtual"), ("joinUrl", "https://meet.example.org/hmln"), ("context", "Eleven groups"), ("audience", "Members"), ("capacity", "50"),
            ("state", "draft"), ("sequence", "0"), ("version", "1"),
        })
        {
            Assert.Equal(value, webinar.GetProperty(name).ToString());
        }
        Assert.EndsWith("Z", webinar.GetProperty("startsAtUtc").GetString(), StringComparison.Ordinal);
        Assert.Equal(["Take stock"], webinar.GetProperty("aims").EnumerateArray().Select(aim => aim.GetString()));
        Assert.Equal(await Hub.PersonId(People.Claire), webinar.GetProperty("organiser").GetProperty("id").GetGuid());
        Assert.InRange(webinar.GetProperty("uid").GetString()!.Length, 20, 254);
        Assert.Equal(webinar.GetRawText(), (await (await claire.Get($"/api/v1/webinars/{Id(webinar)}")).Json()).GetRawText());
    }

    [Fact]
    public async Task Published_it_is_seen_by_who_is_asked_and_answered()
    {
        using var claire = await Hub.Api(People.Claire);
        using var rana = await Hub.Api(People.Rana);
        using var lina = await Hub.Api(People.Lina);
        var webinar = await Make(claire, new { groups = new[] { People.TheirGroup } }, publish: false);
        var path = $"/api/v1/webinars/{Id(webinar)}";
        await (await rana.Get(path)).Problem(404, "not_found");

        var published = await (await claire.Patch(path, new { version = 1, state = "scheduled" })).Json();
        Assert.Equal("scheduled", published.GetProperty("state").GetString());
        Assert.Equal("none", (await (await rana.Get(path)).Json()).GetProperty("myResponse").GetString());
        await (await lina.Get(path)).Problem(404, "not_found");
        await (await rana.Get(path + "/invitations")).Problem(403, "not_allowed");
        await (await lina.Get(path + "/invitations")).Problem(404, "not_found");

        var mine = await (await rana.Put(path + "/invitations/mine", new { response = "accepted" })).Json();
        Assert.Equal((People.Rana, "accepted", "page"), (mine.GetProperty("email").GetString(), mine.GetProperty("response").GetString(), mine.GetProperty("via").GetString()));
        await (await rana.Put(path + "/invitations/mine", new { response = "waiting" })).Problem(400, "invalid");
        await (await claire.Put(path + "/invitations/mine", new { response = "accepted" })).Problem(403, "not_allowed");
        await (await lina.Put(path + "/invitations/mine", new { response = "accepted" })).Problem(404, "not_found");
        await Eventually.True(async () => (await Invitations(claire, path)).All(one => one.GetProperty("mail").GetString() == "sent"), "the invitations are sent");
        var hers = (await Invitations(claire, path)).Single(one => one.GetProperty("email").GetString() == People.Rana);
        Assert.Subset(hers.EnumerateObject().Select(one => one.Name).ToHashSet(), new HashSet<string> { "id", "email", "name", "response", "respondedAt", "via", "mail" });
        Assert.Equal(("Rana Khoury", "accepted"), (hers.GetProperty("name").GetString(), hers.GetProperty("response").GetString()));
    }

    [Fact]
    public async Task A_change_to_an_old_version_is_a_conflict_that_shows_the_present_state()
    {
        using var claire = await Hub.Api(People.Claire);
        var path = $"/api/v1/webinars/{Id(await Make(claire, new { people = new[] { People.Rana } }))}";
        var version = (await (await claire.Get(path)).Json()).GetProperty("version").GetInt32();
        var moved = await (await claire.Patch(path, new { version, startsAt = "2099-06-02T11:30" })).Json();
        Assert.Equal(("2099-06-02T11:30", 1, version + 1), (moved.GetProperty("startsAt").GetString(), moved.GetProperty("sequence").GetInt32(), moved.GetProperty("version").GetInt32()));

        var conflict = await (await claire.Patch(path, new { version, title = "Late" })).Problem(409, "conflict");
        Assert.Equal(moved.GetRawText(), conflict.GetProperty("current").GetRawText());
        conflict = await (await claire.Delete($"{path}?version={version}")).Problem(409, "conflict");
        Assert.Equal(version + 1, conflict.GetProperty("current").GetProperty("version").GetInt32());
        Assert.Equal(moved.GetRawText(), (await (await claire.Get(path)).Json()).GetRawText());
    }

    [Fact]
    public async Task What_is_left_out_of_a_change_stays_and_null_takes_away()
    {
        using var claire = await Hub.Api(People.Claire);
        var path = $"/api/v1/webinars/{Id(await Make(claire, null, publish: false))}";
        await claire.Patch(path, new { capacity = 5, joinUrl = "https://meet.example.org/x", context = "Why" });
        var kept = await (await claire.Patch(path, new { title = "Another" })).Json();
        Assert.Equal((5, "https://meet.example.org/x", "Why", "Another"), (kept.GetProperty("capacity").GetInt32(), kept.GetProperty("joinUrl").GetString(), kept.GetProperty("context").GetString(), kept.GetProperty("title").GetString()));
        var taken = await (await claire.Patch(path, new { capacity = (int?)null, joinUrl = (string?)null })).Json();
        Assert.Equal((JsonValueKind.Null, JsonValueKind.Null), (taken.GetProperty("capacity").ValueKind, taken.GetProperty("joinUrl").ValueKind));
        // A program may send back all it has read.
        Assert.Equal("draft", (await (await claire.Send(HttpMethod.Patch, path, System.Net.Http.Json.JsonContent.Create(taken))).Json()).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Deleting_cancels_once()
    {
        using var claire = await Hub.Api(People.Claire);
        using var rana = await Hub.Api(People.Rana);
        var path = $"/api/v1/webinars/{Id(await Make(claire, new { people = new[] { People.Rana } }))}";
        await (await rana.Delete(path)).Problem(403, "not_allowed");
        await (await claire.Delete(path + "?version=first")).Problem(400, "invalid");
        var cancelled = await (await claire.Delete(path)).Json();
        Assert.Equal(("cancelled", 1), (cancelled.GetProperty("state").GetString(), cancelled.GetProperty("sequence").GetInt32()));
        await (await claire.Delete(path)).Problem(409, "closed");
        await (await claire.Patch(path, new { title = "No" })).Problem(409, "closed");
        await (await rana.Put(path + "/invitations/mine", new { response = "accepted" })).Problem(409, "closed");
    }

    [Fact]
    public async Task Who_was_to_be_asked_by_a_draft_that_ended_never_sees_it()
    {
        using var claire = await Hub.Api(People.Claire);
        using var rana = await Hub.Api(People.Rana);
        var path = $"/api/v1/webinars/{Id(await Make(claire, new { people = new[] { People.Rana } }, publish: false))}";
        await claire.Delete(path);
        await (await rana.Get(path)).Problem(404, "not_found");
    }

    [Fact]
    public async Task More_are_invited_later_and_nobody_twice()
    {
        using var claire = await Hub.Api(People.Claire);
        var path = $"/api/v1/webinars/{Id(await Make(claire, new { people = new[] { People.Rana } }))}/invitations";
        object list = new { people = new[] { People.Rana, People.Emre }, groups = new[] { People.TheirGroup }, guests = new[] { new { email = "new.guest@example.org", name = "A Guest", language = "ar", timeZone = "Asia/Amman" } } };
        using var answer = await claire.Post(path, list);
        Assert.Equal(201, (int)answer.StatusCode);
        var added = (await answer.Json()).GetProperty("added").GetInt32();
        Assert.Equal(added + 1, (await Invitations(claire, path[..^"/invitations".Length])).Count);
        Assert.Equal(0, (await (await claire.Post(path, list)).Json()).GetProperty("added").GetInt32());
        var (all, cursor) = (new List<string?>(), "");
        do
        {
            var page = await (await claire.Get($"{path}?limit=3{cursor}")).Json();
            all.AddRange(page.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("email").GetString()));
            cursor = page.GetProperty("nextCursor").GetString() is { } next ? "&cursor=" + next : "";
        }
        while (cursor.Length > 0);
        Assert.Equal((added + 1, added + 1), (all.Count, all.Distinct().Count()));
    }

    [Fact]
    public async Task Webinars_are_found_by_combined_criteria_in_pages()
    {
        using var claire = await Hub.Api(People.Claire);
        using var rana = await Hub.Api(People.Rana);
        var mark = Guid.NewGuid().ToString("N");
        for (var day = 1; day <= 5; day++)
        {
            await Make(claire, day % 2 == 0 ? new { groups = new[] { People.TheirGroup } } : null, publish: day != 5, title: $"{mark} 100%_{day}", day: day);
        }
        Assert.Equal("5 4 3 2 1", await Found(claire, $"q={mark}"));
        Assert.Equal("4 2", await Found(rana, $"q={mark}"));
        Assert.Equal("4 3 2 1", await Found(claire, $"q={mark}&state=scheduled"));
        Assert.Equal("5", await Found(claire, $"q={mark}&state=draft"));
        Assert.Equal("4 2", await Found(claire, $"q={mark}&group={People.TheirGroup}&network=hmln"));
        Assert.Equal("3 2", await Found(claire, $"q={mark}&from=2099-05-02&until=2099-05-03"));
        Assert.Equal("2", await Found(claire, $"q={mark}&from=2099-05-02T10:00:00Z&until=2099-05-03T07:00:00Z"));
        Assert.Equal("5 4 3 2 1", await Found(claire, $"q={mark}&organiser={await Hub.PersonId(People.Claire)}"));
        Assert.Equal("3", await Found(claire, $"q={Uri.EscapeDataString(mark + " 100%_3")}"));
        foreach (var nothing in new[] { "network=platforms", "network=No+slug", $"organiser={Guid.NewGuid()}", "organiser=me", "group=no-such-group", "state=live", "state=ended", "state=cancelled" })
        {
            Assert.Equal("", await Found(claire, $"q={mark}&{nothing}"));
        }
    }

    [Theory]
    [InlineData("state=open")]
    [InlineData("from=yesterday")]
    [InlineData("from=2099-02-30")]
    [InlineData("until=2099-13-01T00:00:00Z")]
    [InlineData("cursor=abc")]
    [InlineData("cursor=________________________________")]
    [InlineData("limit=0")]
    public async Task A_criterion_that_cannot_be_read_is_invalid(string query)
    {
        using var claire = await Hub.Api(People.Claire);
        await (await claire.Get("/api/v1/webinars?" + query)).Problem(400, "invalid");
    }

    [Theory]
    [InlineData("""{"network":"hmln","startsAt":"2099-05-01T10:00","timeZone":"UTC","durationMinutes":60}""", 400, "title")]
    [InlineData("""{"network":"hmln","title":"T","startsAt":"2099-05-01T10:00Z","timeZone":"UTC","durationMinutes":60}""", 400, "startsAt")]
    [InlineData("""{"network":"hmln","title":"T","startsAt":"2099-05-01T10:00","timeZone":"Mars/Base","durationMinutes":60}""", 400, "timeZone")]
    [InlineData("""{"network":"hmln","title":"T","startsAt":"2099-05-01T10:00","timeZone":"UTC","durationMinutes":4}""", 400, "durationMinutes")]
    [InlineData("""{"network":"hmln","title":"T","startsAt":"2099-05-01T10:00","timeZone":"UTC","durationMinutes":60,"joinUrl":"javascript:alert(1)"}""", 400, "joinUrl")]
    [InlineData("""{"network":"hmln","title":"T","startsAt":"2099-05-01T10:00","timeZone":"UTC","durationMinutes":60,"invite":{"organisations":["nobody"]}}""", 400, "invite.organisations")]
    [InlineData("""{"network":"hmln","title":"T","startsAt":"2020-05-01T10:00","timeZone":"UTC","durationMinutes":60,"publish":true}""", 400, "startsAt")]
    [InlineData("""{"network":"hmln","title":7}""", 400, null)]
    [InlineData("""[]""", 400, null)]
    [InlineData("""{"network":"platforms","title":"T"}""", 404, null)]
    [InlineData("""{}""", 404, null)]
    public async Task A_webinar_that_cannot_be_is_refused(string body, int status, string? field)
    {
        using var claire = await Hub.Api(People.Claire);
        using var answer = await claire.Send(HttpMethod.Post, "/api/v1/webinars", new StringContent(body, System.Text.Encoding.UTF8, "application/json"));
        var problem = await answer.Problem(status, status == 404 ? "not_found" : "invalid");
        Assert.Equal(field, problem.TryGetProperty("field", out var named) ? named.GetString() : null);
    }

    [Theory]
    [InlineData("cancelled")]
    [InlineData("live")]
    [InlineData("open")]
    public async Task A_state_is_not_set_but_by_publishing(string state)
    {
        using var claire = await Hub.Api(People.Claire);
        await (await claire.Patch($"/api/v1/webinars/{Id(await Make(claire, null))}", new { state })).Problem(400, "invalid");
    }

    private static async Task<string> Found(HttpClient client, string query)
    {
        var (days, cursor) = (new List<string>(), "");
        do
        {
            var page = await (await client.Get($"/api/v1/webinars?limit=2&{query}{cursor}")).Json();
            days.AddRange(page.GetProperty("items").EnumerateArray().Select(one => one.GetProperty("title").GetString()!.Split('_')[^1]));
            cursor = page.GetProperty("nextCursor").GetString() is { } next ? "&cursor=" + next : "";
        }
        while (cursor.Length > 0);
        return string.Join(' ', days);
    }

    private static async Task<JsonElement> Make(HttpClient client, object? invite, bool publish = true, string title = "T", int day = 1)
    {
        var startsAt = string.Create(CultureInfo.InvariantCulture, $"2099-05-{day:00}T10:00");
        using var answer = await client.Post("/api/v1/webinars", new { network = "hmln", title, startsAt, timeZone = "Asia/Beirut", durationMinutes = 300, invite, publish });
        Assert.Equal(201, (int)answer.StatusCode);
        return await answer.Json();
    }

    private static async Task<List<JsonElement>> Invitations(HttpClient client, string path) =>
        [.. (await (await client.Get(path + "/invitations?limit=200")).Json()).GetProperty("items").EnumerateArray()];

    private static string Id(JsonElement webinar) => webinar.GetProperty("id").GetString()!;
}
