using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.Networks;
using TwinHub.Core.People;
using TwinHub.Tests.Support;
using TwinHub.Web.Demo;
using TwinHub.Web.Hosting;
using Xunit;

namespace TwinHub.Tests.Web.Demo;

/// <summary>Where a hub is a demo and where it refuses to be one (contract, Demo: Safety).</summary>
public sealed class DemoModeTests(TestPostgres postgres)
{
    private const string Facilitator = "nora.sayegh@example.org";

    [Theory]
    [InlineData("--demo --urls=http://0.0.0.0:0")]
    [InlineData("--demo --urls=http://0.0.0.0:0 --PublicUrl=https://hub.example.org --Proxies:0=127.0.0.1")]
    [InlineData("--demo --urls=http://127.0.0.1:0;http://[::]:0 --PublicUrl=https://hub.example.org --Proxies:0=127.0.0.1")]
    [InlineData("--demo --Kestrel:Endpoints:Wide:Url=http://0.0.0.0:0")]
    [InlineData("--demo --Proxies:0=127.0.0.1")]
    [InlineData("--demo --Proxies=127.0.0.1")]
    [InlineData("--demo --PublicUrl=https://hub.example.org")]
    [InlineData("--Demo:On=true --PublicUrl=https://hub.example.org")]
    public async Task A_demo_that_others_could_reach_is_refused(string options) =>
        await Refused($"--ConnectionStrings:TwinHub={await postgres.Database(demo: true)}", options);

    [Theory]
    [InlineData("--demo")]
    [InlineData("--Demo:On=true")]
    public async Task A_database_that_was_not_made_as_a_demo_is_never_one(string options)
    {
        var said = await Refused($"--ConnectionStrings:TwinHub={await postgres.Database(demo: false)}", options);
        Assert.Contains("not made as a demo", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_command_says_so_in_one_line()
    {
        var said = await HubCommand.Refused("run", "--port", "0", "--demo", "--data", Path.Combine(postgres.Folder, "refused"), $"--ConnectionStrings:TwinHub={await postgres.Database(demo: false)}");
        Assert.Contains("not made as a demo", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", false)]
    [InlineData("--no-demo", false)]
    [InlineData("--demo --no-demo", false)]
    [InlineData("--Demo:On=false", false)]
    [InlineData("--demo", true)]
    [InlineData("--Demo:On=true", true)]
    public async Task With_a_given_database_a_demo_wants_to_be_asked_for(string options, bool isDemo)
    {
        await using var app = await Build($"--ConnectionStrings:TwinHub={await postgres.Database(demo: true)}", options);
        Assert.Equal(isDemo, app.Services.GetRequiredService<DemoMode>().On);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("--no-demo", false)]
    [InlineData("--Demo:On=false", false)]
    [InlineData("--PublicUrl=https://hub.example.org", false)]
    [InlineData("--Proxies:0=127.0.0.1", false)]
    [InlineData("--urls=http://127.0.0.1:0", true)]
    [InlineData("--urls=http://0.0.0.0:0 --PublicUrl=https://hub.example.org --Proxies:0=127.0.0.1", false)]
    public void With_a_database_of_its_own_a_hub_on_this_machine_is_a_demo_unless_told_otherwise(string options, bool isDemo)
    {
        var arguments = Arguments("", options);
        var builder = HubHost.Configure(arguments);
        Assert.Equal(isDemo, DemoMode.Wanted(arguments, HubSettings.Read(builder.Configuration, arguments.DataDirectory), Binding.Choose(builder, arguments)));
    }

    [Fact]
    public async Task The_banner_stands_on_every_page_of_a_demo()
    {
        await using var hub = await TestHub.Start(postgres);
        using var facilitator = await hub.Browser(People.Claire);
        using var stranger = await hub.Browser(null);
        string[] pages = ["/", "/account", "/networks/hmln", "/networks/hmln/new-organisation", "/networks/hmln/new-person", "/networks/hmln/new-group",
            "/groups", $"/groups/{People.TheirGroup}", $"/groups/{People.TheirGroup}/about", "/demo/mailbox", "/nothing"];
        foreach (var page in pages)
        {
            await ShowsBanner(facilitator, page, true);
        }
        foreach (var page in new[] { "/sign-in", "/sign-in/sent", "/sign-in/no-such-link", "/demo/mailbox", "/nothing" })
        {
            await ShowsBanner(stranger, page, true);
        }
    }

    [Fact]
    public async Task A_demos_database_opened_without_it_has_neither_banner_nor_doors()
    {
        await using var hub = await TestHub.StartOn(postgres, await postgres.Database(demo: true), demo: false);
        Assert.Null((await hub.App.Services.GetRequiredService<Facilitators>().Appoint(Facilitator, "learning", "hosts", TestContext.Current.CancellationToken)).Refusal);
        var session = await hub.App.Services.GetRequiredService<Credentials>().OpenSession(await hub.PersonId(Facilitator), "test", TestContext.Current.CancellationToken);
        using var facilitator = hub.BrowserWith("twinhub=" + session);
        foreach (var page in new[] { "/", "/account", "/networks/learning", "/nothing" })
        {
            await ShowsBanner(facilitator, page, false);
        }
        using var stranger = await hub.Browser(null);
        await ShowsBanner(stranger, "/sign-in", false);
        foreach (var door in new[] { "/demo/people.json", "/demo/mailbox", "/demo/mailbox.json", "/demo/clock" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await facilitator.Get(door)).StatusCode);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await facilitator.Post("/demo/sign-in", new { email = People.Rana })).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await facilitator.Post("/demo/clock", new { advance = "PT1H" })).StatusCode);
    }

    private static async Task ShowsBanner(HttpClient browser, string page, bool expected)
    {
        using var answer = await browser.Get(page);
        Assert.True((int)answer.StatusCode is 200 or 404, $"{page}: {answer.StatusCode}");
        var html = await answer.Text();
        Assert.Contains("</html>", html, StringComparison.Ordinal);
        Assert.True(expected == html.Contains("""<aside class="banner" """, StringComparison.Ordinal), page);
    }

    private async Task<string> Refused(string database, string options)
    {
        var refusal = await Assert.ThrowsAsync<CommandException>(() => Build(database, options));
        Assert.DoesNotContain("\n", refusal.Message, StringComparison.Ordinal);
        return refusal.Message;
    }

    private Task<WebApplication> Build(string database, string options) => HubHost.Build(Arguments(database, options), null, TestContext.Current.CancellationToken);

    private HubArguments Arguments(string database, string options)
    {
        string[] rest = [.. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. database.Length == 0 ? [] : new[] { database }];
        return HubArguments.Parse(["run", "--port", "0", "--data", Path.Combine(postgres.Folder, "mode"), .. rest]);
    }
}
