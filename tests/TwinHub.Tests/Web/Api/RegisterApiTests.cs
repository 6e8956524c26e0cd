using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Api;

/// <summary>The register for programs, to the letter of the contract.</summary>
public sealed class RegisterApiTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task An_entry_has_its_partners_and_its_newest_quarter()
    {
        await Hub.Quarter(People.OtherGroup, "2024-Q3", People.Lina, new("Lanterns hang in the quarter", "", "", ""));
        using var rana = await Hub.Api(People.Rana);
        var page = await (await rana.Get("/api/v1/register?network=hmln&q=lantern&country=JO&status=active")).Json();
        var entry = page.GetProperty("items").EnumerateArray().Single();
        Assert.Equal((People.OtherGroup, "hmln", "active"), (entry.GetProperty("group").GetString(), entry.GetProperty("network").GetString(), entry.GetProperty("status").GetString()));
        Assert.Equal(["JO", "TR"], entry.GetProperty("partners").EnumerateArray().Select(partner => partner.GetProperty("country").GetString()));
        var newest = entry.GetProperty("newest");
        Assert.Equal(("2024-Q3", "submitted", "2024-10-31", false), (newest.GetProperty("quarter").GetString(), newest.GetProperty("state").GetString(), newest.GetProperty("dueOn").GetString(), newest.GetProperty("noChange").GetBoolean()));
        Assert.EndsWith("Z", newest.GetProperty("submittedAt").GetString(), StringComparison.Ordinal);
        Assert.Equal("null", page.GetProperty("nextCursor").GetRawText());
    }

    [Fact]
    public async Task Pages_together_are_the_whole_register()
    {
        using var rana = await Hub.Api(People.Rana);
        var (rows, cursor) = (new List<string?>(), "");
        do
        {
            var page = await (await rana.Get("/api/v1/register?limit=4" + cursor)).Json();
            rows.AddRange(page.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("group").GetString()));
            cursor = page.GetProperty("nextCursor").GetString() is { } next ? "&cursor=" + next : "";
        }
        while (cursor.Length > 0);
        Assert.Equal((11, 11), (rows.Count, rows.Distinct().Count()));
    }

    [Theory]
    [InlineData("network=platforms", 404, "not_found", null)]
    [InlineData("network=nowhere", 404, "not_found", null)]
    [InlineData("limit=201", 400, "invalid", "limit")]
    [InlineData("cursor=%20", 400, "invalid", "cursor")]
    [InlineData("status=proposed", 400, "invalid", "status")]
    [InlineData("year=99", 400, "invalid", "year")]
    [InlineData("q=%00", 400, "invalid", "q")]
    [InlineData("theme=long", 413, "too_long", "theme")]
    public async Task What_cannot_be_asked_is_refused(string query, int status, string code, string? field)
    {
        using var rana = await Hub.Api(People.Rana);
        var problem = await (await rana.Get("/api/v1/register?" + query.Replace("long", new string('x', 201), StringComparison.Ordinal))).Problem(status, code);
        Assert.Equal(field, problem.TryGetProperty("field", out var named) ? named.GetString() : null);
    }

    [Fact]
    public async Task Who_belongs_to_several_networks_names_one()
    {
        await Hub.Execute("insert into network_roles (network_id, person_id, role) select id, $1, 'maintainer' from networks where slug = 'platforms'", await Hub.PersonId(People.Selin));
        using var selin = await Hub.Api(People.Selin);
        Assert.Equal("network", (await (await selin.Get("/api/v1/register")).Problem(400, "invalid")).GetProperty("field").GetString());
        Assert.True((await selin.Get("/api/v1/register?network=platforms")).IsSuccessStatusCode);
    }
}
