using System.Net;
using AngleSharp.Html.Parser;
using TwinHub.Core.People;
using TwinHub.Core.Webinars.Reports;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Pages.Surveys;

/// <summary>The three questions behind a mailed link, without signing in.</summary>
public sealed class AnswerTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task Looking_records_nothing()
    {
        var (token, webinar) = await Mailed(People.Rana);
        using var scanner = Hub.BrowserWith(null);
        foreach (var query in new[] { "", "?useful=5", "?handler=anything" })
        {
            Assert.Equal(HttpStatusCode.OK, (await scanner.Get($"/surveys/{token}{query}")).StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await scanner.Send(HttpMethod.Head, $"/surveys/{token}{query}")).StatusCode);
        }
        Assert.Equal(0, await Hub.Scalar<long>("select count(*) from survey_answers where webinar_id = $1", webinar));
    }

    [Fact]
    public async Task It_shows_what_came_of_the_webinar_and_leads_nowhere_else()
    {
        var (token, webinar) = await Mailed(People.Emre);
        var (reports, claire) = (Hub.Get<ReportService>(), await Hub.PersonId(People.Claire));
        Assert.Null((await reports.Save(claire, webinar, 2, "## Kararlar\n\n- Ziyaret mayısta", "https://video.example.org/1", TestContext.Current.CancellationToken)).Refusal);
        Assert.Null((await reports.AddMaterial(claire, webinar, "Slides", "https://files.example.org/slides", TestContext.Current.CancellationToken)).Refusal);
        using var browser = await Hub.Browser(People.Rana);
        var page = new HtmlParser().ParseDocument(await browser.Text($"/surveys/{token}"));
        Assert.Equal("tr", page.DocumentElement.GetAttribute("lang"));
        Assert.Equal("Kararlar", page.QuerySelector(".minutes h3")!.TextContent);
        Assert.NotNull(page.QuerySelector("a[href='https://video.example.org/1']"));
        Assert.NotNull(page.QuerySelector("a[href='https://files.example.org/slides']"));
        Assert.Null(page.QuerySelector("nav, a[href^='/webinars'], a[href^='/groups'], input[name=__RequestVerificationToken]"));
    }

    [Fact]
    public async Task A_press_records_and_another_changes_it()
    {
        var (token, webinar) = await Mailed(People.Rana);
        Assert.Equal($"/surveys/{token}", (await Press(token, ("useful", "2"), ("takesHome", "Stalls"))).Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.Redirect, (await Press(token, ("useful", "5"), ("better", "Time"))).StatusCode);
        Assert.Equal("5||Time", await Hub.Scalar<string>("select useful || '|' || takes_home || '|' || better from survey_answers where webinar_id = $1", webinar));
        var page = new HtmlParser().ParseDocument(await Hub.BrowserWith(null).Text($"/surveys/{token}"));
        Assert.Equal("5", page.QuerySelector("input[name=useful][checked]")!.GetAttribute("value"));
        Assert.Contains("Thank you", page.QuerySelector("[role=status]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_number_nothing_is_recorded_and_nothing_typed_is_lost()
    {
        var (token, webinar) = await Mailed(People.Rana);
        foreach (var useful in new[] { "", "0", "6", "x" })
        {
            using var answer = await Press(token, ("useful", useful), ("takesHome", "Stalls"));
            Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
            Assert.Equal("Stalls", new HtmlParser().ParseDocument(await answer.Text()).QuerySelector("#takesHome")!.TextContent.Trim());
        }
        Assert.Equal(0, await Hub.Scalar<long>("select count(*) from survey_answers where webinar_id = $1", webinar));
    }

    [Fact]
    public async Task After_sixty_days_it_is_closed_and_the_rest_stays_readable()
    {
        var (token, webinar) = await Mailed(People.Rana, -62);
        await Hub.Execute("update webinars set minutes = 'Agreed' where id = $1", webinar);
        var page = new HtmlParser().ParseDocument(await Hub.BrowserWith(null).Text($"/surveys/{token}"));
        Assert.Null(page.QuerySelector("form"));
        Assert.Contains("Agreed", page.QuerySelector(".minutes")!.TextContent, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Conflict, (await Press(token, ("useful", "5"))).StatusCode);
    }

    [Theory]
    [InlineData(Secret.Answer)]
    [InlineData(Secret.Room)]
    [InlineData(Secret.Unsubscribe)]
    public async Task A_link_of_another_purpose_leads_nowhere(string purpose)
    {
        var invitation = await Hub.Invite(await Hub.Stage("Over", Hub.InDays(-1)), People.Rana);
        var token = await Hub.MailedLink(invitation, purpose);
        Assert.Equal(HttpStatusCode.NotFound, (await Hub.BrowserWith(null).Get($"/surveys/{token}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await Press(token, ("useful", "5"))).StatusCode);
        var survey = await Hub.MailedLink(invitation, Secret.Survey);
        Assert.Equal(HttpStatusCode.NotFound, (await Hub.BrowserWith(null).Get($"/invitations/{survey}")).StatusCode);
    }

    [Fact]
    public async Task Before_the_end_and_for_who_was_taken_off_there_is_nothing()
    {
        var (early, _) = await Mailed(People.Rana, 3);
        var (token, webinar) = await Mailed(People.Rana);
        await Hub.Execute("update invitations set removed_at = now() where webinar_id = $1", webinar);
        foreach (var dead in new[] { early, token, Secret.New(), "x", "' or 1=1 --" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await Hub.BrowserWith(null).Get($"/surveys/{Uri.EscapeDataString(dead)}")).StatusCode);
        }
        Assert.Equal(HttpStatusCode.NotFound, (await Press(token, ("useful", "5"))).StatusCode);
    }

    [Theory]
    [InlineData("http://elsewhere.example.org", HttpStatusCode.Forbidden)]
    [InlineData("", HttpStatusCode.Redirect)]
    public async Task A_foreign_page_cannot_press_the_button(string origin, HttpStatusCode status)
    {
        var (token, _) = await Mailed(People.Rana);
        using var browser = Hub.BrowserWith(null);
        if (origin.Length > 0)
        {
            browser.DefaultRequestHeaders.Add("Origin", origin);
        }
        Assert.Equal(status, (await browser.Send(HttpMethod.Post, $"/surveys/{token}", Forms.Content(("useful", "5")))).StatusCode);
    }

    [Fact]
    public async Task The_link_is_kept_by_no_cache()
    {
        var (token, _) = await Mailed(People.Rana);
        var answer = await Hub.BrowserWith(null).Get($"/surveys/{token}");
        Assert.True(answer.Headers.CacheControl?.NoStore);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    private async Task<(string Token, Guid Webinar)> Mailed(string email, int days = -1)
    {
        var webinar = await Hub.Stage("Over", Hub.InDays(days));
        return (await Hub.MailedLink(await Hub.Invite(webinar, email), Secret.Survey), webinar);
    }

    private async Task<HttpResponseMessage> Press(string token, params (string, string)[] fields)
    {
        using var browser = Hub.BrowserWith(null);
        return await browser.Send(HttpMethod.Post, $"/surveys/{token}", Forms.Content(fields));
    }
}
