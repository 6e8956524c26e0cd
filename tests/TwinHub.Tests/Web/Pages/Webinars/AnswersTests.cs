using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Pages.Webinars;

public sealed class AnswersTests(OrganiserHub fixture) : IClassFixture<OrganiserHub>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task The_numbers_are_those_of_the_answers()
    {
        var webinar = await Hub.Webinar(publish: true, seats: 1);
        await Answer(webinar, People.Rana, "accepted");
        await Answer(webinar, People.Ziad, "accepted");
        await Answer(webinar, People.Selin, "tentative");
        await Answer(webinar, People.Emre, "declined");
        using var browser = await Hub.Browser(People.Claire);

        var page = await (await browser.Get(Page(webinar))).Document();
        var fresh = await (await browser.Get(Page(webinar) + "?handler=numbers")).Document();

        foreach (var shown in new[] { page, fresh })
        {
            Assert.Equal(["1 will join", "1 maybe", "1 cannot join", "1 waiting list", "2 no answer yet"],
                shown.QuerySelectorAll(".counts > div").Select(one => $"{one.QuerySelector("dd")!.TextContent.Trim()} {one.QuerySelector("dt")!.TextContent.Trim()}"));
            Assert.Contains("Of 6 people invited.", shown.Body!.TextContent, StringComparison.Ordinal);
        }
        Assert.Contains("1 of 6 will join", page.Words(".answer-group h3"), StringComparison.Ordinal);
        Assert.Null(fresh.QuerySelector("nav"));
    }

    [Fact]
    public async Task People_stand_under_their_group_their_organisation_or_the_guests()
    {
        var webinar = await Hub.Webinar(publish: false, new InviteList([People.Lina], Groups: [People.TheirGroup], Guests: [new("paul.tessier@donor.example.org", "Paul Tessier", "fr", null)]));
        using var browser = await Hub.Browser(People.Claire);
        var page = await (await browser.Get(Page(webinar))).Document();
        Assert.Equal(["Tripoli · Gaziantep", "Municipality of Zarqa", "Guests from outside"], page.QuerySelectorAll(".answer-group h3 bdi").Select(one => one.TextContent));
    }

    [Fact]
    public async Task A_mail_that_came_back_shows_the_server_s_words()
    {
        var webinar = await Hub.Webinar(publish: true);
        await Hub.Db(async db => await db.Database.ExecuteSqlAsync($"""
            update emails set state = 'bounced', last_error = '550 5.1.1 No such user here', lease_until = null
            where id = (select i.email_id from invitations i join people p on p.id = i.person_id where i.webinar_id = {webinar.Id} and p.email = {People.Emre})
            """));
        using var browser = await Hub.Browser(People.Claire);
        var page = await (await browser.Get(Page(webinar))).Document();
        var look = page.Words(".answer-group .look");
        Assert.Contains(People.Emre, look, StringComparison.Ordinal);
        Assert.Contains("550 5.1.1 No such user here", look, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Taking_somebody_off_asks_first()
    {
        var webinar = await Hub.Webinar(publish: true);
        var person = await Hub.PersonId(People.Emre);
        var emre = (await Hub.Invitations(webinar.Id)).Single(i => i.PersonId == person);
        using var browser = await Hub.Browser(People.Claire);

        var asked = await (await browser.Get($"{Page(webinar)}?off={emre.Id}")).Document();
        Assert.Contains("Emre", asked.Words(".ask h2"), StringComparison.Ordinal);
        Assert.Equal(6, (await Hub.Invitations(webinar.Id)).Count);

        using var done = await browser.PostForm(Page(webinar), $"{Page(webinar)}?handler=off", ("invitation", emre.Id.ToString()));
        Assert.Equal(Page(webinar), done.Headers.Location?.ToString());
        Assert.DoesNotContain(await Hub.Invitations(webinar.Id), invitation => invitation.Id == emre.Id);
    }

    [Fact]
    public async Task A_nudge_goes_once_a_day_to_who_has_not_answered()
    {
        var webinar = await Hub.Webinar(publish: true);
        await Answer(webinar, People.Rana, "accepted");
        using var browser = await Hub.Browser(People.Claire);

        var shown = await (await browser.Get(Page(webinar) + "?ask=nudge")).Document();
        Assert.NotNull(shown.QuerySelector(".ask .letter"));
        Assert.Equal(0, await Nudges());
        using var first = await browser.PostForm(Page(webinar), Page(webinar) + "?handler=nudge");
        using var second = await browser.PostForm(Page(webinar), Page(webinar) + "?handler=nudge");
        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.Redirect), (first.StatusCode, second.StatusCode));
        Assert.Equal(5, await Nudges());

        Hub.Time.Offset += TimeSpan.FromHours(25);
        using var third = await browser.PostForm(Page(webinar), Page(webinar) + "?handler=nudge");
        Assert.Equal(10, await Nudges());

        Task<int> Nudges() => Hub.Db(db => db.Database.SqlQuery<int>($"select count(*)::int as \"Value\" from emails where kind = 'nudge' and about ->> 'webinarId' = {webinar.Id.ToString()}").SingleAsync());
    }

    [Fact]
    public async Task A_draft_is_published_from_here_and_a_webinar_cancelled_after_asking()
    {
        var draft = await Hub.Webinar(publish: false);
        using var browser = await Hub.Browser(People.Claire);
        using var published = await browser.PostForm(Page(draft), Page(draft) + "?handler=publish", ("version", "1"));
        Assert.Equal(Webinar.Scheduled, (await Hub.Present(draft.Id)).State);

        using var stale = await browser.PostForm(Page(draft), Page(draft) + "?handler=cancel", ("version", "1"));
        Assert.Contains("changed in the meantime", (await stale.Document(HttpStatusCode.Conflict)).Words(".help.err"), StringComparison.Ordinal);
        var asked = await (await browser.Get(Page(draft) + "?ask=cancel")).Document();
        Assert.Contains("6 people get one mail each", asked.Words(".ask"), StringComparison.Ordinal);
        using var cancelled = await browser.PostForm(Page(draft), Page(draft) + "?handler=cancel", ("version", "2"));
        Assert.Equal(Webinar.Cancelled, (await Hub.Present(draft.Id)).State);
        Assert.Null((await (await browser.Get(Page(draft))).Document()).QuerySelector($"a[href='/webinars/{draft.Id}/edit']"));
    }

    [Fact]
    public async Task More_people_are_invited_from_here_and_what_was_typed_survives_a_refusal()
    {
        var webinar = await Hub.Webinar(publish: true);
        using var browser = await Hub.Browser(People.Claire);
        using var refused = await browser.PostForm(Page(webinar), Page(webinar) + "?handler=invite", ("Invite.People", "nobody@nowhere.example.org"));
        var page = await refused.Document(HttpStatusCode.BadRequest);
        Assert.Equal("nobody@nowhere.example.org", page.QuerySelector("#Invite-People")!.TextContent);

        using var added = await browser.PostForm(Page(webinar), Page(webinar) + "?handler=invite", ("Invite.People", People.Lina + "\n" + People.Rana));
        Assert.Contains("1 person is added.", (await (await browser.Get(added.Headers.Location!.ToString())).Document()).Words(".flash"), StringComparison.Ordinal);
        Assert.Equal(7, (await Hub.Invitations(webinar.Id)).Count);
    }

    [Theory]
    [InlineData(People.Rana, HttpStatusCode.Forbidden)]
    [InlineData(People.Lina, HttpStatusCode.NotFound)]
    public async Task Nobody_but_who_runs_it_sees_who_is_invited(string email, HttpStatusCode status)
    {
        var webinar = await Hub.Webinar(publish: true);
        using var browser = await Hub.Browser(email);
        foreach (var path in new[] { Page(webinar), Page(webinar) + "?handler=numbers", $"/webinars/{webinar.Id}/mail", $"/webinars/{webinar.Id}/edit" })
        {
            using var answer = await browser.Get(path);
            Assert.True(status == answer.StatusCode, $"{path}: {answer.StatusCode}");
        }
    }

    private static string Page(Webinar webinar) => $"/webinars/{webinar.Id}/answers";

    private async Task Answer(Webinar webinar, string email, string response)
    {
        var person = await Hub.PersonId(email);
        var invitation = (await Hub.Invitations(webinar.Id)).Single(i => i.PersonId == person);
        Assert.Null((await Hub.App.Services.GetRequiredService<AnswerService>().Answer(new(invitation.Id, response, "page"), TestContext.Current.CancellationToken)).Refusal);
    }
}
