using System.Net;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.People;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Support;
using TwinHub.Tests.Web.Pages.Webinars;
using Xunit;

namespace TwinHub.Tests.Web.Pages.Dates;

/// <summary>Saying by a mailed link which dates suit: looking changes nothing, the button records, nobody signs in.</summary>
public sealed class ReplyTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Looking_at_the_link_records_nothing_and_sets_no_cookie()
    {
        var search = await Hub.FindDate([People.Rana], 5, 6);
        var before = await State();
        using var scanner = Hub.BrowserWith(null);
        using var looked = await scanner.Get($"/dates/{search.Links[People.Rana]}");
        Assert.Equal(HttpStatusCode.OK, (await scanner.Send(HttpMethod.Head, $"/dates/{search.Links[People.Rana]}")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, looked.StatusCode);
        Assert.False(looked.Headers.Contains("Set-Cookie"));
        Assert.True(looked.Headers.CacheControl?.NoStore);
        Assert.Equal(before, await State());
    }

    [Fact]
    public async Task The_button_records_an_answer_to_each_date_and_another_press_changes_it()
    {
        var search = await Hub.FindDate([People.Rana, People.Emre], 5, 6, 7);
        var token = search.Links[People.Rana];

        Assert.Equal($"/dates/{token}", (await Press(token, (search.Dates[0], "yes"), (search.Dates[1], "no"))).Headers.Location?.ToString());
        Assert.Equal("yes no -", await Hub.Said(search, People.Rana));
        await Press(token, (search.Dates[0], "maybe"), (search.Dates[2], "yes"));
        Assert.Equal("maybe no yes", await Hub.Said(search, People.Rana));
        Assert.Equal("- - -", await Hub.Said(search, People.Emre));

        var page = await Open(token);
        Assert.Equal(["maybe", "no", "yes"], page.QuerySelectorAll("input[checked]").Select(input => input.GetAttribute("value")!));
        Assert.Contains("So far: yes 0, maybe 1, no 0", page.Words(".suits"), StringComparison.Ordinal);
        Assert.Contains("You can change your answers here", page.Words(".said"), StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("input[name=__RequestVerificationToken]"));
        Assert.Equal(Invitation.None, (await Hub.InvitationOf(search.Invitations[People.Rana])).Response);
    }

    [Fact]
    public async Task What_is_no_answer_is_refused_and_what_was_pressed_stays()
    {
        var search = await Hub.FindDate([People.Rana], 5, 6);
        var token = search.Links[People.Rana];
        using var mixed = await Press(token, (search.Dates[0], "yes"), (search.Dates[1], "perhaps"));
        var page = await mixed.Document(HttpStatusCode.BadRequest);
        Assert.Contains("Please choose yes, maybe or no", page.Words(".err"), StringComparison.Ordinal);
        Assert.Equal("yes", Assert.Single(page.QuerySelectorAll("input[checked]")).GetAttribute("value"));
        Assert.Equal(HttpStatusCode.BadRequest, (await Press(token)).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await Press(token, (Guid.NewGuid(), "yes"))).StatusCode);
        using var browser = Hub.BrowserWith(null);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.Send(HttpMethod.Post, $"/dates/{token}", new StringContent("{}", System.Text.Encoding.UTF8, "application/json"))).StatusCode);
        Assert.Equal("- -", await Hub.Said(search, People.Rana));
    }

    [Fact]
    public async Task A_date_of_another_webinar_one_that_has_gone_and_one_that_has_passed_take_no_answer()
    {
        var (search, other) = (await Hub.FindDate([People.Rana], -2, 5), await Hub.FindDate([People.Rana], 6));
        await Press(search.Links[People.Rana], (search.Dates[0], "yes"), (search.Dates[1], "yes"), (other.Dates[0], "yes"), (Guid.NewGuid(), "no"));
        Assert.Equal("- yes", await Hub.Said(search, People.Rana));
        Assert.Equal("-", await Hub.Said(other, People.Rana));
    }

    [Fact]
    public async Task The_page_speaks_to_the_invited_person_by_their_clock_with_the_organisers_beside()
    {
        var search = await Hub.FindDate([People.Emre, People.Rana], 5, 6);
        using var browser = await Hub.Browser(People.Rana);
        var page = new HtmlParser().ParseDocument(await browser.Text($"/dates/{search.Links[People.Emre]}"));
        Assert.Equal("tr", page.DocumentElement.GetAttribute("lang"));
        Assert.Contains("Emre, hangi tarihler size uygun?", page.Words("form h2"), StringComparison.Ordinal);
        Assert.Contains("12:00", page.Words(".suits legend"), StringComparison.Ordinal);
        Assert.Contains("Paris saatiyle", page.Words(".suits"), StringComparison.Ordinal);
        Assert.DoesNotContain("Rana", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.Null(page.QuerySelector("nav, a[href^='/webinars'], a[href^='/groups']"));
    }

    [Fact]
    public async Task A_weekend_and_a_holiday_of_the_persons_country_stand_at_the_date()
    {
        var search = await Hub.FindDate([People.Emre]);
        await Hub.Execute("update people set language = 'en' where email = $1", People.Emre);
        await Hub.Execute("insert into proposed_dates (id, webinar_id, starts_local, starts_at) select gen_random_uuid(), $1, at at time zone 'Europe/Paris', at from (values ('2028-10-29T04:00Z'::timestamptz), ('2028-10-30T09:00Z')) as n(at)", search.Webinar);
        var page = await Open(search.Links[People.Emre]);
        await Hub.Execute("update people set language = 'tr' where email = $1", People.Emre);
        Assert.Equal(["early", "Weekend", "Holiday: Republic Day"], page.QuerySelectorAll(".suits .chip").Select(chip => chip.TextContent.Trim()));
    }

    [Fact]
    public async Task A_chosen_date_is_said_and_takes_no_more_answers()
    {
        var search = await Hub.FindDate([People.Rana], 5, 6);
        await Hub.Execute("update people set language = 'en' where email = $1", People.Rana);
        await Hub.Execute("update webinars set state = 'scheduled', scheduled_at = now(), starts_at = $2, ends_at = $3 where id = $1", search.Webinar, Hub.InDays(6), Hub.InDays(6).AddHours(1));
        Assert.Equal(HttpStatusCode.Redirect, (await Press(search.Links[People.Rana], (search.Dates[0], "yes"))).StatusCode);
        var page = await Open(search.Links[People.Rana]);
        Assert.Contains("The date is fixed", page.Words(".flash"), StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector(".clocks"));
        Assert.Null(page.QuerySelector("form"));
        Assert.Equal("- -", await Hub.Said(search, People.Rana));
    }

    [Fact]
    public async Task What_is_cancelled_or_over_says_so_and_records_nothing()
    {
        var (cancelled, lapsed) = (await Hub.FindDate([People.Rana], 5, 6), await Hub.FindDate([People.Rana], -3, -2));
        await Hub.Execute("update people set language = 'en' where email = $1", People.Rana);
        Assert.Null((await Hub.App.Services.GetRequiredService<WebinarService>().Cancel(await Hub.PersonId(People.Claire), cancelled.Webinar, null, TestContext.Current.CancellationToken)).Refusal);
        foreach (var (search, said) in new[] { (cancelled, "This webinar is cancelled"), (lapsed, "All proposed dates have passed") })
        {
            using var browser = Hub.BrowserWith(null);
            using var looked = await browser.Get($"/dates/{search.Links[People.Rana]}");
            var page = await looked.Document(HttpStatusCode.Gone);
            Assert.Contains(said, page.Words(".flash"), StringComparison.Ordinal);
            Assert.Null(page.QuerySelector("form"));
            await Press(search.Links[People.Rana], (search.Dates[0], "yes"));
            Assert.Equal("- -", await Hub.Said(search, People.Rana));
        }
        Assert.False(await Hub.Db(db => db.Emails.AnyAsync(e => e.Kind == "cancellation")));
    }

    [Fact]
    public async Task Who_was_taken_off_finds_nothing_and_an_invented_link_leads_nowhere()
    {
        var search = await Hub.FindDate([People.Rana], 5, 6);
        await Hub.Execute("update invitations set removed_at = now() where webinar_id = $1", search.Webinar);
        foreach (var dead in new[] { search.Links[People.Rana], Secret.New(), "x", "' or 1=1 --" })
        {
            using var browser = Hub.BrowserWith(null);
            Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"/dates/{dead}")).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await Press(dead, (search.Dates[0], "yes"))).StatusCode);
        }
        Assert.Equal("- -", await Hub.Said(search, People.Rana));
    }

    [Fact]
    public async Task A_link_for_dates_answers_no_invitation_and_the_reverse()
    {
        var search = await Hub.FindDate([People.Rana], 5, 6);
        foreach (var purpose in new[] { Secret.Answer, Secret.Room, Secret.Unsubscribe, Secret.Survey })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await Press(await Hub.MailedLink(search.Invitations[People.Rana], purpose), (search.Dates[0], "yes"))).StatusCode);
        }
        var webinar = await Hub.Stage("Announced", Hub.InDays(9));
        var invitation = await Hub.Invite(webinar, People.Rana);
        using var browser = Hub.BrowserWith(null);
        using var answered = await browser.Send(HttpMethod.Post, $"/invitations/{await Hub.MailedLink(invitation, Secret.Date)}", Forms.Content(("answer", "accepted")));
        Assert.Equal(HttpStatusCode.NotFound, answered.StatusCode);
        Assert.Equal((Invitation.None, "- -"), ((await Hub.InvitationOf(invitation)).Response, await Hub.Said(search, People.Rana)));
    }

    [Fact]
    public async Task A_foreign_page_cannot_press_the_button()
    {
        var search = await Hub.FindDate([People.Rana], 5, 6);
        using var browser = Hub.BrowserWith(null);
        browser.DefaultRequestHeaders.Add("Origin", "http://elsewhere.example.org");
        using var pressed = await browser.Send(HttpMethod.Post, $"/dates/{search.Links[People.Rana]}", Forms.Content((search.Dates[0].ToString(), "yes")));
        Assert.Equal(HttpStatusCode.Forbidden, pressed.StatusCode);
        Assert.Equal("- -", await Hub.Said(search, People.Rana));
    }

    private async Task<HttpResponseMessage> Press(string token, params (Guid Date, string Answer)[] answers)
    {
        using var browser = Hub.BrowserWith(null);
        return await browser.Send(HttpMethod.Post, $"/dates/{token}", Forms.Content([.. answers.Select(one => (one.Date.ToString(), one.Answer))]));
    }

    private async Task<IHtmlDocument> Open(string token)
    {
        using var browser = Hub.BrowserWith(null);
        await Hub.Execute("update people set language = 'en' where email = $1", People.Rana);
        return new HtmlParser().ParseDocument(await browser.Text($"/dates/{token}"));
    }

    private async Task<string> State()
    {
        var dump = await TableDump.Of(Hub.Source);
        return string.Join('\n', new[] { "invitations", "invitation_log", "invitation_links", "date_answers", "webinars", "emails", "sessions" }.Select(table => dump[table]));
    }
}
