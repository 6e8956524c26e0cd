using System.Net;
using AngleSharp.Html.Dom;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Pages.Webinars;

/// <summary>Finding a date together as an organiser does, without a script.</summary>
public sealed class DatesTests(OrganiserHub fixture) : IClassFixture<OrganiserHub>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task From_a_new_form_to_dates_a_mail_answers_and_the_invitations()
    {
        using var claire = await Hub.Browser(People.Claire);
        using var made = await claire.PostForm(WebinarPages.Page, "/webinars/new", WebinarPages.Filled("dates", ("Input.Title", "All the way"), ("Invite.People", $"{People.Rana}\n{People.Emre}")));
        var path = made.Headers.Location!.ToString();
        Assert.EndsWith("/dates", path, StringComparison.Ordinal);
        Assert.Equal("2028-03-14", (await Page(claire, path)).QuerySelector("#Input-Rows\\[0\\]-Day")!.GetAttribute("value"));

        using var saved = await claire.PostForm(path, path, Rows("save", ("2028-05-09", "10:00"), ("", ""), ("2028-05-10", "11:00")));
        var page = await Page(claire, path);
        Assert.Contains("Ask 2 people", page.Words(".page > .between"), StringComparison.Ordinal);
        Assert.Equal(2, page.QuerySelectorAll(".dates > li").Length);
        Assert.Single(page.QuerySelectorAll(".btn-primary"), button => button.Closest("form")!.GetAttribute("action")!.Contains("handler=ask", StringComparison.Ordinal));

        using var asked = await claire.PostForm(path, path + "?handler=ask", ("version", Version(page)));
        Assert.Equal(path, asked.Headers.Location!.ToString());
        Assert.Equal(2, await Hub.Db(db => db.Emails.CountAsync(e => e.Kind == "other" && e.Subject.EndsWith("All the way"))));

        var webinar = await Hub.Db(db => db.Webinars.SingleAsync(w => w.Title == "All the way"));
        var date = await Hub.Db(db => db.ProposedDates.Where(d => d.WebinarId == webinar.Id).OrderByDescending(d => d.StartsAt).Select(d => d.Id).FirstAsync());
        var asking = await Page(claire, $"{path}?choose={date}");
        Assert.Contains("2 invitations go out at once", asking.Words(".ask"), StringComparison.Ordinal);
        Assert.Equal("Choose it and send 2 invitations", asking.Words(".ask .btn-primary"));
        using var chosen = await claire.PostForm($"{path}?choose={date}", path + "?handler=choose", ("version", Version(asking)), ("date", date.ToString()));
        Assert.EndsWith("/answers", chosen.Headers.Location!.ToString(), StringComparison.Ordinal);
        var present = await Hub.Present(webinar.Id);
        Assert.Equal((Webinar.Scheduled, new DateTime(2028, 5, 10, 11, 0, 0)), (present.State, present.StartsLocal));
        Assert.All(await Hub.Invitations(webinar.Id), invitation => Assert.NotNull(invitation.EmailId));
        var after = await Page(claire, path);
        Assert.Contains("Chosen", after.Words(".dates"), StringComparison.Ordinal);
        Assert.Null(after.QuerySelector("form[action*='/dates']"));
    }

    [Fact]
    public async Task Rows_are_added_and_taken_away_without_a_script_and_nothing_is_saved_by_it()
    {
        var webinar = await Hub.Webinar(publish: false, title: "Rows");
        using var claire = await Hub.Browser(People.Claire);
        var path = $"/webinars/{webinar.Id}/dates";
        var typed = new[] { ("2028-05-09", "10:00"), ("2028-05-10", "11:00"), ("2028-05-11", "12:00") };

        using var more = await claire.PostForm(path, path, Rows("more", typed));
        Assert.Equal(["2028-05-09", "2028-05-10", "2028-05-11", ""], Days(await more.Document()));
        using var fewer = await claire.PostForm(path, path, Rows("off-1", typed));
        Assert.Equal(["2028-05-09", "2028-05-11"], Days(await fewer.Document()));
        using var odd = await claire.PostForm(path, path, Rows("off-x", typed));
        Assert.Equal(3, Days(await odd.Document()).Count);
        Assert.Equal(0, await Hub.Db(db => db.ProposedDates.CountAsync(d => d.WebinarId == webinar.Id)));
    }

    [Theory]
    [InlineData("2028-05-09", "10:00", "#Input-Rows\\[1\\]-Day-error", "This date stands here twice.")]
    [InlineData("2024-05-09", "10:00", "#Input-Rows\\[1\\]-Day-error", "already passed")]
    [InlineData("2028-05-09", "", "#Input-Rows\\[1\\]-Day-error", "Please give the day and the time")]
    [InlineData("", "", ".page > .err", "between 2 and 12")]
    public async Task A_refusal_stands_at_its_row_and_everything_typed_stays(string day, string time, string where, string sentence)
    {
        var webinar = await Hub.Webinar(publish: false, title: "Refused rows");
        using var claire = await Hub.Browser(People.Claire);
        var path = $"/webinars/{webinar.Id}/dates";
        using var answer = await claire.PostForm(path, path, Rows("save", ("2028-05-09", "10:00"), (day, time)));
        var page = await answer.Document(HttpStatusCode.BadRequest);
        Assert.Contains(sentence, page.Words(where), StringComparison.Ordinal);
        Assert.Equal(["2028-05-09", day], Days(page).Take(2));
    }

    [Fact]
    public async Task The_table_says_who_answered_what_by_their_own_clock_and_the_best_date_is_the_next_thing_to_do()
    {
        var search = await Hub.FindDate([People.Rana, People.Lina], 5, 6);
        await Hub.Say(search, People.Rana, "no", "yes");
        await Hub.Say(search, People.Lina, "maybe", "");
        using var claire = await Hub.Browser(People.Claire);
        var page = await Page(claire, $"/webinars/{search.Webinar}/dates");

        var rana = page.QuerySelectorAll(".suiting tbody tr").Single(row => row.TextContent.Contains("Rana Khoury", StringComparison.Ordinal));
        Assert.Equal(["No", "Yes"], rana.QuerySelectorAll("td .chip").Select(chip => chip.TextContent.Trim()));
        var lina = page.QuerySelectorAll(".suiting tbody tr").Single(row => row.TextContent.Contains("Lina Haddad", StringComparison.Ordinal));
        Assert.Equal(["Maybe", "No answer"], lina.QuerySelectorAll("td .chip").Select(chip => chip.TextContent.Trim()));
        Assert.Equal("12:00", lina.QuerySelector("td time")!.TextContent);
        Assert.Contains("Best so far", page.QuerySelectorAll(".dates > li")[1].TextContent, StringComparison.Ordinal);
        Assert.Contains($"choose={search.Dates[1]}", Assert.Single(page.QuerySelectorAll(".btn-primary")).GetAttribute("href"), StringComparison.Ordinal);
        Assert.Contains("Yes: 1 · maybe: 0 · no: 0 · no answer: 1", page.QuerySelectorAll(".dates > li")[1].TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_lags_behind_is_told_of_the_newer_state()
    {
        var search = await Hub.FindDate([People.Rana], 5, 6);
        using var claire = await Hub.Browser(People.Claire);
        var path = $"/webinars/{search.Webinar}/dates";
        foreach (var handler in new[] { "ask", "choose" })
        {
            using var late = await claire.PostForm(path, $"{path}?handler={handler}", ("version", "1"), ("date", search.Dates[0].ToString()));
            Assert.Contains("changed in the meantime", (await late.Document(HttpStatusCode.Conflict)).Words(".err"), StringComparison.Ordinal);
        }
        Assert.Equal(Webinar.Draft, (await Hub.Present(search.Webinar)).State);
    }

    [Fact]
    public async Task The_list_and_the_answers_show_that_a_date_is_being_found()
    {
        var search = await Hub.FindDate([People.Rana], 5, 6);
        using var claire = await Hub.Browser(People.Claire);
        var row = (await Page(claire, "/webinars?state=draft")).QuerySelector($"a[href='/webinars/{search.Webinar}/dates']");
        Assert.Contains("Finding a date", row!.TextContent, StringComparison.Ordinal);
        var answers = await Page(claire, $"/webinars/{search.Webinar}/answers");
        Assert.Contains("Finding a date", answers.Words(".page .chip"), StringComparison.Ordinal);
        Assert.NotNull(answers.QuerySelector($"a[href='/webinars/{search.Webinar}/dates']"));
    }

    [Theory]
    [InlineData(People.Rana, HttpStatusCode.NotFound)]
    [InlineData(People.Lina, HttpStatusCode.NotFound)]
    [InlineData(People.ForeignFacilitator, HttpStatusCode.NotFound)]
    public async Task For_everybody_else_there_is_no_such_page(string email, HttpStatusCode status)
    {
        var search = await Hub.FindDate([People.Rana], 5, 6);
        using var browser = await Hub.Browser(email);
        var path = $"/webinars/{search.Webinar}/dates";
        Assert.Equal(status, (await browser.Get(path)).StatusCode);
        foreach (var (action, fields) in new[] { (path, Rows("save", ("2028-05-09", "10:00"), ("2028-05-10", "10:00"))), (path, Rows("more")), ($"{path}?handler=ask", [("version", "2")]), ($"{path}?handler=choose", [("version", "2"), ("date", search.Dates[0].ToString())]) })
        {
            Assert.Equal(status, (await browser.PostForm("/account", action, fields)).StatusCode);
        }
    }

    private static (string, string)[] Rows(string act, params (string Day, string Time)[] rows) =>
        [("Act", act), .. rows.SelectMany((row, i) => new[] { ($"Input.Rows[{i}].Day", row.Day), ($"Input.Rows[{i}].Time", row.Time) })];

    private static List<string> Days(IHtmlDocument page) => [.. page.QuerySelectorAll(".date-row input[type=date]").Select(input => input.GetAttribute("value") ?? "")];

    private static string Version(IHtmlDocument page) => page.QuerySelector("input[name=version]")!.GetAttribute("value")!;

    private static async Task<IHtmlDocument> Page(HttpClient browser, string path)
    {
        using var answer = await browser.Get(path);
        return await answer.Document();
    }
}
