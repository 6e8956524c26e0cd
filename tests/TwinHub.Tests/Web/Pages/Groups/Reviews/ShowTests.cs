using System.Net;
using TwinHub.Tests.Support;
using TwinHub.Tests.Web.Pages.Webinars;
using Xunit;

namespace TwinHub.Tests.Web.Pages.Groups.Reviews;

/// <summary>The pages of the plan and of reviews as plain forms: what is typed stays, what is pressed twice counts once.</summary>
public sealed class ShowTests(OrganiserHub fixture) : IClassFixture<OrganiserHub>
{
    private const string Plan = $"/groups/{People.TheirGroup}/plan";

    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task An_empty_plan_says_what_to_do_first_and_who_only_reads_is_not_asked_to()
    {
        using var claire = await Hub.Browser(People.Claire);
        var page = await (await claire.Get("/groups/ramtha-tyre/plan")).Document();
        Assert.Contains("Nothing is planned yet", page.Words(".empty"), StringComparison.Ordinal);
        Assert.NotNull(page.QuerySelector("a[href='/groups/ramtha-tyre/plan/activity']"));
        var reviews = await (await claire.Get("/groups/ramtha-tyre/reviews")).Document();
        Assert.NotNull(reviews.QuerySelector(".empty a[href='/groups/ramtha-tyre/plan/milestone']"));

        using var karim = await Hub.Browser("karim.hammoud@saida.example.org");
        var read = await (await karim.Get("/groups/nablus-saida/plan")).Document();
        Assert.Empty(read.QuerySelectorAll("main .page a[href], main .page form"));
        Assert.Equal(HttpStatusCode.Forbidden, (await karim.Get("/groups/nablus-saida/plan/activity")).StatusCode);
    }

