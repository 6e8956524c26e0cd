using System.Net;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Pages.Webinars;

public sealed class NewTests(OrganiserHub fixture) : IClassFixture<OrganiserHub>
{
    private TestHub Hub => fixture.Hub;

    [Theory]
    [InlineData("Input.Title", "", "Input-Title", "Please write a title")]
    [InlineData("Input.Day", "", "Input-Day", "Please give the day")]
    [InlineData("Input.Duration", "3", "Input-Duration", "A webinar lasts between")]
    [InlineData("Input.TimeZone", "Moon/Base", "Input-TimeZone", "time zone")]
    [InlineData("Input.Capacity", "0", "Input-Capacity", "The number of seats")]
    [InlineData("Input.Capacity", "many", "Input-Capacity", "The number of seats")]
    [InlineData("Input.JoinUrl", "meet.example", "Input-JoinUrl", "Write the whole address")]
    [InlineData("Invite.People", "Nobody Known", "Invite-People", "Somebody named here cannot be invited")]
    [InlineData("Invite.Guests", "no address, Paul", "Invite-Guests", "address")]
    [InlineData("Invite.Guests", "paul@donor.example.org, Paul, xx", "Invite-Guests", "language")]
    public async Task A_refusal_stands_at_its_field_and_everything_typed_stays(string field, string value, string id, string sentence)
    {
        using var browser = await Hub.Browser(People.Claire);
        var before = await Hub.Db(db => db.Webinars.CountAsync());

        using var answer = await browser.PostForm(WebinarPages.Page, "/webinars/new", WebinarPages.Filled("draft", ("Invite.Groups", People.TheirGroup), (field, value)));

        var page = await answer.Document(HttpStatusCode.BadRequest);
        Assert.Contains(sentence, page.Words($"#{id}-error"), StringComparison.OrdinalIgnoreCase);
        Assert.Equal("true", page.QuerySelector("#" + id)!.GetAttribute("aria-invalid"));
        Assert.Equal(field == "Input.Title" ? "" : "Twinning Arrangements", page.QuerySelector("#Input-Title")!.GetAttribute("value") ?? "");
        Assert.Equal("Meet\nTake stock", page.QuerySelector("#Input-Aims")!.TextContent);
        Assert.True(page.QuerySelector($"#g-{People.TheirGroup}")!.HasAttribute("checked"));
        Assert.Equal(before, await Hub.Db(db => db.Webinars.CountAsync()));
    }

