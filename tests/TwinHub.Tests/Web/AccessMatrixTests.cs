using System.Net.WebSockets;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web;

/// <summary>The access matrix against the running hub (ASVS 8.2.1-8.2.3): no way in without a row, no row without a way in, no surprise in any cell.</summary>
public sealed class AccessMatrixTests(AccessWorld world) : IClassFixture<AccessWorld>
{
    public static TheoryData<string> RowNames => [.. AccessMatrix.Rows.Select(row => row.Name)];

    [Fact]
    public async Task Every_way_in_has_a_row() =>
        Assert.Empty((await AccessRoutes.Of(world.Hub)).Except(AccessMatrix.Rows.Select(row => row.Route)));

    [Fact]
    public async Task Every_row_is_a_way_in() =>
        Assert.Empty(AccessMatrix.Rows.Select(row => row.Route).Except(await AccessRoutes.Of(world.Hub)));

    [Fact]
    public void Every_way_to_a_thing_is_tried_with_own_and_absent_ids() => Assert.Empty(
        from rows in AccessMatrix.Rows.GroupBy(row => row.Route)
        where rows.Key.Contains('{', StringComparison.Ordinal) && !rows.Key.Contains("{status", StringComparison.Ordinal) && !rows.Key.Contains("**", StringComparison.Ordinal)
        where !rows.Any(row => row.Id == "own") || !rows.Any(row => row.Id == "absent")
        select rows.Key);

    [Theory]
    [MemberData(nameof(RowNames))]
    public async Task Each_role_gets_what_the_matrix_says(string name)
    {
        var row = AccessMatrix.Rows.Single(one => one.Name == name);
        var cells = new List<string>();
        foreach (var role in AccessMatrix.Roles)
        {
            cells.Add($"{role}: {await Cell(row, role)}");
        }
        Assert.Equal(AccessMatrix.Roles.Select(role => $"{role}: {row.Expected(role)}"), cells);
    }

    [Fact]
    public async Task The_partner_that_gave_the_sealed_answer_reads_it()
    {
        using var selin = await world.Hub.Browser(People.Selin);
        var review = await world.Plan.Id(new("GET /groups/{slug}/reviews/{id:guid}", "own", ""), People.TheirGroup);
        Assert.Contains(AccessPlan.Nonce, await selin.Text($"/groups/{People.TheirGroup}/reviews/{review}"), StringComparison.Ordinal);
    }

    private Task<string> Cell(AccessRow row, string role)
    {
        var requests = new AccessRequests(world, row, role);
        return row.Route.StartsWith("hub ", StringComparison.Ordinal) ? Live(row, role, requests)
            : AccessAttachments.IsAbout(row) ? Attachment(row, role)
            : AccessFiles.IsAbout(row) ? File(row, role)
            : row.Route.Contains(" /api/", StringComparison.Ordinal) || row.Route.Contains(" /hubs/", StringComparison.Ordinal) ? Api(role, requests)
            : row.Route.StartsWith("POST ", StringComparison.Ordinal) && !row.Route.Contains(" /demo/", StringComparison.Ordinal) ? Form(role, requests)
            : Page(role, requests);
    }

    private async Task<string> Api(string role, AccessRequests requests)
    {
        using var client = world.Hub.ApiWith(world.Token(role));
        using var answer = await client.SendAsync(await requests.Api());
        if ((int)answer.StatusCode is 401 or 403 or 404)
        {
            await answer.Problem((int)answer.StatusCode, (int)answer.StatusCode switch { 401 => "unauthorized", 403 => "not_allowed", _ => "not_found" });
        }
        return await Status(answer);
    }

    private async Task<string> Attachment(AccessRow row, string role)
    {
        var request = await AccessAttachments.Request(world, row, role);
        if (row.Route.StartsWith("POST /groups/{slug}/attachments/", StringComparison.Ordinal))
        {
            using var form = await world.Send(role, role is "out" or "disabled" ? "/sign-in" : "/account", request.RequestUri!.ToString(), []);
            return await Status(form);
        }
        using var browser = world.Hub.BrowserWith(await world.Cookie(role));
        using var answer = await browser.SendAsync(request);
        return await Status(answer);
    }

    private async Task<string> File(AccessRow row, string role)
    {
        using var client = row.Route.Contains(" /api/", StringComparison.Ordinal) ? world.Hub.ApiWith(world.Token(role)) : world.Hub.BrowserWith(await world.Cookie(role));
        using var answer = await client.SendAsync(await world.Files.Request(row, role));
        return await Status(answer);
    }

    private async Task<string> Page(string role, AccessRequests requests)
    {
        using var browser = world.Hub.BrowserWith(await world.Cookie(role));
        using var answer = await browser.SendAsync(await requests.Api());
        return await Status(answer);
    }

    private async Task<string> Form(string role, AccessRequests requests)
    {
        var isSignedIn = role is not ("out" or "disabled");
        var me = isSignedIn ? await world.Hub.PersonId(AccessWorld.Email(role)) : Guid.Empty;
        var fields = await requests.Form(me);
        var path = await requests.Path();
        using var answer = await world.Send(role, isSignedIn ? "/account" : "/sign-in", path, fields);
        if (path.StartsWith("/sign-", StringComparison.Ordinal) || path.StartsWith("/account", StringComparison.Ordinal))
        {
            world.Forget(role);
        }
        return await Status(answer);
    }

    private async Task<string> Live(AccessRow row, string role, AccessRequests requests)
    {
        try
        {
            await using var client = await LiveClient.Connect(world.Hub.Url, world.Token(role) ?? "");
            await client.Call(row.Route["hub ".Length..], await requests.Arguments());
            return "ok";
        }
        catch (LiveException refused)
        {
            return refused.Code;
        }
        catch (WebSocketException refused) when (refused.Message.Contains("'401'", StringComparison.Ordinal))
        {
            return "401";
        }
    }

    /// <summary>What came, after a look whether a sealed answer of another partner is in it.</summary>
    private static async Task<string> Status(HttpResponseMessage answer)
    {
        Assert.DoesNotContain(AccessPlan.Nonce, await answer.Text(), StringComparison.OrdinalIgnoreCase);
        return answer.Headers.Location?.ToString() is { } to && (to == "/sign-in" || to.StartsWith("/sign-in?", StringComparison.Ordinal)) ? "in"
            : ((int)answer.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
