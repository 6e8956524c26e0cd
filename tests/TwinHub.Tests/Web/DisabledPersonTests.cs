using System.Net;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.People;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web;

/// <summary>Whoever is disabled, or has lost the last membership, is out within seconds on every way in (ASVS 7.4.2).</summary>
public sealed class DisabledPersonTests(SignInHub fixture) : IClassFixture<SignInHub>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task A_disabled_person_is_out_everywhere_within_five_seconds()
    {
        var ways = await Open(People.Emre);
        using var live = await CookieSocket.Connect(Hub, ways.Cookie);
        await using var program = await LiveClient.Connect(Hub.Url, ways.Token);
        using var facilitator = Hub.BrowserWith(await Hub.SessionOf(People.Claire));

        var answer = await facilitator.PostForm("/account", "/networks/hmln?handler=disable", ("personId", (await Hub.PersonId(People.Emre)).ToString()));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        await live.Closed.WaitAsync(TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken);
        await Eventually.True(() => !program.IsOpen, "the program's connection closes", 5);
        await AssertShut(ways);
        var mails = (await Hub.MailTo(People.Emre)).Count;
        await Hub.AskForLink(People.Emre);
        await Eventually.True(async () => await Answered(People.Emre), "the request is answered");
        Assert.Equal(mails, (await Hub.MailTo(People.Emre)).Count);
    }

    [Fact]
    public async Task A_disabled_persons_calendar_answers_no_more_and_reads_no_more()
    {
        const string Someone = "ozan.bulut@adana.example.org";
        foreach (var email in new[] { Someone, People.Selin })
        {
            await Hub.Execute("insert into rsvp_addresses (token, network_id, person_id, created_at) select translate(md5($1), '0189', 'wxyz'), n.id, p.id, now() from networks n, people p where n.slug = 'hmln' and p.email = $1", email);
            await Hub.Execute("insert into calendar_feeds (hash, person_id, created_at) select decode(md5($1), 'hex'), id, now() from people where email = $1", email);
        }
        using var facilitator = Hub.BrowserWith(await Hub.SessionOf(People.Claire));
        await facilitator.PostForm("/account", "/networks/hmln?handler=disable", ("personId", (await Hub.PersonId(Someone)).ToString()));
        foreach (var table in new[] { "rsvp_addresses", "calendar_feeds" })
        {
            Assert.Equal(Someone, await Hub.Scalar<string>($"select string_agg(email, ' ') from {table} a join people p on p.id = a.person_id where revoked_at is not null"));
        }
    }

    [Fact]
    public async Task Losing_the_last_membership_ends_everything_too()
    {
        const string Someone = "derya.polat@gaziantep.example.org";
        var ways = await Open(Someone);
        await using var program = await LiveClient.Connect(Hub.Url, ways.Token);
        using var facilitator = await Hub.Api(People.Claire);

        var answer = await facilitator.Delete($"/api/v1/groups/{People.TheirGroup}/members/{await Hub.PersonId(Someone)}");

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        await Eventually.True(() => !program.IsOpen, "the connection closes", 5);
        await AssertShut(ways);
    }

    [Fact]
    public async Task Nobody_disables_themselves_or_somebody_of_a_network_they_do_not_run()
    {
        using var facilitator = Hub.BrowserWith(await Hub.SessionOf(People.Claire));
        foreach (var (email, status) in new[] { (People.Claire, HttpStatusCode.Forbidden), (People.ForeignFacilitator, HttpStatusCode.NotFound) })
        {
            var answer = await facilitator.PostForm("/account", "/networks/hmln?handler=disable", ("personId", (await Hub.PersonId(email)).ToString()));
            Assert.Equal(status, answer.StatusCode);
        }
        Assert.Null(await Hub.Db(db => Task.FromResult(db.People.Single(p => p.Email == People.ForeignFacilitator).DisabledAt)));
    }

    [Fact]
    public async Task Disabling_is_written_down()
    {
        const string Someone = "ruba.maaytah@madaba.example.org";
        using var facilitator = Hub.BrowserWith(await Hub.SessionOf(People.Claire));
        var (actor, subject) = (await Hub.PersonId(People.Claire), (await Hub.PersonId(Someone)).ToString());
        await facilitator.PostForm("/account", "/networks/hmln?handler=disable", ("personId", subject));
        var entry = await Hub.Db(db => Task.FromResult(db.Audit.Single(a => a.Action == "person.disabled" && a.Subject == subject)));
        Assert.Equal(actor, entry.ActorId);
    }

    private async Task<(string Cookie, string Token, string Link)> Open(string email)
    {
        var link = await Hub.App.Services.GetRequiredService<SignInService>().MakeLink(await Hub.PersonId(email), TestContext.Current.CancellationToken);
        return (await Hub.SessionOf(email), await Hub.Token(email), new Uri(link).PathAndQuery);
    }

    private async Task AssertShut((string Cookie, string Token, string Link) ways)
    {
        using var browser = Hub.BrowserWith(ways.Cookie);
        using var api = Hub.ApiWith(ways.Token);
        Assert.Equal("/sign-in", (await browser.Get("/")).Headers.Location?.ToString());
        await (await api.Get("/api/v1/me")).Problem(401, "unauthorized");
        Assert.Equal(HttpStatusCode.NotFound, (await browser.PostForm("/sign-in", ways.Link)).StatusCode);
    }

    private Task<bool> Answered(string email) => Hub.Db(db => Task.FromResult(db.SignInRequests.Any(r => r.Email == email && r.AnsweredAt != null)));
}
