using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core.People;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Pages.Invitations;

/// <summary>Answering from a mail without signing in: looking changes nothing, a button records (invitations, rule 25).</summary>
public sealed class ReplyTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Looking_at_the_link_records_nothing()
    {
        var (token, _) = await Mailed(People.Rana);
        using var scanner = Hub.BrowserWith(null);
        var before = await State();
        foreach (var answer in new[] { "", "?answer=accepted", "?answer=declined", "?answer=nonsense" })
        {
            Assert.Equal(HttpStatusCode.OK, (await scanner.Get($"/invitations/{token}{answer}")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await scanner.Send(HttpMethod.Head, $"/invitations/{token}{answer}")).StatusCode);
        }
        Assert.Equal(before, await State());
    }

    [Fact]
    public async Task The_answer_chosen_in_the_mail_is_pointed_at_and_waits_for_its_button()
    {
        var (token, _) = await Mailed(People.Rana);
        var page = await Open($"/invitations/{token}?answer=declined");
        Assert.Equal("declined", Assert.Single(page.QuerySelectorAll(".answers .wanted")).GetAttribute("value"));
        Assert.Empty(page.QuerySelectorAll("[aria-pressed=true]"));
        Assert.Contains("Not recorded yet: press “I cannot join”", page.QuerySelector(".said")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_button_records_without_a_cookie_and_leads_back_to_the_page()
    {
        var (token, id) = await Mailed(People.Rana);
        Assert.Equal($"/invitations/{token}", (await Press(token, "accepted")).Headers.Location?.ToString());
        var mine = await Hub.InvitationOf(id);
        Assert.Equal((Invitation.Accepted, "link"), (mine.Response, mine.Via));
        var page = await Open($"/invitations/{token}");
        Assert.Contains("you said that you will join", page.QuerySelector(".said")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("input[name=__RequestVerificationToken]"));
    }

    [Fact]
    public async Task Pressing_twice_is_as_pressing_once_and_another_button_changes_the_answer()
    {
        var (token, id) = await Mailed(People.Rana);
        var pressed = await Task.WhenAll(Press(token, "accepted"), Press(token, "accepted"));
        Assert.All(pressed, one => Assert.Equal(HttpStatusCode.Redirect, one.StatusCode));
        Assert.Equal(Invitation.Accepted, (await Hub.InvitationOf(id)).Response);
        await Press(token, "declined");
        Assert.Equal(Invitation.Declined, (await Hub.InvitationOf(id)).Response);
    }

    [Fact]
    public async Task Saying_yes_when_all_seats_are_taken_gives_a_place_on_the_waiting_list()
    {
        var webinar = await Hub.Stage("Full", Hub.InDays(6), new(Capacity: 1));
        await Hub.Invite(webinar, People.Selin, Invitation.Accepted);
        var id = await Hub.Invite(webinar, People.Rana);
        var token = await Hub.MailedLink(id);
        await Press(token, "accepted");
        Assert.Equal(Invitation.Waiting, (await Hub.InvitationOf(id)).Response);
        Assert.Contains("Your place on the waiting list: 1.", (await Open($"/invitations/{token}")).QuerySelector(".said")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_three_answers_are_answers()
    {
        var (token, id) = await Mailed(People.Rana);
        foreach (var answer in new[] { "", "waiting", "none" })
        {
            Assert.Equal(HttpStatusCode.BadRequest, (await Press(token, answer)).StatusCode);
        }
        Assert.Equal(Invitation.None, (await Hub.InvitationOf(id)).Response);
    }

    [Fact]
    public async Task One_invitees_link_never_answers_for_another()
    {
        var webinar = await Hub.Stage("Two", Hub.InDays(6));
        var (rana, selin) = (await Hub.Invite(webinar, People.Rana), await Hub.Invite(webinar, People.Selin));
        await Press(await Hub.MailedLink(rana), "declined");
        Assert.Equal((Invitation.Declined, Invitation.None), ((await Hub.InvitationOf(rana)).Response, (await Hub.InvitationOf(selin)).Response));
    }

    [Fact]
    public async Task The_page_speaks_to_the_invited_person_whoever_looks()
    {
        var (token, _) = await Mailed(People.Emre);
        using var browser = await Hub.Browser(People.Rana);
        var page = new HtmlParser().ParseDocument(await browser.Text($"/invitations/{token}"));
        Assert.Equal("tr", page.DocumentElement.GetAttribute("lang"));
        Assert.Contains("Emre, katılacak mısınız?", page.QuerySelector("#question")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("İstanbul saati", page.QuerySelector(".clocks .mine")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("nav, a[href^='/webinars'], a[href^='/groups']"));
    }

    [Theory]
    [InlineData(Webinar.Cancelled, 6, "This webinar is cancelled")]
    [InlineData(Webinar.Scheduled, -6, "This webinar is over")]
    public async Task What_is_cancelled_or_over_says_so_and_records_nothing(string state, int days, string said)
    {
        var (token, id) = await Mailed(People.Rana, days, state);
        foreach (var answer in new[] { await Hub.BrowserWith(null).Get($"/invitations/{token}?answer=accepted"), await Press(token, "accepted") })
        {
            Assert.Equal(HttpStatusCode.Gone, answer.StatusCode);
            var page = new HtmlParser().ParseDocument(await answer.Text());
            Assert.Contains(said, page.QuerySelector(".flash")!.TextContent, StringComparison.Ordinal);
            Assert.Null(page.QuerySelector("form"));
        }
        Assert.Equal(Invitation.None, (await Hub.InvitationOf(id)).Response);
    }

    [Fact]
    public async Task Who_was_taken_off_finds_nothing_and_an_invented_link_leads_nowhere()
    {
        var (token, id) = await Mailed(People.Rana);
        await Hub.Change(async db =>
        {
            (await db.Invitations.SingleAsync(i => i.Id == id)).Remove(Hub.Now());
            return true;
        });
        foreach (var dead in new[] { token, Secret.New(), "x", "' or 1=1 --" })
        {
            var looked = await Hub.BrowserWith(null).Get($"/invitations/{dead}");
            Assert.Equal(HttpStatusCode.NotFound, looked.StatusCode);
            Assert.Contains("This link leads to no invitation", await looked.Text(), StringComparison.Ordinal);
            Assert.Equal(HttpStatusCode.NotFound, (await Press(dead, "accepted")).StatusCode);
        }
        Assert.Equal(Invitation.None, (await Hub.InvitationOf(id)).Response);
    }

    [Fact]
    public async Task A_link_of_another_purpose_does_not_answer()
    {
        var (_, id) = await Mailed(People.Rana);
        foreach (var purpose in new[] { Secret.Room, Secret.Unsubscribe })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await Press(await Hub.MailedLink(id, purpose), "accepted")).StatusCode);
        }
    }

    [Theory]
    [InlineData("http://elsewhere.example.org", HttpStatusCode.Forbidden)]
    [InlineData("null", HttpStatusCode.Forbidden)]
    [InlineData("", HttpStatusCode.Redirect)]
    [InlineData("own", HttpStatusCode.Redirect)]
    public async Task A_foreign_page_cannot_press_the_button(string origin, HttpStatusCode status)
    {
        var (token, _) = await Mailed(People.Rana);
        Assert.Equal(status, (await Press(token, "accepted", origin == "own" ? Hub.Url.GetLeftPart(UriPartial.Authority) : origin)).StatusCode);
    }

    [Fact]
    public async Task The_link_is_kept_by_no_cache_and_told_to_nobody()
    {
        var (token, _) = await Mailed(People.Rana);
        var answer = await Hub.BrowserWith(null).Get($"/invitations/{token}");
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    private async Task<(string Token, Guid Invitation)> Mailed(string email, int days = 6, string state = Webinar.Scheduled)
    {
        var invitation = await Hub.Invite(await Hub.Stage("By mail", Hub.InDays(days), new(State: state)), email);
        return (await Hub.MailedLink(invitation), invitation);
    }

    private async Task<HttpResponseMessage> Press(string token, string answer, string origin = "")
    {
        using var browser = Hub.BrowserWith(null);
        if (origin.Length > 0)
        {
            browser.DefaultRequestHeaders.Add("Origin", origin);
        }
        return await browser.Send(HttpMethod.Post, $"/invitations/{token}", Forms.Content(("answer", answer)));
    }

    private async Task<IHtmlDocument> Open(string path)
    {
        using var browser = Hub.BrowserWith(null);
        return new HtmlParser().ParseDocument(await browser.Text(path));
    }

    private async Task<string> State()
    {
        var dump = await TableDump.Of(Hub.Source);
        return string.Join('\n', new[] { "invitations", "invitation_log", "invitation_links", "webinars", "emails", "reminders", "sessions" }.Select(table => dump[table]));
    }
}
