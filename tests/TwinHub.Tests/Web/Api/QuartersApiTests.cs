using System.Net;
using TwinHub.Core.Register;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Api;

/// <summary>Quarters as programs read and write them (contract, part 3).</summary>
public sealed class QuartersApiTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private static readonly Quarter Newest = Quarter.EndedBefore(DateOnly.FromDateTime(DateTime.UtcNow), 1);

    private readonly TestHub _hub = fixture.Hub;

    [Fact]
    public async Task A_quarter_has_the_contract_s_shape_and_takes_an_edited_draft()
    {
        await _hub.OpenUpdate(People.TheirGroup, Newest.Label);
        using var rana = await _hub.Api(People.Rana);
        var path = $"/api/v1/register/{People.TheirGroup}/quarters";
        var open = (await (await rana.Get(path)).Json()).GetProperty("items")[0];

        using var sent = await rana.Put($"{path}/{Newest.Label}", new { version = open.GetProperty("version").GetInt32(), summary = "A good quarter", bestPractices = "Ask first", lessonsLearned = "", contacts = "Rana", items = new object[] { new { text = "A visit", included = true }, new { text = "Left out later", included = true } } });
        var answer = await sent.Json();

        Assert.Equal(HttpStatusCode.OK, sent.StatusCode);
        Assert.Equal(["bestPractices", "contacts", "dueOn", "items", "lessonsLearned", "noChange", "opensOn", "quarter", "state", "submittedAt", "submittedBy", "summary", "version"], answer.EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
        Assert.Equal((Newest.Label, "submitted", "A good quarter", false), (answer.GetProperty("quarter").GetString(), answer.GetProperty("state").GetString(), answer.GetProperty("summary").GetString(), answer.GetProperty("noChange").GetBoolean()));
        Assert.Contains("A visit", answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("text").GetString()));
        Assert.All(answer.GetProperty("items").EnumerateArray(), item => Assert.InRange(item.GetProperty("id").GetString()!.Length, 1, 40));
        Assert.Equal(["id", "included", "kind", "source", "text"], answer.GetProperty("items")[0].EnumerateObject().Select(field => field.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task An_old_version_answers_conflict_with_the_present_state()
    {
        await _hub.OpenUpdate(People.OtherGroup, Newest.Label);
        using var lina = await _hub.Api(People.Lina);
        var path = $"/api/v1/register/{People.OtherGroup}/quarters/{Newest.Label}";
        (await lina.Put(path, new { noChange = true })).EnsureSuccessStatusCode();

        var problem = await (await lina.Put(path, new { version = 1, summary = "Old" })).Problem(409, "conflict");

        Assert.Equal("submitted", problem.GetProperty("current").GetProperty("state").GetString());
        await (await lina.Put(path, new { summary = "Without a version" })).Problem(400, "invalid");
    }

    [Fact]
    public async Task The_same_key_submits_once()
    {
        await _hub.OpenUpdate("bethlehem-madaba", Newest.Label);
        using var claire = await _hub.Api(People.Claire);
        claire.DefaultRequestHeaders.Add("Idempotency-Key", "one-submission");
        var path = $"/api/v1/register/bethlehem-madaba/quarters/{Newest.Label}";

        var (first, second) = (await (await claire.Put(path, new { noChange = true })).Text(), await (await claire.Put(path, new { noChange = true })).Text());

        Assert.Equal(first, second);
    }

    [Theory]
    [InlineData("1999-Q1"), InlineData("nonsense")]
    public async Task A_quarter_that_is_none_is_not_found(string quarter)
    {
        using var rana = await _hub.Api(People.Rana);

        await (await rana.Put($"/api/v1/register/{People.TheirGroup}/quarters/{quarter}", new { noChange = true })).Problem(404, "not_found");
    }

    [Fact]
    public async Task A_quarter_that_is_not_over_is_invalid()
    {
        using var rana = await _hub.Api(People.Rana);

        await (await rana.Put($"/api/v1/register/{People.TheirGroup}/quarters/{Newest.Next.Next.Label}", new { noChange = true })).Problem(400, "invalid");
    }
}
