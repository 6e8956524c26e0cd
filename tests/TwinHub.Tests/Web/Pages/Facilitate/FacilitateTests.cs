using System.Net;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using TwinHub.Core.Facilitation;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Pages.Facilitate;

/// <summary>From the board to who owes what and a nudge in two clicks; nothing goes out that was not read before, and nothing twice.</summary>
public sealed class FacilitateTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task From_the_board_it_is_two_clicks_to_who_owes_what_and_the_mails()
    {
        await Hub.OweUpdate("duhok-mardin", 12);
        using var claire = await Claire();
        var board = await Read(claire, "/facilitate");
        Assert.Equal("/facilitate/duhok-mardin", board.QuerySelector("a[href='/facilitate/duhok-mardin']")!.GetAttribute("href"));
        var desk = await Read(claire, "/facilitate/duhok-mardin");
        var items = desk.QuerySelectorAll("input[name=item]").Select(item => item.GetAttribute("value")!).ToList();
        Assert.Equal(2, items.Count);
        var nudge = await Read(claire, $"/facilitate/nudge?group=duhok-mardin&item={items[0]}");
        var letter = Assert.Single(nudge.QuerySelectorAll(".letter"));
        Assert.NotEqual("", letter.GetAttribute("lang"));
        Assert.Equal(0, await Hub.Scalar<long>("select count(*) from nudges n join twinning_groups g on g.id = n.group_id where g.slug = 'duhok-mardin'"));
    }

    [Fact]
    public async Task A_nudge_goes_out_as_it_was_shown_and_only_once_a_day()
    {
        var update = await Hub.OweUpdate(People.TheirGroup, 9);
        await Hub.Execute("update people set language = case email when $1 then 'ar' else 'tr' end where email in ($1, 'derya.polat@gaziantep.example.org')", People.Rana);
        using var claire = await Claire();
        var shown = await Post(claire, "/facilitate/nudge?handler=preview", ("group", People.TheirGroup), ("text", "Sizi sahada görmek ne güzeldi."));
        Assert.Equal(["ar", "tr"], Parse(shown.Text).QuerySelectorAll(".letter").Select(letter => letter.GetAttribute("lang")!).Order());
        var items = Parse(shown.Text).QuerySelectorAll("input[name=item]").Select(item => ("item", item.GetAttribute("value")!)).ToArray();
        (string, string)[] form = [("group", People.TheirGroup), ("text", "Sizi sahada görmek ne güzeldi."), .. items];
        Assert.Equal($"/facilitate/{People.TheirGroup}?sent=2", (await Post(claire, "/facilitate/nudge", form)).Location);
        var again = await Post(claire, "/facilitate/nudge", form);
        Assert.Equal(HttpStatusCode.Conflict, again.Status);
        Assert.Equal(["derya.polat@gaziantep.example.org", People.Rana], await Recipients(update));
        Assert.Equal(2, await Hub.Scalar<long>("select count(*) from emails e join nudges n on n.email_id = e.id where n.subject_id = $1 and e.kind = 'nudge' and e.about ->> 'group' = $2 and e.about ? 'quarter'", update, People.TheirGroup));
        Assert.Contains("Reply-To: ", await Hub.Scalar<string>("select convert_from(substring(e.content for 2000), 'UTF8') from emails e join nudges n on n.email_id = e.id where n.subject_id = $1 limit 1", update), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_presses_at_once_send_once()
    {
        var update = await Hub.OweUpdate("mafraq-kilis", 4);
        var (claire, request) = (await Hub.PersonId(People.Claire), new NudgeRequest(["mafraq-kilis"], null, null));
        var sent = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Hub.Get<GroupNudgeService>().Send(claire, request, TestContext.Current.CancellationToken)));
        Assert.Single(sent, one => one.Refusal is null);
        Assert.Equal(2, (await Recipients(update)).Count);
    }

    [Fact]
    public async Task Who_has_answered_a_review_is_not_nudged_about_it()
    {
        var review = await Hub.OweReview("hebron-mersin", 3);
        await Hub.Execute("""
            with owes as (insert into review_partners (review_id, organisation_id) select $1, p.organisation_id from group_partners p join twinning_groups g on g.id = p.group_id where g.slug = 'hebron-mersin')
            insert into review_answers (review_id, organisation_id, person_id, went_well, strengthen, answered_at, changed_at)
            select $1, p.organisation_id, (select id from people limit 1), 'Much', 'Little', now(), now() from group_partners p join twinning_groups g on g.id = p.group_id where g.slug = 'hebron-mersin' and p.position = 0
            """, review);
        using var claire = await Claire();
        var desk = await Read(claire, "/facilitate/hebron-mersin");
        Assert.Single(desk.QuerySelectorAll($"input[name=item][value^='review:{review}']"));
    }

    [Fact]
    public async Task What_is_done_meanwhile_holds_the_mail_back()
    {
        var update = await Hub.OweUpdate("erbil-irbid", 6);
        var mails = Hub.Get<TwinHub.Core.Mail.MailReason>();
        var mail = new TwinHub.Core.Mail.OutgoingMail(Guid.NewGuid(), "", "", "", TwinHub.Core.Mail.MailReason.UpdateOwed(update), [], 0);
        Assert.True(await mails.StillHolds(mail, TestContext.Current.CancellationToken));
        await Hub.Execute("update quarterly_updates set submitted_at = now(), submitted_via = 'page', submitted_by = (select id from people limit 1) where id = $1", update);
        Assert.False(await mails.StillHolds(mail, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_message_reaches_each_person_once_and_a_second_press_nobody()
    {
        using var claire = await Claire();
        var id = Guid.CreateVersion7();
        (string, string)[] form = [("id", id.ToString()), ("group", "nablus-saida"), ("group", "bethlehem-madaba"), ("to", "leads"), ("subject", "Spring visits"), ("text", "Dear all,\nplease look at the dates.")];
        var shown = Parse((await Post(claire, "/facilitate/message?handler=preview", form)).Text);
        Assert.Contains("please look at the dates", Assert.Single(shown.QuerySelectorAll(".letter")).TextContent, StringComparison.Ordinal);
        Assert.Equal("/facilitate?sent=4", (await Post(claire, "/facilitate/message", form)).Location);
        Assert.Equal("/facilitate?sent=4", (await Post(claire, "/facilitate/message", form)).Location);
        Assert.Equal(4, await Hub.Scalar<long>("select count(distinct e.recipient) from nudges n join emails e on e.id = n.email_id where n.subject_id = $1 and e.kind = 'other' and e.subject = 'Spring visits'", id));
        Assert.Equal(4, (await Recipients(id)).Count);
    }

    [Theory]
    [InlineData("", "Text", "subject")]
    [InlineData("Spring", " ", "text")]
    public async Task A_message_without_words_comes_back_with_what_was_typed(string subject, string text, string field)
    {
        using var claire = await Claire();
        var answer = await Post(claire, "/facilitate/message", ("id", Guid.NewGuid().ToString()), ("group", People.TheirGroup), ("to", "all"), ("subject", subject), ("text", text));
        Assert.Equal(HttpStatusCode.BadRequest, answer.Status);
        var page = Parse(answer.Text);
        Assert.NotNull(page.QuerySelector($"#{field}[aria-invalid=true]"));
        Assert.Equal(subject, page.QuerySelector("#subject")!.GetAttribute("value"));
        Assert.True(page.QuerySelector("#to-all")!.HasAttribute("checked"));
    }

    [Fact]
    public async Task The_history_tells_who_was_nudged_by_whom()
    {
        await Hub.OweUpdate("bar-elias-antakya", 6);
        using var claire = await Claire();
        await Post(claire, "/facilitate/nudge", [("group", "bar-elias-antakya"), .. (await Read(claire, "/facilitate/bar-elias-antakya")).QuerySelectorAll("input[name=item]").Select(item => ("item", item.GetAttribute("value")!))]);
        var history = await Read(claire, "/facilitate/bar-elias-antakya/history");
        Assert.Equal(2, history.QuerySelectorAll("li").Count(line => line.TextContent.Contains("Nudge to", StringComparison.Ordinal) && line.TextContent.Contains("Claire Fabre", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Filters_leave_only_what_they_name()
    {
        await Hub.OweReview("ramtha-tyre", -2);
        using var claire = await Claire();
        var overdue = await Read(claire, "/facilitate?filter=overdue&sort=review");
        Assert.NotNull(overdue.QuerySelector("a[href='/facilitate/ramtha-tyre'].b"));
        Assert.Null(overdue.QuerySelector("a[href='/facilitate/tripoli-adana'].b"));
        Assert.True((await Read(claire, "/facilitate")).QuerySelectorAll(".board tbody tr").Length >= 11);
    }

    [Fact]
    public async Task Each_arc_of_the_map_is_a_link_with_a_name_and_the_map_is_not_mirrored()
    {
        using var claire = await Claire();
        var drawn = new List<(string Name, string Line)>();
        foreach (var language in new[] { "ar", "en" })
        {
            await Hub.Execute("update people set language = $1 where email = $2", language, People.Claire);
            var arc = (await Read(claire, "/facilitate/map")).QuerySelector($"svg.map a[href='/facilitate/{People.TheirGroup}']")!;
            Assert.Equal(arc.GetAttribute("aria-label"), arc.QuerySelector("title")!.TextContent);
            drawn.Add((arc.GetAttribute("aria-label")!, arc.QuerySelector(".arc")!.GetAttribute("d")!));
        }
        Assert.Equal(drawn[0].Line, drawn[1].Line);
        Assert.NotEqual(drawn[0].Name, drawn[1].Name);
    }

    [Fact]
    public async Task A_network_round_the_world_is_drawn_without_a_coast()
    {
        using var facilitator = await Hub.Browser(People.ForeignFacilitator);
        var map = (await Read(facilitator, "/facilitate/map")).QuerySelector("svg.map")!;
        Assert.NotNull(map.QuerySelector("a[href='/facilitate/canada-japan']"));
        Assert.NotNull(map.QuerySelector("path.hair"));
        Assert.Null(map.QuerySelector("path.land"));
    }

    [Fact]
    public async Task Only_facilitators_find_the_board_in_the_rail()
    {
        using var claire = await Claire();
        using var rana = await Hub.Browser(People.Rana);
        Assert.NotNull((await Read(claire, "/")).QuerySelector(".rail a[href='/facilitate']"));
        Assert.Null((await Read(rana, "/")).QuerySelector("a[href='/facilitate']"));
    }

    /// <summary>A facilitator who reads English.</summary>
    private async Task<HttpClient> Claire()
    {
        await Hub.Execute("update people set language = 'en' where email = $1", People.Claire);
        return await Hub.Browser(People.Claire);
    }

    private async Task<List<string>> Recipients(Guid subject) =>
        await Hub.Db(db => Task.FromResult(db.Nudges.Where(n => n.SubjectId == subject).Join(db.People, n => n.PersonId, p => p.Id, (n, p) => p.Email).OrderBy(email => email).ToList()));

    private static async Task<IDocument> Read(HttpClient browser, string path) => Parse(await browser.Text(path));

    private static IDocument Parse(string html) => new HtmlParser().ParseDocument(html);

    private static async Task<(HttpStatusCode Status, string? Location, string Text)> Post(HttpClient browser, string action, params (string, string)[] fields)
    {
        using var answer = await browser.PostForm("/account", action, fields);
        return (answer.StatusCode, answer.Headers.Location?.ToString(), await answer.Text());
    }
}
