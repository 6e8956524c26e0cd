using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Pages.Webinars;

/// <summary>A webinar as an invitee sees it, and the answer given there.</summary>
public sealed class ShowTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Who_is_not_invited_finds_nothing()
    {
        var webinar = await Hub.Stage("For others", Hub.InDays(3));
        var others = await Hub.Invite(webinar, People.Rana);
        using var browser = await Hub.Browser(People.Lina);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/webinars/{webinar}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/webinars/{webinar}/invite.ics")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.PostForm("/account", $"/webinars/{webinar}", ("answer", "declined"))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get("/webinars/not-an-id")).StatusCode);
        Assert.Equal(Invitation.None, (await Hub.InvitationOf(others)).Response);
    }

    [Fact]
    public async Task A_draft_is_there_for_who_runs_it_only()
    {
        var webinar = await Hub.Stage("Not yet", Hub.InDays(3), new(State: Webinar.Draft));
        await Hub.Invite(webinar, People.Rana);
        Assert.Equal(HttpStatusCode.NotFound, (await (await Hub.Browser(People.Rana)).Get($"/webinars/{webinar}")).StatusCode);
        Assert.Contains("brouillon", (await Open(People.Claire, webinar)).QuerySelector(".flash")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await (await Hub.Browser(People.Claire)).Get($"/webinars/{webinar}/invite.ics")).StatusCode);
    }

    [Fact]
    public async Task An_answer_is_recorded_said_and_may_be_changed()
    {
        var webinar = await Hub.Stage("Taking stock", Hub.InDays(3));
        var mine = await Hub.Invite(webinar, People.Rana);
        using var browser = await Hub.Browser(People.Rana);
        Assert.Equal(0, (await Open(People.Rana, webinar)).QuerySelectorAll("[aria-pressed=true]").Length);
        foreach (var (answer, said) in new[] { ("accepted", "you said that you will join"), ("tentative", "you said maybe"), ("declined", "you said that you cannot join") })
        {
            var posted = await browser.PostForm($"/webinars/{webinar}", $"/webinars/{webinar}", ("answer", answer));
            Assert.Equal($"/webinars/{webinar}", posted.Headers.Location?.ToString());
            var page = await Open(People.Rana, webinar);
            Assert.Equal(answer, Assert.Single(page.QuerySelectorAll("[aria-pressed=true]")).GetAttribute("value"));
            Assert.Contains(said, page.QuerySelector(".said")!.TextContent, StringComparison.Ordinal);
            Assert.Equal((answer, "page"), ((await Hub.InvitationOf(mine)).Response, (await Hub.InvitationOf(mine)).Via));
        }
    }

    [Fact]
    public async Task Only_the_three_answers_are_answers()
    {
        var webinar = await Hub.Stage("Nonsense", Hub.InDays(3));
        var mine = await Hub.Invite(webinar, People.Rana);
        using var browser = await Hub.Browser(People.Rana);
        foreach (var answer in new[] { "", "waiting", "none", "ACCEPTED" })
        {
            var posted = await browser.PostForm($"/webinars/{webinar}", $"/webinars/{webinar}", ("answer", answer));
            Assert.Equal(HttpStatusCode.BadRequest, posted.StatusCode);
            Assert.NotNull(new HtmlParser().ParseDocument(await posted.Text()).QuerySelector("[role=alert]"));
        }
        Assert.Equal(Invitation.None, (await Hub.InvitationOf(mine)).Response);
    }

    [Fact]
    public async Task A_form_without_its_token_answers_nothing()
    {
        var webinar = await Hub.Stage("Forged", Hub.InDays(3));
        var mine = await Hub.Invite(webinar, People.Rana);
        using var browser = await Hub.Browser(People.Rana);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Send(HttpMethod.Post, $"/webinars/{webinar}", Forms.Content(("answer", "accepted")))).StatusCode);
        Assert.Equal(Invitation.None, (await Hub.InvitationOf(mine)).Response);
    }

    [Fact]
    public async Task Who_runs_it_without_being_invited_sees_it_and_does_not_answer()
    {
        var webinar = await Hub.Stage("Run by a lead", Hub.InDays(3), new(Organiser: People.Rana));
        using var browser = await Hub.Browser(People.Claire);
        var page = await Open(People.Claire, webinar);
        Assert.Null(page.QuerySelector(".answers"));
        Assert.NotNull(page.QuerySelector($"a[href='/webinars/{webinar}/answers']"));
        Assert.Equal(HttpStatusCode.Forbidden, (await browser.PostForm("/account", $"/webinars/{webinar}", ("answer", "accepted"))).StatusCode);
    }

    [Theory]
    [InlineData(Webinar.Cancelled, 3, "This webinar is cancelled")]
    [InlineData(Webinar.Scheduled, -3, "This webinar is over")]
    public async Task What_is_cancelled_or_over_says_so_and_takes_no_answer(string state, int days, string said)
    {
        var webinar = await Hub.Stage("Closed", Hub.InDays(days), new(State: state));
        var mine = await Hub.Invite(webinar, People.Rana);
        using var browser = await Hub.Browser(People.Rana);
        var posted = await browser.PostForm("/account", $"/webinars/{webinar}", ("answer", "accepted"));
        Assert.Equal(HttpStatusCode.Conflict, posted.StatusCode);
        var page = await Open(People.Rana, webinar);
        Assert.Contains(said, page.QuerySelector(".flash")!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector(".answers"));
        Assert.Equal(Invitation.None, (await Hub.InvitationOf(mine)).Response);
    }

    [Fact]
    public async Task Both_clocks_stand_side_by_side_with_the_organisers_day_where_it_is_another()
    {
        var evening = new DateTimeOffset(Hub.Now().UtcDateTime.Date.AddDays(20).AddHours(22), TimeSpan.Zero);
        var webinar = await Hub.Stage("Late", evening);
        await Hub.Invite(webinar, People.Rana);
        var clocks = (await Open(People.Rana, webinar)).QuerySelectorAll(".clocks > div");
        foreach (var (clock, zone) in clocks.Zip(["Asia/Beirut", "Europe/Paris"]))
        {
            var local = TimeZoneInfo.ConvertTime(evening, TimeZoneInfo.FindSystemTimeZoneById(zone));
            Assert.Contains($"{local:HH:mm}–{local.AddMinutes(90):HH:mm}", clock.TextContent, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("The same", clocks[1].TextContent, StringComparison.Ordinal);
        Assert.Equal("You, Beirut time", clocks[0].QuerySelector("span")!.TextContent);
        Assert.Equal("Organiser, Paris time", clocks[1].QuerySelector("span")!.TextContent);
    }

    [Theory]
    [InlineData(16, Invitation.Accepted, false)]
    [InlineData(14, Invitation.Accepted, true)]
    [InlineData(-30, Invitation.Accepted, true)]
    [InlineData(-30, Invitation.Tentative, false)]
    [InlineData(-30, Invitation.None, false)]
    [InlineData(-300, Invitation.Accepted, true)]
    [InlineData(-331, Invitation.Accepted, false)]
    public async Task The_room_is_open_from_a_quarter_of_an_hour_before_to_who_comes(int minutes, string response, bool shown)
    {
        var webinar = await Hub.Stage("Link", Hub.Now().AddMinutes(minutes), new() { JoinUrl = "https://meet.example.org/stock" });
        await Hub.Invite(webinar, People.Rana, response);
        var page = await Open(People.Rana, webinar);
        Assert.Equal(shown, page.QuerySelector($"a[href='/webinars/{webinar}/room']") is not null);
        Assert.DoesNotContain("meet.example.org", page.Body!.InnerHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Numbers_are_told_names_are_not()
    {
        var webinar = await Hub.Stage("Numbers", Hub.InDays(3));
        await Hub.Invite(webinar, People.Rana, Invitation.Declined);
        await Hub.Invite(webinar, People.Selin, Invitation.Accepted);
        var page = (await Open(People.Rana, webinar)).QuerySelector("main")!;
        Assert.Contains("1 of 2 said yes so far.", page.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Selin", page.InnerHtml, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("a[href$='/answers']"));
    }

    [Fact]
    public async Task Who_waits_is_told_the_place_in_the_row()
    {
        var webinar = await Hub.Stage("Full", Hub.InDays(3), new(Capacity: 1));
        await Hub.Invite(webinar, People.Selin, Invitation.Accepted);
        await Hub.Invite(webinar, People.Emre, Invitation.Waiting);
        await Hub.Invite(webinar, People.Rana, Invitation.Waiting);
        var page = await Open(People.Rana, webinar);
        Assert.Contains("Your place on the waiting list: 2.", page.QuerySelector(".said")!.TextContent, StringComparison.Ordinal);
        Assert.Equal("accepted", page.QuerySelector("[aria-pressed=true]")!.GetAttribute("value"));
    }

    [Fact]
    public async Task A_moved_one_asks_anew_and_says_that_the_seat_is_kept()
    {
        var webinar = await Hub.Stage("Moved", Hub.InDays(3), new(Capacity: 5));
        var mine = await Hub.Invite(webinar, People.Rana, Invitation.Accepted);
        await Hub.Change(db =>
        {
            db.InvitationLog.Add(new(webinar, mine, Hub.Now(), "moved") { Response = Invitation.Accepted });
            db.Invitations.Single(i => i.Id == mine).Moved(1);
            return Task.FromResult(true);
        });
        var page = await Open(People.Rana, webinar);
        Assert.Contains("The time has changed. Please answer again.", page.QuerySelector(".flash")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("Your seat is kept", page.QuerySelector(".said")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_for_a_calendar_holds_this_one_event_and_no_invitee()
    {
        var webinar = await Hub.Stage("For the calendar", Hub.InDays(3), new() { JoinUrl = "https://meet.example.org/secret" });
        await Hub.Invite(webinar, People.Rana, Invitation.Tentative);
        var answer = await (await Hub.Browser(People.Rana)).Get($"/webinars/{webinar}/invite.ics");
        Assert.Equal("text/calendar; charset=utf-8", answer.Content.Headers.ContentType?.ToString());
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition?.DispositionType);
        var text = await answer.Text();
        foreach (var line in new[] { "METHOD:PUBLISH", $"UID:{webinar}@example.org", "SUMMARY:[HMLN Webinar] For the calendar", "STATUS:CONFIRMED", $"DTSTART:{Hub.InDays(3):yyyyMMdd'T'HHmmss'Z'}" })
        {
            Assert.Contains(line, text, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("ATTENDEE", text, StringComparison.Ordinal);
        Assert.DoesNotContain("meet.example.org", text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_people_wrote_is_text()
    {
        var webinar = await Hub.Stage("<b>bold</b>", Hub.InDays(3), new() { Context = "<script>alert(1)</script>", Aims = ["<img src=x>"], Location = "<i>here</i>" });
        await Hub.Invite(webinar, People.Rana);
        var page = (await Open(People.Rana, webinar)).QuerySelector("main")!;
        Assert.Null(page.QuerySelector("script, img, h1 b, i"));
        Assert.Contains("<script>alert(1)</script>", page.TextContent, StringComparison.Ordinal);
    }

    private async Task<IHtmlDocument> Open(string email, Guid webinar)
    {
        using var browser = await Hub.Browser(email);
        return new HtmlParser().ParseDocument(await browser.Text($"/webinars/{webinar}"));
    }
}
