using System.Net;
using AngleSharp.Html.Parser;
using TwinHub.Core.People;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Pages.Updates;

/// <summary>The page behind a register mail: one look, one press, whoever is signed in.</summary>
public sealed class FileTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private static readonly string Quarter = TwinHub.Core.Register.Quarter.EndedBefore(DateOnly.FromDateTime(DateTime.UtcNow), 1).Label;

    private readonly TestHub _hub = fixture.Hub;

    [Fact]
    public async Task Looking_changes_nothing_and_shows_the_draft_in_the_reader_s_language()
    {
        var (slug, token) = await Open("zarqa-sanliurfa", People.Lina);
        using var browser = _hub.BrowserWith(null);

        var page = new HtmlParser().ParseDocument(await browser.Text($"/updates/{token}"));
        using var scanner = await browser.Send(HttpMethod.Head, $"/updates/{token}");

        Assert.Equal(("ar", "rtl"), (page.DocumentElement.GetAttribute("lang"), page.DocumentElement.GetAttribute("dir")));
        Assert.Equal(["draft", "nothing"], page.QuerySelectorAll("form[method=post] button").Select(button => button.GetAttribute("value")));
        Assert.Null(await State(slug));
    }

    [Theory]
    [InlineData("draft", false, "hebron-mersin", "aisha.natsheh@hebron.example.org"), InlineData("nothing", true, "tripoli-adana", People.Rana)]
    public async Task One_press_files_and_a_second_one_changes_nothing(string what, bool noChange, string group, string email)
    {
        var someone = await _hub.Db(db => Task.FromResult(db.People.Any(p => p.Email == email))) ? email : await Correspondent(group);
        var (slug, token) = await Open(group, someone);
        using var browser = _hub.BrowserWith(null);

        using var first = await browser.Send(HttpMethod.Post, $"/updates/{token}", Forms.Content(("what", what)));
        var filed = await State(slug);
        using var second = await browser.Send(HttpMethod.Post, $"/updates/{token}", Forms.Content(("what", what == "draft" ? "nothing" : "draft")));

        Assert.Equal((HttpStatusCode.Redirect, $"/updates/{token}"), (first.StatusCode, first.Headers.Location?.ToString()));
        Assert.Equal((noChange, "mail"), (filed!.Value.NoChange, filed.Value.Via));
        Assert.Equal((HttpStatusCode.Redirect, filed), (second.StatusCode, await State(slug)));
        var page = new HtmlParser().ParseDocument(await browser.Text($"/updates/{token}"));
        Assert.Empty(page.QuerySelectorAll("form[method=post]"));
        Assert.NotNull(page.QuerySelector("[role=status]"));
        Assert.Equal(1, await _hub.Db(db => Task.FromResult(db.Audit.Count(a => a.Subject == $"{slug} {Quarter} by mail link"))));
    }

    [Fact]
    public async Task A_link_that_is_missed_files_nothing_and_says_what_to_do()
    {
        var (slug, token) = await Open("duhok-mardin", await Correspondent("duhok-mardin"));
        await _hub.Execute("update quarterly_updates set due_on = current_date - 22, opens_on = current_date - 52 where group_id = (select id from twinning_groups where slug = $1)", slug);
        using var browser = _hub.BrowserWith(null);

        using var posted = await browser.Send(HttpMethod.Post, $"/updates/{token}", Forms.Content(("what", "draft")));

        Assert.Null(await State(slug));
        Assert.Contains($"/groups/{slug}/register/{Quarter}", await browser.Text($"/updates/{token}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_lost_the_group_has_a_dead_link_and_it_works_in_no_other_place()
    {
        var email = await Correspondent("erbil-irbid");
        var (slug, token) = await Open("erbil-irbid", email);
        using var browser = _hub.BrowserWith(null);
        foreach (var place in new[] { "unsubscribe", "invitations", "sign-in", "surveys", "dates", "rooms" })
        {
            using var elsewhere = await browser.Get($"/{place}/{token}");
            Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        }
        await _hub.Execute("delete from memberships where person_id = $1", await _hub.PersonId(email));

        using var gone = await browser.Send(HttpMethod.Post, $"/updates/{token}", Forms.Content(("what", "draft")));

        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
        Assert.Null(await State(slug));
    }

    [Theory]
    [InlineData("file"), InlineData(""), InlineData(null)]
    public async Task A_press_that_says_nothing_files_nothing(string? what)
    {
        var (slug, token) = await Open("mafraq-kilis", await Correspondent("mafraq-kilis"));
        using var browser = _hub.BrowserWith(null);

        using var posted = await browser.Send(HttpMethod.Post, $"/updates/{token}", what is null ? Forms.Content() : Forms.Content(("what", what)));

        Assert.Equal(HttpStatusCode.BadRequest, posted.StatusCode);
        Assert.Null(await State(slug));
    }

    private async Task<(string Slug, string Token)> Open(string slug, string email)
    {
        var token = Secret.New();
        await _hub.OpenUpdate(slug, Quarter, (email, token));
        return (slug, token);
    }

    private Task<string> Correspondent(string slug) => _hub.Db(db => Task.FromResult(db.Memberships.Where(m => db.Groups.Any(g => g.Id == m.GroupId && g.Slug == slug) && m.Roles.Contains("lead"))
        .Join(db.People, m => m.PersonId, p => p.Id, (m, p) => p.Email).OrderBy(one => one).First()));

    private Task<(bool NoChange, string Via, DateTimeOffset At)?> State(string slug) => _hub.Db(db =>
        Task.FromResult(db.QuarterlyUpdates.Where(u => u.Quarter == Quarter && u.SubmittedAt != null && db.Groups.Any(g => g.Id == u.GroupId && g.Slug == slug)).ToList()
            .Select(u => ((bool, string, DateTimeOffset)?)(u.NoChange, u.SubmittedVia!, u.SubmittedAt!.Value)).SingleOrDefault()));
}
