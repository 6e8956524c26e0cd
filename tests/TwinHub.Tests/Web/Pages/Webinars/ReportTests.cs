using System.Net;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Webinars;
using TwinHub.Core.Webinars.Reports;
using TwinHub.Core.Webinars.Rooms;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Pages.Webinars;

/// <summary>The report of a webinar as its organiser uses it, and what invitees see of it.</summary>
public sealed class ReportTests(OrganiserHub fixture) : IClassFixture<OrganiserHub>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task It_lists_who_was_there_and_who_was_not_under_their_group()
    {
        var webinar = await Ended();
        using var browser = await Hub.Browser(People.Claire);
        var page = await (await browser.Get(Path(webinar))).Document();

        Assert.Equal(["3 invited", "2 were there", "1 did not join", "1 of them had said yes", "1 without an invitation"],
            page.QuerySelectorAll(".attended > div").Select(one => $"{one.QuerySelector("dd")!.TextContent.Trim()} {one.QuerySelector("dt")!.TextContent.Trim()}"));
        Assert.Equal(["Tripoli · Gaziantep", "Without an invitation"], page.QuerySelectorAll(".of bdi").Select(one => one.TextContent));
        Assert.Contains("2 of 3 were there", page.Words(".of"), StringComparison.Ordinal);
        Assert.Contains("Did not join", page.Words($"#p-{await Hub.PersonId(People.Emre)}"), StringComparison.Ordinal);
        var selin = page.Words($"#p-{await Hub.PersonId(People.Selin)}");
        Assert.Contains("Opened the meeting at", selin, StringComparison.Ordinal);
        Assert.Equal("–", page.QuerySelector($"#p-{await Hub.PersonId(People.Selin)} .num")!.TextContent.Trim());
        Assert.Equal("60", page.QuerySelector($"#p-{await Hub.PersonId(People.Rana)} .num")!.TextContent.Trim());
    }

    [Fact]
    public async Task The_line_over_time_runs_as_the_language_does()
    {
        var webinar = await Ended();
        using var browser = await Hub.Browser(People.Claire);
        var drawn = (await (await browser.Get(Path(webinar))).Document()).QuerySelector(".chart")!;
        Assert.Contains("2 people at most", drawn.GetAttribute("aria-label"), StringComparison.Ordinal);
        Assert.Contains("10:30", drawn.QuerySelectorAll("text").Select(one => one.TextContent));
        Assert.StartsWith("M26 ", drawn.QuerySelector(".people")!.GetAttribute("d"), StringComparison.Ordinal);
        await Speak("ar");
        try
        {
            using var reader = await Hub.Browser(People.Claire);
            Assert.StartsWith("M314 ", (await (await reader.Get(Path(webinar))).Document()).QuerySelector(".chart .people")!.GetAttribute("d"), StringComparison.Ordinal);
        }
        finally
        {
            await Speak("en");
        }
    }

    [Fact]
    public async Task Somebody_is_marked_as_there_and_the_mark_taken_back()
    {
        var webinar = await Ended();
        var emre = await Hub.PersonId(People.Emre);
        using var browser = await Hub.Browser(People.Claire);
        using var marked = await browser.PostForm(Path(webinar), $"{Path(webinar)}?handler=mark", ("person", emre.ToString()), ("there", "true"));
        Assert.Equal($"{Path(webinar)}#p-{emre}", marked.Headers.Location?.ToString());
        Assert.Contains("Marked by the organisers", (await (await browser.Get(Path(webinar))).Document()).Words($"#p-{emre}"), StringComparison.Ordinal);
        using var back = await browser.PostForm(Path(webinar), $"{Path(webinar)}?handler=mark", ("person", emre.ToString()), ("there", "false"));
        Assert.Contains("Did not join", (await (await browser.Get(Path(webinar))).Document()).Words($"#p-{emre}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_template_fills_the_form_and_saves_nothing()
    {
        var webinar = await Ended();
        using var browser = await Hub.Browser(People.Claire);
        var page = await (await browser.Get(Path(webinar) + "?from=template")).Document();
        var text = page.QuerySelector("#Input-Minutes")!.TextContent.Trim();
        Assert.Contains("## Decisions", text, StringComparison.Ordinal);
        Assert.Contains("- Municipality of Tripoli", text, StringComparison.Ordinal);
        Assert.Equal("", (await Hub.Present(webinar)).Minutes);
        using var saved = await browser.PostForm(Path(webinar), Path(webinar) + "?handler=save", ("Input.Version", page.QuerySelector("input[name='Input.Version']")!.GetAttribute("value")!), ("Input.Minutes", text));
        Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        Assert.Equal(text, (await Hub.Present(webinar)).Minutes.Trim());
    }

    [Fact]
    public async Task What_was_typed_survives_a_refusal_and_a_newer_version_is_shown()
    {
        var webinar = await Ended();
        using var browser = await Hub.Browser(People.Claire);
        using var bad = await browser.PostForm(Path(webinar), Path(webinar) + "?handler=save", ("Input.Version", "2"), ("Input.Minutes", "Mine"), ("Input.Recording", "http://video.example.org"));
        var page = await bad.Document(HttpStatusCode.BadRequest);
        Assert.Equal("Mine", page.QuerySelector("#Input-Minutes")!.TextContent.Trim());
        Assert.NotNull(page.QuerySelector("#Input-Recording-error"));

        Assert.Null((await Hub.Get<ReportService>().Save(await Hub.PersonId(People.Claire), webinar, 2, "Theirs", null, TestContext.Current.CancellationToken)).Refusal);
        using var stale = await browser.PostForm(Path(webinar), Path(webinar) + "?handler=save", ("Input.Version", "2"), ("Input.Minutes", "Mine"));
        var shown = await stale.Document(HttpStatusCode.Conflict);
        Assert.Contains("Theirs", shown.Words("[role=alert]"), StringComparison.Ordinal);
        Assert.Equal("Mine", shown.QuerySelector("#Input-Minutes")!.TextContent.Trim());
        Assert.Equal("3", shown.QuerySelector("input[name='Input.Version']")!.GetAttribute("value"));
    }

    [Fact]
    public async Task Materials_are_added_shown_to_invitees_and_removed()
    {
        var webinar = await Hub.Stage("Ahead", Hub.InDays(4));
        await Hub.Invite(webinar, People.Rana);
        using var browser = await Hub.Browser(People.Claire);
        using var added = await browser.PostForm(Path(webinar), Path(webinar) + "?handler=material", ("Material.Title", "Slides"), ("Material.Url", "https://files.example.org/slides"));
        using var bad = await browser.PostForm(Path(webinar), Path(webinar) + "?handler=material", ("Material.Title", "Paper"), ("Material.Url", "javascript:alert(1)"));
        Assert.Equal("Paper", (await bad.Document(HttpStatusCode.BadRequest)).QuerySelector("#Material-Title")!.GetAttribute("value"));
        Assert.NotNull((await Shown(People.Rana, webinar)).QuerySelector("a[href='https://files.example.org/slides'][rel~=noreferrer]"));
        var material = await Hub.Db(db => db.WebinarMaterials.Where(m => m.WebinarId == webinar).Select(m => m.Id).SingleAsync());
        using var gone = await browser.PostForm(Path(webinar), Path(webinar) + "?handler=drop", ("material", material.ToString()));
        Assert.Null((await Shown(People.Rana, webinar)).QuerySelector("a[href='https://files.example.org/slides']"));
    }

    [Fact]
    public async Task Minutes_and_recording_are_for_invitees_once_it_is_over()
    {
        var (ahead, over) = (await Hub.Stage("Ahead", Hub.InDays(4)), await Ended());
        await Hub.Invite(ahead, People.Rana);
        foreach (var webinar in new[] { ahead, over })
        {
            Assert.Null((await Hub.Get<ReportService>().Save(await Hub.PersonId(People.Claire), webinar, 2, "## Decisions\n\n<script>alert(1)</script>", "https://video.example.org/1", TestContext.Current.CancellationToken)).Refusal);
        }
        var early = await Shown(People.Rana, ahead);
        Assert.Null(early.QuerySelector(".minutes"));
        Assert.Null(early.QuerySelector("a[href='https://video.example.org/1']"));
        Assert.Null(early.QuerySelector(".survey"));
        var late = await Shown(People.Rana, over);
        Assert.Equal("Decisions", late.QuerySelector(".minutes h3")!.TextContent);
        Assert.Null(late.QuerySelector(".minutes script"));
        Assert.NotNull(late.QuerySelector("a[href='https://video.example.org/1']"));
        Assert.NotNull(late.QuerySelector(".survey form"));
        Assert.Null((await Shown(People.Claire, over)).QuerySelector(".survey"));
    }

    [Fact]
    public async Task An_invitee_answers_the_three_questions_on_the_page()
    {
        var webinar = await Ended();
        using var browser = await Hub.Browser(People.Rana);
        using var bad = await browser.PostForm($"/webinars/{webinar}", $"/webinars/{webinar}?handler=survey", ("takesHome", "The market day"));
        var refused = await bad.Document(HttpStatusCode.BadRequest);
        Assert.Equal("The market day", refused.QuerySelector("#takesHome")!.TextContent.Trim());
        Assert.NotNull(refused.QuerySelector(".survey .err"));
        using var said = await browser.PostForm($"/webinars/{webinar}", $"/webinars/{webinar}?handler=survey", ("useful", "4"), ("takesHome", "The market day"), ("better", "<b>Time</b>"));
        Assert.Equal(HttpStatusCode.Redirect, said.StatusCode);
        Assert.Contains("Thank you", (await Shown(People.Rana, webinar)).Words(".survey [role=status]"), StringComparison.Ordinal);

        using var organiser = await Hub.Browser(People.Claire);
        var report = await (await organiser.Get(Path(webinar))).Document();
        Assert.Equal(["The market day", "<b>Time</b>"], report.QuerySelectorAll(".said-of li").Select(one => one.TextContent));
        Assert.Equal("1", report.QuerySelectorAll(".bars .num")[1].TextContent);
        Assert.DoesNotContain("Rana", report.QuerySelector("[aria-labelledby=survey]")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_follow_up_is_shown_first_goes_once_and_then_says_when()
    {
        var webinar = await Ended();
        using var browser = await Hub.Browser(People.Claire);
        var shown = await (await browser.Get(Path(webinar) + "?ask=follow-up")).Document();
        Assert.Equal(2, shown.QuerySelectorAll(".ask .letter").Length);
        Assert.Contains("Send to 3 people", shown.Words(".ask form"), StringComparison.Ordinal);
        Assert.Equal(0, await Mails());

        using var sent = await browser.PostForm(Path(webinar), Path(webinar) + "?handler=followUp");
        using var again = await browser.PostForm(Path(webinar), Path(webinar) + "?handler=followUp");
        Assert.Contains("It had gone out already", (await (await browser.Get(Path(webinar))).Document()).Words(".flash"), StringComparison.Ordinal);
        Assert.Equal(3, await Mails());
        var after = await (await browser.Get(Path(webinar) + "?ask=follow-up")).Document();
        Assert.Null(after.QuerySelector(".ask"));
        Assert.Contains("It went out on", after.Words("[aria-labelledby=follow-up]"), StringComparison.Ordinal);

        Task<long> Mails() => Hub.Scalar<long>("select count(*) from emails where kind = 'follow-up' and about ->> 'webinarId' = $1", webinar.ToString());
    }

    [Theory]
    [InlineData("csv", "text/csv")]
    [InlineData("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")]
    public async Task The_list_is_taken_away_as_a_file(string format, string type)
    {
        var webinar = await Ended();
        using var browser = await Hub.Browser(People.Claire);
        using var file = await browser.Get($"{Path(webinar)}.{format}");
        Assert.Equal((HttpStatusCode.OK, type, "attachment"), (file.StatusCode, file.Content.Headers.ContentType!.MediaType, file.Content.Headers.ContentDisposition!.DispositionType));
        Assert.True(file.Headers.CacheControl?.NoStore);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.Get($"{Path(webinar)}.pdf")).StatusCode);
    }

    [Theory]
    [InlineData(People.Rana, HttpStatusCode.Forbidden)]
    [InlineData(People.Lina, HttpStatusCode.NotFound)]
    public async Task Nobody_but_who_runs_it_has_a_report(string email, HttpStatusCode status)
    {
        var webinar = await Ended();
        using var browser = await Hub.Browser(email);
        foreach (var path in new[] { "", "?ask=follow-up", "?from=template", ".csv", ".xlsx" })
        {
            Assert.Equal(status, (await browser.Get(Path(webinar) + path)).StatusCode);
        }
        foreach (var handler in new[] { "save", "material", "drop", "mark", "followUp" })
        {
            using var answer = await browser.PostForm("/account", $"{Path(webinar)}?handler={handler}", ("person", (await Hub.PersonId(People.Emre)).ToString()), ("there", "true"), ("Input.Version", "2"));
            Assert.Equal(status, answer.StatusCode);
        }
        Assert.Null((await Hub.Attendance(webinar)).Invited.Single(one => one.Email == People.Emre).Presence);
    }

    [Fact]
    public async Task Before_the_start_there_is_nobody_to_list()
    {
        var webinar = await Hub.Stage("Ahead", Hub.InDays(4));
        using var browser = await Hub.Browser(People.Claire);
        var page = await (await browser.Get(Path(webinar))).Document();
        Assert.Null(page.QuerySelector("table, .chart"));
        Assert.NotNull(page.QuerySelector("#Input-Minutes"));
        Assert.NotNull((await (await browser.Get($"/webinars/{webinar}/answers")).Document()).QuerySelector($"a[href='{Path(webinar)}']"));
        Assert.NotNull((await (await browser.Get($"/webinars/{webinar}")).Document()).QuerySelector($"a[href='{Path(webinar)}']"));
    }

    private static string Path(Guid webinar) => $"/webinars/{webinar}/report";

    private async Task<AngleSharp.Html.Dom.IHtmlDocument> Shown(string email, Guid webinar)
    {
        await Hub.Db(db => db.People.Where(p => p.Email == email).ExecuteUpdateAsync(set => set.SetProperty(p => p.Language, "en")));
        using var browser = await Hub.Browser(email);
        return await (await browser.Get($"/webinars/{webinar}")).Document();
    }

    private Task<int> Speak(string language) => Hub.Db(db => db.People.Where(p => p.Email == People.Claire).ExecuteUpdateAsync(set => set.SetProperty(p => p.Language, language)));

    /// <summary>Three of one group invited: one was there for an hour, one opened the meeting, one had said yes and did not come.</summary>
    private async Task<Guid> Ended()
    {
        var webinar = await Hub.Stage("Over", Hub.InDays(-1));
        await Hub.Invite(webinar, People.Rana, Invitation.Accepted);
        await Hub.Invite(webinar, People.Selin, Invitation.Tentative);
        await Hub.Invite(webinar, People.Emre, Invitation.Accepted);
        await Hub.Execute("update invitations set group_id = (select id from twinning_groups where slug = $2) where webinar_id = $1", webinar, People.TheirGroup);
        await Hub.Visit(webinar, People.Rana, 0, 60);
        await Hub.Visit(webinar, People.Selin, 7, 7, RoomVisit.Meeting);
        await Hub.Visit(webinar, People.Claire, 0, 90);
        return webinar;
    }
}