    [Fact]
    public async Task An_activity_is_added_moved_on_and_changed()
    {
        using var claire = await Hub.Browser(People.Claire);
        var typed = new[] { ("Input.Title", "Nine streets"), ("Input.Kind", "visit"), ("Input.StartsOn", "2028-03-02"), ("Input.EndsOn", "2028-03-01") };
        using var refused = await claire.PostForm($"{Plan}/activity", $"{Plan}/activity", typed);
        var form = await refused.Document(HttpStatusCode.BadRequest);
        Assert.Equal("This ends before it starts. Please check the two days.", form.Words("#Input-EndsOn-error"));
        Assert.Equal("Nine streets", form.QuerySelector("#Input-Title")!.GetAttribute("value"));

        string? row = null;
        for (var press = 0; press < 2; press++)
        {
            using var saved = await claire.PostForm($"{Plan}/activity", $"{Plan}/activity", [.. typed[..3], ("Input.EndsOn", "2028-03-04")]);
            row = saved.Headers.Location!.ToString().Split("#")[1];
        }
        var id = row!["r-".Length..];
        await claire.PostForm(Plan, $"{Plan}?handler=state", ("id", id), ("state", "begun"));
        await claire.PostForm($"{Plan}/activity/{id}", $"{Plan}/activity/{id}", [.. typed[..3], ("Input.EndsOn", "2028-03-05")]);

        var plan = await (await claire.Get(Plan)).Document();
        Assert.Single(plan.QuerySelectorAll(".planned b"), b => b.TextContent == "Nine streets");
        var words = plan.Words($"#{row}");
        Assert.Contains("under way", words, StringComparison.Ordinal);
        Assert.Contains("2 Mar 2028 to 5 Mar 2028", words, StringComparison.Ordinal);
        Assert.Contains("Tripoli · Gaziantep", words, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_milestone_is_reviewed_unless_one_says_otherwise_and_its_day_cannot_come_closer_once_answered()
    {
        using var claire = await Hub.Browser(People.Claire);
        var form = await (await claire.Get($"{Plan}/milestone")).Document();
        Assert.True(form.QuerySelector("#review")!.HasAttribute("checked"));
        await claire.PostForm($"{Plan}/milestone", $"{Plan}/milestone", ("Input.Title", "Council vote"), ("Input.DueOn", $"{Hub.Day(60):yyyy-MM-dd}"), ("Input.IsReviewed", "true"));
        var review = await Hub.Scalar<Guid>("select r.id from milestone_reviews r join milestones m on m.id = r.milestone_id where m.title = 'Council vote'");
        var milestone = await Hub.Scalar<Guid>("select milestone_id from milestone_reviews where id = $1", review);
        await Hub.Days(review, -1, 60);
        await Hub.Answer(People.Rana, review, "Answered");

        using var earlier = await claire.PostForm($"{Plan}/milestone/{milestone}", $"{Plan}/milestone/{milestone}", ("Input.Title", "Council vote"), ("Input.DueOn", $"{Hub.Day(59):yyyy-MM-dd}"), ("Input.IsReviewed", "true"));
        Assert.Contains("can only move later", (await earlier.Document(HttpStatusCode.BadRequest)).Words("#Input-DueOn-error"), StringComparison.Ordinal);
        var page = $"/groups/{People.TheirGroup}/reviews/{review}";
        using var moved = await claire.PostForm(page, $"{page}?handler=postpone", ("DueOn", $"{Hub.Day(59):yyyy-MM-dd}"));
        Assert.Contains("can only move later", (await moved.Document(HttpStatusCode.BadRequest)).Words("#DueOn-error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_partner_typed_comes_back_beside_what_is_missing_and_a_colleague_s_newer_answer()
    {
        var (objective, review) = (await Hub.Objective("Nine licences"), await Hub.Review("Typed"));
        var page = $"/groups/{People.TheirGroup}/reviews/{review}";
        using var rana = await Hub.Browser(People.Rana);
        using var refused = await rana.PostForm(page, $"{page}?handler=answer", ("Input.WentWell", "Long and careful"), ("Input.Strengthen", "Shorter"), ("Input.Version", "0"));
        var form = await refused.Document(HttpStatusCode.BadRequest);
        Assert.Equal(["Long and careful", "Shorter"], form.QuerySelectorAll(".fields textarea").Select(one => one.TextContent.Trim()));
        Assert.NotEqual("", form.Words(".fields .help.err"));

        Assert.Null((await Hub.Answer(People.Ziad, review, "By Ziad")).Refusal);
        var ratings = (await Hub.Input(review, "")).Ratings.Keys.Select(id => ($"Input.Ratings[{id}]", "3")).ToArray();
        (string, string)[] typed = [("Input.WentWell", "By Rana"), ("Input.Strengthen", "Shorter"), .. ratings];
        using var conflict = await rana.PostForm(page, $"{page}?handler=answer", [.. typed, ("Input.Version", "0")]);
        var both = await conflict.Document(HttpStatusCode.Conflict);
        Assert.Contains("By Ziad", both.Words("[role=alert]"), StringComparison.Ordinal);
        Assert.Equal(("1", "By Rana"), (both.QuerySelector("[name='Input.Version']")!.GetAttribute("value"), both.QuerySelector("[name='Input.WentWell']")!.TextContent.Trim()));
        Assert.True(both.QuerySelector($"[name='Input.Ratings[{objective}]'][value='3']")!.HasAttribute("checked"));
        using var meant = await rana.PostForm(page, $"{page}?handler=answer", [.. typed, ("Input.Version", "1")]);
        Assert.Equal(page, meant.Headers.Location?.ToString());
    }

    [Fact]
    public async Task Open_answers_stand_side_by_side_and_the_reviewer_concludes_with_steps()
    {
        await Hub.Objective("Forty stalls");
        var review = await Hub.Review("Side by side");
        await Hub.Answer(People.Rana, review, "Tripoli says");
        await Hub.Answer(People.Selin, review, "Gaziantep says");
        var page = $"/groups/{People.TheirGroup}/reviews/{review}";
        using var claire = await Hub.Browser(People.Claire);
        var open = await (await claire.Get(page)).Document();
        var articles = open.QuerySelectorAll(".side-by-side article").ToList();
        Assert.Equal(2, articles.Count);
        Assert.All(articles, one => Assert.Contains("half way", one.TextContent, StringComparison.Ordinal));

        var steps = new[] { ("Conclusion.Text", "We go on"), ("Conclusion.Seen", "0"), ("Conclusion.Steps[0].Title", ""), ("Conclusion.Steps[1].Title", "One page"), ("Conclusion.Steps[1].Kind", "training") };
        using var refused = await claire.PostForm(page, $"{page}?handler=conclude", [.. steps, ("Conclusion.Steps[1].DueOn", "")]);
        var form = await refused.Document(HttpStatusCode.BadRequest);
        Assert.NotNull(form.QuerySelector("#Conclusion-Steps\\[0\\]-DueOn-error"));
        for (var press = 0; press < 2; press++)
        {
            using var saved = await claire.PostForm(page, $"{page}?handler=conclude", [.. steps, ("Conclusion.Steps[1].DueOn", $"{Hub.Day(9):yyyy-MM-dd}")]);
            Assert.Equal(HttpStatusCode.Redirect, saved.StatusCode);
        }
        Assert.Equal(1L, await Hub.Scalar<long>("select count(*) from activities where review_id = $1", review));
        Assert.Contains("One page", (await (await claire.Get(page)).Document()).Words("[aria-labelledby=conclusion]"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_end_of_a_twinning_is_asked_for_twice_and_leaves_an_archive_that_is_read()
    {
        const string Group = "/groups/erbil-irbid";
        using var claire = await Hub.Browser(People.Claire);
        await claire.PostForm($"{Group}/reviews", $"{Group}/reviews?handler=final");
        var final = await Hub.Scalar<Guid>("select id from milestone_reviews where milestone_id is null and group_id = (select id from twinning_groups where slug = 'erbil-irbid')");
        await Hub.Days(final, -9, -1);
        Assert.Null((await (await claire.Get($"{Group}/reviews?ask=complete")).Document()).QuerySelector("form[action$=complete]"));
        await claire.PostForm($"{Group}/reviews/{final}", $"{Group}/reviews/{final}?handler=conclude", ("Conclusion.Text", "Well done"), ("Conclusion.Seen", "0"));
        Assert.NotNull((await (await claire.Get($"{Group}/reviews?ask=complete")).Document()).QuerySelector("form[action$=complete]"));
        for (var press = 0; press < 2; press++)
        {
            using var ended = await claire.PostForm("/account", $"{Group}/reviews?handler=complete");
            Assert.Equal($"{Group}/reviews", ended.Headers.Location?.ToString());
        }
        foreach (var path in new[] { "/plan", "/reviews", $"/reviews/{final}" })
        {
            Assert.Empty((await (await claire.Get(Group + path)).Document()).QuerySelectorAll("main .page form"));
        }
        Assert.Equal($"{Group}/plan", (await claire.Get($"{Group}/plan/activity")).Headers.Location?.ToString());
        using var late = await claire.PostForm("/account", $"{Group}/plan/activity", ("Input.Title", "Too late"), ("Input.Kind", "visit"), ("Input.StartsOn", "2028-03-02"));
        Assert.Equal(HttpStatusCode.Conflict, late.StatusCode);
    }
}
