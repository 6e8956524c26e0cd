using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core;
using TwinHub.Core.Networks;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Commands;

/// <summary>What an administrator does at the terminal about people, beside a hub that runs (contract, Commands).</summary>
public sealed class PeopleCommandsTests(TestPostgres postgres) : IAsyncLifetime
{
    private const string Nora = "nora.sayegh@example.org";

    private TestHub Hub { get; set; } = null!;

    public async ValueTask InitializeAsync() => Hub = await TestHub.Start(postgres, demo: false);

    public ValueTask DisposeAsync() => Hub.DisposeAsync();

    [Fact]
    public async Task A_facilitator_gets_a_network_and_a_link_that_signs_in_once()
    {
        var link = new Uri(Assert.Single(await HubCommand.Run(["facilitator", " Nora.Sayegh@Example.org ", "--network", "learning", "--template", "resettlement", "--port", "5091", .. Here])));
        Assert.Equal("http://localhost:5091", link.GetLeftPart(UriPartial.Authority));
        Assert.Equal("resettlement", await Hub.Scalar<string>("select template from networks where slug = 'learning'"));

        await SignsInOnce(link.PathAndQuery);

        // Somebody else, without saying the template again: the network stays one and keeps its template.
        await HubCommand.Run(["facilitator", "omar.haddad@example.org", "--network=learning", .. Here]);
        Assert.Contains("(template)", await HubCommand.Refused(["facilitator", Nora, "--network", "learning", "--template", "hosts", .. Here]), StringComparison.Ordinal);
        Assert.Null((await Appoint(Nora, "learning", "resettlement")).Refusal);
        Assert.Equal((1L, 2L, 2L), (await Hub.Scalar<long>("select count(*) from networks"), await Hub.Scalar<long>("select count(*) from people"), await Hub.Scalar<long>("select count(*) from network_roles where role = 'facilitator'")));
        Assert.Equal(1L, await Hub.Scalar<long>("select count(*) from organisations"));
    }

    [Fact]
    public async Task What_makes_no_facilitator_is_said_in_one_line()
    {
        (string Field, string[] Command)[] wrong =
        [
            ("network", [Nora, "--network", "Not A Slug", "--template", "hosts"]), ("network", [Nora, "--network", "", "--template", "hosts"]),
            ("template", [Nora, "--network", "new-one", "--template", "gardens"]), ("template", [Nora, "--network", "new-one"]), ("email", ["nora", "--network", "new-one", "--template", "hosts"]),
        ];
        foreach (var (field, command) in wrong)
        {
            Assert.Contains($"({field})", await HubCommand.Refused(["facilitator", .. command, .. Here]), StringComparison.Ordinal);
        }
        Assert.Equal((0L, 0L), (await Hub.Scalar<long>("select count(*) from networks"), await Hub.Scalar<long>("select count(*) from people")));
    }

    [Fact]
    public async Task Nobody_whose_account_is_closed_gets_a_link_or_a_network()
    {
        Assert.Null((await Appoint(Nora, "learning", "hosts")).Refusal);
        await Hub.Execute("update people set disabled_at = now()");
        Assert.StartsWith("This person’s account is closed.", await HubCommand.Refused(["facilitator", Nora, "--network", "another", "--template", "hosts", .. Here]), StringComparison.Ordinal);
        Assert.Equal((1L, 0L), (await Hub.Scalar<long>("select count(*) from networks"), await Hub.Scalar<long>("select count(*) from sign_in_links")));
    }

    [Fact]
    public async Task A_token_works_at_once_and_as_long_as_it_is_told()
    {
        Assert.Null((await Appoint(Nora, "learning", "hosts")).Refusal);
        var token = Assert.Single(await HubProcess.Command(["token", "NORA.sayegh@example.org", "--name", "the bot", "--days", "7", .. Here]));

        using var api = Hub.ApiWith(token);
        Assert.Equal(Nora, (await (await api.Get("/api/v1/me")).Json()).GetProperty("email").GetString());
        Assert.Equal("the bot", await Hub.Scalar<string>("select name from access_tokens where expires_at between now() + interval '6 days 23 hours' and now() + interval '7 days'"));
        Hub.Time.Offset = TimeSpan.FromDays(7) + TimeSpan.FromMinutes(1);
        Assert.Equal(401, (int)(await api.Get("/api/v1/me")).StatusCode);
    }

    [Theory]
    [InlineData("nobody@example.org", "token nobody@example.org --name x")]
    [InlineData("--days", "token nora.sayegh@example.org --name x --days 0")]
    public async Task What_makes_no_token_is_said_in_one_line(string expected, string command)
    {
        Assert.Null((await Appoint(Nora, "learning", "hosts")).Refusal);
        Assert.Contains(expected, await HubCommand.Refused([.. command.Split(' '), .. Here]), StringComparison.Ordinal);
        Assert.Equal(0L, await Hub.Scalar<long>("select count(*) from access_tokens"));
    }

    private string[] Here => [$"--ConnectionStrings:TwinHub={Hub.Database}", "--data", Path.Combine(postgres.Folder, "people")];

    private Task<Outcome<Guid>> Appoint(string email, string network, string? template) =>
        Hub.App.Services.GetRequiredService<Facilitators>().Appoint(email, network, template, TestContext.Current.CancellationToken);

    private async Task SignsInOnce(string link)
    {
        using var scanner = Hub.BrowserWith(null);
        Assert.False((await scanner.Get(link)).Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(one => one.StartsWith("twinhub=", StringComparison.Ordinal)));
        using var nora = Hub.BrowserWith(null);
        var token = await nora.FormToken(link);
        Assert.Equal(302, (int)(await nora.Send(HttpMethod.Post, link, Forms.Content(("__RequestVerificationToken", token)))).StatusCode);
        Assert.Contains(Nora, await nora.Text("/account"), StringComparison.Ordinal);
        using var second = Hub.BrowserWith(null);
        var late = await second.Send(HttpMethod.Post, link, Forms.Content(("__RequestVerificationToken", await second.FormToken("/sign-in"))));
        Assert.False(late.Headers.TryGetValues("Set-Cookie", out cookies) && cookies.Any(one => one.StartsWith("twinhub=", StringComparison.Ordinal)));
        Assert.Equal(302, (int)(await second.Get("/account")).StatusCode);
    }
}
