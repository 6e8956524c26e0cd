using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Api;

/// <summary>The rules of people and groups, and what a body cannot smuggle in (ASVS 15.3.3).</summary>
public sealed class NetworkRulesTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Theory]
    [InlineData("organisations", 400, "invalid", "tripoli", null, null)]
    [InlineData("organisations", 400, "invalid", "tripoli tyre", null, null)]
    [InlineData("organisations", 400, "invalid", "tripoli zarqa adana", null, null)]
    [InlineData("organisations", 400, "invalid", "tripoli marseille", null, null)]
    [InlineData("organisations", 400, "invalid", "tripoli tripoli", null, null)]
    [InlineData("slug", 409, "conflict", "tripoli zarqa", "tripoli-gaziantep", null)]
    [InlineData("slug", 400, "invalid", "tripoli zarqa", "Not A Slug", null)]
    [InlineData("concept", 400, "invalid", "tripoli zarqa", null, "A")]
    public async Task A_group_keeps_its_networks_rules(string field, int status, string code, string cities, string? slug, string? concept)
    {
        using var claire = await Hub.Api(People.Claire);
        var organisations = await Task.WhenAll(cities.Split(' ').Select(Organisation));
        var answer = await claire.Post("/api/v1/networks/hmln/groups", new { organisations, slug, concept, theme = "Rules" });
        Assert.Equal(field, (await answer.Problem(status, code)).GetProperty("field").GetString());
    }

    [Fact]
    public async Task An_organisation_of_another_network_is_no_partner_and_employs_nobody_here()
    {
        using var claire = await Hub.Api(People.Claire);
        var foreign = await Hub.Db(db => Task.FromResult(db.Organisations.First(o => o.Country == "CZ").Id));
        var group = await claire.Post("/api/v1/networks/hmln/groups", new { organisations = new[] { foreign, await Organisation("tripoli") }, theme = "Rules" });
        Assert.Equal("organisations", (await group.Problem(400, "invalid")).GetProperty("field").GetString());
        var person = await claire.Post("/api/v1/networks/hmln/people", new { email = "x@example.org", name = "X", language = "en", timeZone = "UTC", organisation = foreign });
        Assert.Equal("organisation", (await person.Problem(400, "invalid")).GetProperty("field").GetString());
    }

    [Fact]
    public async Task Dates_run_forward()
    {
        using var claire = await Hub.Api(People.Claire);
        var answer = await claire.Post("/api/v1/networks/hmln/groups", new { organisations = new[] { await Organisation("tripoli"), await Organisation("zarqa") }, theme = "Rules", startsOn = "2027-05-02", endsOn = "2027-05-01" });
        Assert.Equal("endsOn", (await answer.Problem(400, "invalid")).GetProperty("field").GetString());
    }

    [Fact]
    public async Task Of_two_groups_at_once_one_gets_the_slug()
    {
        using var claire = await Hub.Api(People.Claire);
        var organisations = new[] { await Organisation("tripoli"), await Organisation("zarqa") };
        var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => claire.Post("/api/v1/networks/hmln/groups", new { organisations, theme = "Race", slug = "the-race" })));
        Assert.Single(answers, one => (int)one.StatusCode == 201);
        foreach (var late in answers.Where(one => (int)one.StatusCode != 201))
        {
            await late.Problem(409, "conflict");
        }
    }

    [Fact]
    public async Task A_person_gets_no_role_id_or_state_from_a_body()
    {
        using var claire = await Hub.Api(People.Claire);
        var (wanted, network) = (Guid.CreateVersion7(), await Hub.Db(db => Task.FromResult(db.Networks.Single(n => n.Slug == "atcr").Id)));
        var answer = await claire.Post("/api/v1/networks/hmln/people", new
        {
            id = wanted, email = "mallory@tripoli.example.org", name = "Mallory Stone", language = "en", timeZone = "UTC", organisation = await Organisation("tripoli"),
            roles = new[] { "facilitator" }, networkRoles = new[] { "facilitator" }, isFacilitator = true, networkId = network, network = "atcr", disabledAt = "2020-01-01T00:00:00Z", scheme = "dark", createdAt = "2020-01-01T00:00:00Z",
        });
        Assert.Equal(201, (int)answer.StatusCode);
        var made = await Hub.Db(db => Task.FromResult(db.People.Single(p => p.Email == "mallory@tripoli.example.org")));
        Assert.NotEqual(wanted, made.Id);
        Assert.Equal((null, "auto"), (made.DisabledAt, made.Scheme));
        Assert.True(made.CreatedAt.Year > 2020);
        Assert.False(await Hub.Db(db => Task.FromResult(db.NetworkRoles.Any(r => r.PersonId == made.Id))));
        using var mallory = await Hub.Api("mallory@tripoli.example.org");
        Assert.Equal(["hmln"], (await (await mallory.Get("/api/v1/networks")).Json()).GetProperty("items").EnumerateArray().Select(one => one.GetProperty("slug").GetString()));
    }

    [Fact]
    public async Task A_known_address_joins_and_keeps_what_it_is()
    {
        using var claire = await Hub.Api(People.Claire);
        var body = new { email = People.ForeignFacilitator.ToUpperInvariant(), name = "Renamed", language = "tr", timeZone = "UTC", organisation = await Organisation("tripoli") };
        var answer = await claire.Post("/api/v1/networks/hmln/people", body);
        Assert.Equal(201, (int)answer.StatusCode);
        Assert.Equal("Ingrid Solheim", (await answer.Json()).GetProperty("name").GetString());
        var problem = await (await claire.Post("/api/v1/networks/hmln/people", body)).Problem(409, "conflict");
        Assert.Equal("email", problem.GetProperty("field").GetString());
    }

    [Fact]
    public async Task A_message_has_its_real_author_place_and_time()
    {
        using var rana = await Hub.Api(People.Rana);
        var client = Guid.NewGuid();
        await rana.Post($"/api/v1/channels/{await Hub.ChannelOf(People.TheirGroup)}/messages", new
        {
            clientMessageId = client, body = "mine", authorId = await Hub.PersonId(People.Selin), author = new { id = await Hub.PersonId(People.Selin) },
            channelId = await Hub.ChannelOf(People.OtherGroup), posted = 1, revision = 1, sentAt = "2020-01-01T00:00:00Z", deleted = true, html = "<script>",
        });
        var stored = await Hub.Db(db => Task.FromResult(db.Messages.Single(m => m.ClientMessageId == client)));
        Assert.Equal((await Hub.PersonId(People.Rana), await Hub.ChannelOf(People.TheirGroup), false), (stored.AuthorId, stored.ChannelId, stored.Deleted));
        Assert.True(stored.Posted > 1 && stored.SentAt.Year > 2020);
    }

    [Fact]
    public async Task The_account_form_changes_nobody_else_and_no_address()
    {
        using var browser = Hub.BrowserWith(await Hub.SessionOf("zeina.chour@tyre.example.org"));
        var answer = await browser.PostForm("/account", "/account", ("Name", "Zeina C."), ("Language", "fr"), ("TimeZone", "Europe/Paris"), ("Scheme", "dark"),
            ("Id", (await Hub.PersonId(People.Selin)).ToString()), ("PersonId", (await Hub.PersonId(People.Selin)).ToString()), ("Email", "else@example.org"), ("Viewer.Email", "else@example.org"));
        Assert.Equal("/account", answer.Headers.Location?.ToString());
        var zeina = await Hub.Db(db => Task.FromResult(db.People.Single(p => p.Email == "zeina.chour@tyre.example.org")));
        Assert.Equal(("Zeina C.", "fr", "dark"), (zeina.Name, zeina.Language, zeina.Scheme));
        Assert.Equal("Selin Aksoy", await Hub.Db(db => Task.FromResult(db.People.Single(p => p.Email == People.Selin).Name)));
    }

    [Fact]
    public async Task What_is_typed_stays_a_parameter()
    {
        const string Nasty = "Robert'); drop table messages; --";
        using var claire = await Hub.Api(People.Claire);
        var answer = await claire.Post("/api/v1/networks/hmln/organisations", new { name = Nasty, kind = "municipality", timeZone = "Asia/Beirut" });
        Assert.Equal(Nasty, (await answer.Json()).GetProperty("name").GetString());
        await (await claire.Get("/api/v1/groups/" + Uri.EscapeDataString(Nasty))).Problem(404, "not_found");
        Assert.True(await Hub.Db(db => Task.FromResult(db.Messages.Any())));
    }

    private async Task<Guid> Organisation(string city)
    {
        await using var command = Hub.Source.CreateCommand("select id from organisations where lower(city ->> 'en') = $1 order by id limit 1");
        command.Parameters.AddWithValue(city);
        return (Guid)(await command.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }
}