    [Fact]
    public async Task A_past_time_is_refused_when_it_would_be_sent()
    {
        using var browser = await Hub.Browser(People.Claire);
        using var answer = await browser.PostForm(WebinarPages.Page, "/webinars/new", WebinarPages.Filled("send", ("Input.Day", "2024-05-06"), ("Invite.Groups", People.TheirGroup)));
        Assert.Contains("already passed", (await answer.Document(HttpStatusCode.BadRequest)).Words("#Input-Day-error"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_sent_to_nobody()
    {
        using var browser = await Hub.Browser(People.Claire);
        using var answer = await browser.PostForm(WebinarPages.Page, "/webinars/new", WebinarPages.Filled("send"));
        Assert.Contains("Please choose whom to invite.", (await answer.Document(HttpStatusCode.BadRequest)).Words("#webinar"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_tells_the_local_times_and_keeps_nothing()
    {
        using var browser = await Hub.Browser(People.Claire);
        var (webinars, people) = (await Hub.Db(db => db.Webinars.CountAsync()), await Hub.Db(db => db.People.CountAsync()));

        using var answer = await browser.PostForm(WebinarPages.Page, "/webinars/new",
            WebinarPages.Filled("check", ("Input.Day", "2026-11-10"), ("Invite.AllGroups", "true"), ("Invite.Guests", "paul.tessier@donor.example.org, Paul Tessier, fr")));

        var page = await answer.Document();
        Assert.Contains("What 10:00 is for them", page.Words("#outlook"), StringComparison.Ordinal);
        Assert.Contains("12:00", page.Words("#outlook .tz"), StringComparison.Ordinal);
        Assert.Contains("UTC+3", page.Words("#outlook .tz"), StringComparison.Ordinal);
        Assert.StartsWith("Send ", page.Words("#send"), StringComparison.Ordinal);
        Assert.Equal((webinars, people), (await Hub.Db(db => db.Webinars.CountAsync()), await Hub.Db(db => db.People.CountAsync())));
    }

    [Theory]
    [InlineData("2026-11-13", "10:00", "Friday is at the weekend in Jordan")]
    [InlineData("2026-11-15", "10:00", "Sunday is at the weekend in Türkiye")]
    [InlineData("2026-10-29", "10:00", "Republic Day, a public holiday in Türkiye")]
    [InlineData("2027-05-17", "10:00", "Eid al-Adha is expected about this day in Jordan")]
    [InlineData("2026-11-10", "04:00", "Before 8:00 in the morning")]
    [InlineData("2026-11-10", "15:00", "Past 18:00 in the evening")]
    public async Task A_time_that_does_not_suit_is_pointed_out(string day, string time, string warning)
    {
        using var browser = await Hub.Browser(People.Claire);
        using var answer = await browser.PostForm(WebinarPages.Page, "/webinars/new", WebinarPages.Filled("check", ("Input.Day", day), ("Input.Time", time), ("Invite.Groups", People.OtherGroup)));
        Assert.Contains(warning, (await answer.Document()).Words(".warnings"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Another_webinar_of_the_same_people_is_named_only_to_who_may_see_it()
    {
        await Hub.Webinar(publish: true, new InviteList(Groups: [People.OtherGroup], People: [People.Rana]), "Cooperatives in the city", "2027-09-07T10:30");
        using var claire = await Hub.Browser(People.Claire);
        using var rana = await Hub.Browser(People.Rana);
        using var lina = await Hub.Browser(People.Lina);
        var at = new[] { ("Input.Day", "2027-09-07") };

        using var facilitator = await claire.PostForm(WebinarPages.Page, "/webinars/new", WebinarPages.Filled("check", [.. at, ("Invite.People", People.Rana)]));
        using var lead = await lina.PostForm(WebinarPages.Page, "/webinars/new", WebinarPages.Filled("check", [.. at, ("Invite.Groups", People.OtherGroup)]));

        Assert.Contains("At the same time as [HMLN Webinar] Cooperatives in the city: 1 person.", (await facilitator.Document()).Words(".warnings"), StringComparison.Ordinal);
        Assert.Contains("[HMLN Webinar] Cooperatives in the city", (await lead.Document()).Words(".warnings"), StringComparison.Ordinal);
        await Hub.Webinar(publish: true, new InviteList(People: [People.Ziad]), "Nothing for others", "2027-09-14T10:30");
        using var other = await rana.PostForm(WebinarPages.Page, "/webinars/new", WebinarPages.Filled("check", ("Input.Day", "2027-09-14"), ("Invite.People", People.Ziad)));
        var hidden = (await other.Document()).Words(".warnings");
        Assert.Contains("At the same time as another webinar: 1 person.", hidden, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing for others", hidden, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_draft_is_saved_without_a_mail_and_shows_what_the_time_is_for_those_invited()
    {
        using var browser = await Hub.Browser(People.Claire);
        using var answer = await browser.PostForm(WebinarPages.Page, "/webinars/new", WebinarPages.Filled("draft", ("Input.Title", "A quiet draft"), ("Invite.Groups", People.TheirGroup), ("Invite.People", "Lina Haddad")));

        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        var path = answer.Headers.Location!.ToString();
        Assert.EndsWith("/edit", path, StringComparison.Ordinal);
        var webinar = await Hub.Db(db => db.Webinars.SingleAsync(w => w.Title == "A quiet draft"));
        Assert.Equal(Webinar.Draft, webinar.State);
        Assert.All(await Hub.Invitations(webinar.Id), invitation => Assert.Null(invitation.EmailId));
        var page = await (await browser.Get(path)).Document();
        Assert.Contains("Gaziantep", page.Words("#outlook"), StringComparison.Ordinal);
        Assert.Contains("Zarqa", page.Words("#outlook"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_sent_twice_makes_one_webinar_and_leads_to_the_same_page()
    {
        using var browser = await Hub.Browser(People.Claire);
        var fields = WebinarPages.Filled("send", ("Input.Title", "Sent once"), ("Invite.Groups", People.TheirGroup), ("Key", Guid.NewGuid().ToString()));

        using var first = await browser.PostForm(WebinarPages.Page, "/webinars/new", fields);
        using var second = await browser.PostForm(WebinarPages.Page, "/webinars/new", fields);

        Assert.Equal(HttpStatusCode.Redirect, first.StatusCode);
        Assert.EndsWith("/answers", first.Headers.Location!.ToString(), StringComparison.Ordinal);
        Assert.Equal(first.Headers.Location, second.Headers.Location);
        var webinar = await Hub.Db(db => db.Webinars.SingleAsync(w => w.Title == "Sent once"));
        Assert.All(await Hub.Invitations(webinar.Id), invitation => Assert.NotNull(invitation.EmailId));
    }

    [Fact]
    public async Task Two_clicks_at_the_same_moment_make_one_webinar()
    {
        using var browser = await Hub.Browser(People.Claire);
        var token = await browser.FormToken(WebinarPages.Page);
        var fields = WebinarPages.Filled("draft", ("Input.Title", "Clicked twice"), ("Key", Guid.NewGuid().ToString()), ("__RequestVerificationToken", token));
        var answers = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => browser.Send(HttpMethod.Post, "/webinars/new", Forms.Content(fields))));
        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode));
        Assert.Equal(1, await Hub.Db(db => db.Webinars.CountAsync(w => w.Title == "Clicked twice")));
    }

    [Fact]
    public async Task A_refused_form_may_be_sent_again()
    {
        using var browser = await Hub.Browser(People.Claire);
        var key = ("Key", Guid.NewGuid().ToString());
        using var refused = await browser.PostForm(WebinarPages.Page, "/webinars/new", WebinarPages.Filled("draft", key, ("Input.JoinUrl", "meet.example")));
        using var taken = await browser.PostForm(WebinarPages.Page, "/webinars/new", WebinarPages.Filled("draft", key));
        Assert.Equal((HttpStatusCode.BadRequest, HttpStatusCode.Redirect), (refused.StatusCode, taken.StatusCode));
    }

    [Fact]
    public async Task A_lead_is_offered_their_own_groups_and_can_invite_no_other()
    {
        using var browser = await Hub.Browser(People.Rana);
        var page = await (await browser.Get(WebinarPages.Page)).Document();
        Assert.NotNull(page.QuerySelector($"#g-{People.TheirGroup}"));
        Assert.Null(page.QuerySelector($"#g-{People.OtherGroup}"));

        using var answer = await browser.PostForm(WebinarPages.Page, "/webinars/new", WebinarPages.Filled("draft", ("Invite.Groups", People.OtherGroup)));
        Assert.Contains("One of these groups cannot be invited by you.", (await answer.Document(HttpStatusCode.BadRequest)).Words("#webinar"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("karim.hammoud@saida.example.org", HttpStatusCode.Forbidden)]
    [InlineData("maya.dannaoui@tripoli.example.org", HttpStatusCode.Forbidden)]
    [InlineData(People.ForeignFacilitator, HttpStatusCode.NotFound)]
    public async Task Who_may_not_host_gets_no_form(string email, HttpStatusCode status)
    {
        using var browser = await Hub.Browser(email);
        using var shown = await browser.Get(WebinarPages.Page);
        using var sent = await browser.PostForm("/account", "/webinars/new", WebinarPages.Filled("send", ("Invite.AllGroups", "true")));
        Assert.Equal((status, status), (shown.StatusCode, sent.StatusCode));
    }

    [Fact]
    public async Task Who_hosts_in_several_networks_chooses_one()
    {
        await Hub.Db(async db => await db.Database.ExecuteSqlAsync($"insert into network_roles select n.id, p.id, 'facilitator' from networks n, people p where n.slug = 'atcr' and p.email = 'julien.castellan@cmi.example.org'"));
        await Hub.Db(async db => await db.Database.ExecuteSqlAsync($"insert into network_roles select n.id, p.id, 'facilitator' from networks n, people p where n.slug = 'hmln' and p.email = 'julien.castellan@cmi.example.org'"));
        using var browser = await Hub.Browser("julien.castellan@cmi.example.org");
        var page = await (await browser.Get("/webinars/new")).Document();
        Assert.Equal(["/webinars/new?network=atcr", "/webinars/new?network=hmln"], page.QuerySelectorAll(".rows a.what").Select(link => link.GetAttribute("href")));
    }
}
