using System.Text.Json;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Api;

/// <summary>What each path of the API answers, as the contract shapes it.</summary>
[Trait("culture", "any")]
public sealed class ApiShapeTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Me_says_who_the_token_stands_for()
    {
        using var claire = await Hub.Api(People.Claire);
        var me = await (await claire.Get("/api/v1/me")).Json();
        Assert.Equal(["id", "name", "email", "language", "timeZone", "networks"], Names(me));
        Assert.Equal((await Hub.PersonId(People.Claire), People.Claire, "fr", "Europe/Paris"),
            (me.GetProperty("id").GetGuid(), me.GetProperty("email").GetString(), me.GetProperty("language").GetString(), me.GetProperty("timeZone").GetString()));
        var network = Assert.Single(me.GetProperty("networks").EnumerateArray());
        Assert.Equal("hmln", network.GetProperty("slug").GetString());
        Assert.Equal(["facilitator"], network.GetProperty("roles").EnumerateArray().Select(role => role.GetString()));
    }

    [Fact]
    public async Task Networks_are_those_one_belongs_to()
    {
        using var rana = await Hub.Api(People.Rana);
        var page = await (await rana.Get("/api/v1/networks")).Json();
        Assert.Equal(["items", "nextCursor"], Names(page));
        var network = Assert.Single(page.GetProperty("items").EnumerateArray());
        Assert.Equal(("hmln", "HMLN", "hosts"), (network.GetProperty("slug").GetString(), network.GetProperty("tag").GetString(), network.GetProperty("template").GetString()));
        Assert.Equal(JsonValueKind.Null, page.GetProperty("nextCursor").ValueKind);
        Assert.Empty(network.GetProperty("roles").EnumerateArray());
    }

    [Fact]
    public async Task A_group_has_partners_and_channels_in_the_callers_language()
    {
        using var emre = await Hub.Api(People.Emre);
        var group = await (await emre.Get($"/api/v1/groups/{People.TheirGroup}")).Json();
        foreach (var field in new[] { "slug", "name", "network", "status", "partners", "channels" })
        {
            Assert.True(group.TryGetProperty(field, out _), field);
        }
        Assert.Equal((People.TheirGroup, "hmln", "active"), (group.GetProperty("slug").GetString(), group.GetProperty("network").GetString(), group.GetProperty("status").GetString()));
        Assert.Equal("Trablusşam · Gaziantep", group.GetProperty("name").GetString());
        var partner = group.GetProperty("partners")[0];
        Assert.Equal(["id", "name", "kind", "country"], Names(partner));
        Assert.Equal(("Trablusşam Belediyesi", "municipality", "LB"), (partner.GetProperty("name").GetString(), partner.GetProperty("kind").GetString(), partner.GetProperty("country").GetString()));
        var channel = Assert.Single(group.GetProperty("channels").EnumerateArray());
        Assert.Equal(["id", "name", "revision"], Names(channel));
        Assert.Equal(await Hub.ChannelOf(People.TheirGroup), channel.GetProperty("id").GetGuid());
        Assert.True(channel.GetProperty("revision").GetInt64() > 0);
    }

    [Fact]
    public async Task A_message_has_the_shape_of_the_live_event()
    {
        using var rana = await Hub.Api(People.Rana);
        var channel = await Hub.ChannelOf(People.TheirGroup);
        var client = Guid.NewGuid();
        await rana.Post($"/api/v1/channels/{channel}/messages", new { clientMessageId = client, body = "Merhaba **hepiniz**\r\nşğİı" });
        var message = (await (await rana.Get($"/api/v1/channels/{channel}/messages?limit=1")).Json()).GetProperty("items")[0];
        Assert.Equal(["channelId", "posted", "revision", "messageId", "clientMessageId", "threadId", "author", "body", "html", "sentAt", "editedAt", "deleted", "reactions", "attachments"], Names(message));
        Assert.Equal(["id", "name", "organisation"], Names(message.GetProperty("author")));
        Assert.Equal((client, "Merhaba **hepiniz**\nşğİı", "Tripoli"),
            (message.GetProperty("clientMessageId").GetGuid(), message.GetProperty("body").GetString(), message.GetProperty("author").GetProperty("organisation").GetString()));
        Assert.EndsWith("Z", Utc(message.GetProperty("sentAt").GetString()!), StringComparison.Ordinal);
        Assert.Contains("<strong>hepiniz</strong>", message.GetProperty("html").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_post_is_created_once_and_repeated_word_for_word()
    {
        using var rana = await Hub.Api(People.Rana);
        var path = $"/api/v1/channels/{await Hub.ChannelOf(People.TheirGroup)}/messages";
        var message = new { clientMessageId = Guid.NewGuid(), body = "once" };
        var (first, second) = (await rana.Post(path, message), await rana.Post(path, message));
        Assert.Equal((201, 200), ((int)first.StatusCode, (int)second.StatusCode));
        Assert.Equal(await first.Text(), await second.Text());
        Assert.Equal(["messageId", "revision", "sentAt"], Names(await first.Json()));
    }

    [Fact]
    public async Task A_facilitator_adds_an_organisation_a_person_and_a_group()
    {
        using var claire = await Hub.Api(People.Claire);
        var made = await claire.Post("/api/v1/networks/hmln/organisations", new { name = "Municipality of Zahle", kind = "municipality", country = "LB", city = "Zahle", timeZone = "Asia/Beirut", latitude = 33.85, longitude = 35.9, languages = new[] { "ar", "fr", "xx" } });
        Assert.Equal(201, (int)made.StatusCode);
        var zahle = await made.Json();
        Assert.Equal(["id", "name", "kind", "country", "city", "timeZone", "latitude", "longitude", "languages"], Names(zahle));
        Assert.Equal(["ar", "fr"], zahle.GetProperty("languages").EnumerateArray().Select(one => one.GetString()));

        var person = await claire.Post("/api/v1/networks/hmln/people", new { email = " Salma.NAJJAR@zahle.example.org ", name = "Salma Najjar", language = "ar", timeZone = "Asia/Beirut", organisation = zahle.GetProperty("id").GetGuid() });
        Assert.Equal(201, (int)person.StatusCode);
        Assert.Equal(["id", "name", "email", "language", "timeZone", "organisation"], Names(await person.Json()));
        Assert.Equal("salma.najjar@zahle.example.org", (await person.Json()).GetProperty("email").GetString());

        var adana = (await (await claire.Get("/api/v1/groups/tripoli-adana")).Json()).GetProperty("partners")[1].GetProperty("id").GetGuid();
        var group = await claire.Post("/api/v1/networks/hmln/groups", new { organisations = new[] { zahle.GetProperty("id").GetGuid(), adana }, theme = "Markets" });
        Assert.Equal(201, (int)group.StatusCode);
        Assert.Equal(("zahle-adana", "active", 0L), ((await group.Json()).GetProperty("slug").GetString(), (await group.Json()).GetProperty("status").GetString(), (await group.Json()).GetProperty("channels")[0].GetProperty("revision").GetInt64()));

        var member = await claire.Put($"/api/v1/groups/zahle-adana/members/{(await person.Json()).GetProperty("id").GetGuid()}", new { roles = new[] { "lead", "correspondent", "lead" } });
        Assert.Equal(["lead", "correspondent"], (await member.Json()).GetProperty("roles").EnumerateArray().Select(one => one.GetString()));
        using var salma = await Hub.Api("salma.najjar@zahle.example.org");
        Assert.Equal(200, (int)(await salma.Get("/api/v1/groups/zahle-adana")).StatusCode);
    }

    [Fact]
    public async Task Addresses_are_for_facilitators()
    {
        using var rana = await Hub.Api(People.Rana);
        using var claire = await Hub.Api(People.Claire);
        var seen = (await (await rana.Get("/api/v1/networks/hmln/people?limit=200")).Json()).GetProperty("items");
        Assert.All(seen.EnumerateArray(), person => Assert.Equal(JsonValueKind.Null, person.GetProperty("email").ValueKind));
        var known = (await (await claire.Get("/api/v1/networks/hmln/people?limit=200")).Json()).GetProperty("items");
        Assert.Contains(known.EnumerateArray(), person => person.GetProperty("email").GetString() == People.Selin);
        Assert.Equal(known.GetArrayLength(), seen.GetArrayLength());
    }

    private static string[] Names(JsonElement element) => [.. element.EnumerateObject().Select(property => property.Name)];

    /// <summary>RFC 3339 with an offset of zero, however written.</summary>
    private static string Utc(string instant) => instant.Replace("+00:00", "Z", StringComparison.Ordinal);
}
