using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Pages.Webinars;

/// <summary>The list of webinars: each person's own, in two parts, searched by combined criteria.</summary>
public sealed class IndexTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private const string Ziad = People.Ziad;

    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task What_is_to_come_is_listed_soonest_first_and_what_is_over_newest_first()
    {
        foreach (var days in new[] { 9, 3, -20, -5 })
        {
            await Hub.Invite(await Hub.Stage($"In {days} days", Hub.InDays(days)), Ziad);
        }
        var page = await Open(Ziad, "/webinars");
        Assert.Equal(["[HMLN Webinar] In 3 days", "[HMLN Webinar] In 9 days"], Titles(page, "ahead"));
        Assert.Equal(["[HMLN Webinar] In -5 days", "[HMLN Webinar] In -20 days"], Titles(page, "over"));
    }

    [Fact]
    public async Task A_row_says_both_clocks_the_answer_and_the_state()
    {
        var webinar = await Hub.Stage("Rows", Hub.InDays(4));
        await Hub.Invite(webinar, People.Emre, Invitation.Tentative);
        var row = (await Open(People.Emre, "/webinars")).QuerySelector($"a[href='/webinars/{webinar}']")!;
        var local = TimeZoneInfo.ConvertTime(Hub.InDays(4), TimeZoneInfo.FindSystemTimeZoneById("Europe/Istanbul"));
        Assert.Contains($"{local:HH:mm}–{local.AddMinutes(90):HH:mm}", row.TextContent, StringComparison.Ordinal);
        Assert.Contains("Claire Fabre için", row.TextContent, StringComparison.Ordinal);
        Assert.Equal(["Belki", "Planlandı"], row.QuerySelectorAll(".chip").Select(chip => chip.TextContent));
    }

    [Fact]
    public async Task Nobody_sees_what_they_are_not_invited_to_nor_a_draft()
    {
        await Hub.Invite(await Hub.Stage("For one group", Hub.InDays(5)), People.Rana);
        await Hub.Invite(await Hub.Stage("Not announced", Hub.InDays(5), new(State: Webinar.Draft)), People.Lina);
        var page = await Open(People.Lina, "/webinars");
        Assert.DoesNotContain("For one group", page.Body!.TextContent, StringComparison.Ordinal);
        Assert.DoesNotContain("Not announced", page.Body.TextContent, StringComparison.Ordinal);
        Assert.Contains("Not announced", (await Open(People.Claire, "/webinars")).Body!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Criteria_are_combined()
    {
        var day = Hub.InDays(100);
        await Hub.Invite(await Hub.Stage("Combined compost", day), People.Selin);
        await Hub.Invite(await Hub.Stage("Combined ports", day), People.Selin);
        await Hub.Invite(await Hub.Stage("Combined compost again", day.AddDays(30)), People.Selin);
        await Hub.Invite(await Hub.Stage("Combined compost called off", day, new(State: Webinar.Cancelled)), People.Selin);
        var page = await Open(People.Selin, $"/webinars?text=COMPOST&state=scheduled&network=hmln&organiser={await Hub.PersonId(People.Claire)}&from={day:yyyy-MM-dd}&until={day:yyyy-MM-dd}");
        Assert.Equal(["[HMLN Webinar] Combined compost"], Titles(page, "ahead"));
        Assert.True(page.QuerySelector("details.find")!.HasAttribute("open"));
        Assert.Equal("COMPOST", page.QuerySelector("input[name=text]")!.GetAttribute("value"));
        var none = await Open(People.Selin, "/webinars?text=compost&network=platforms");
        Assert.NotNull(none.QuerySelector("p[role=status]"));
        Assert.NotNull(none.QuerySelector("a[href='/webinars']"));
    }

    [Theory]
    [InlineData("?text=%00&network=%00&group=%00&state=%00")]
    [InlineData("?from=0001-01-01&until=9999-12-31&organiser=nobody&ahead=-5&past=99999999999")]
    [InlineData("?ahead=2147483647&past=2147483647&text=%25_%5C&text=twice")]
    [InlineData("?text=%ED%A0%80&state=draft'--")]
    public async Task Nonsense_in_the_address_is_no_error(string query)
    {
        using var browser = await Hub.Browser(People.Rana);
        Assert.Equal(200, (int)(await browser.Get("/webinars" + query)).StatusCode);
    }

    [Fact]
    public async Task Long_lists_are_turned_by_plain_links()
    {
        const string maya = "maya.dannaoui@tripoli.example.org";
        for (var i = 0; i < 23; i++)
        {
            await Hub.Invite(await Hub.Stage($"Long list {i:00}", Hub.InDays(i + 1)), maya);
        }
        var first = await Open(maya, "/webinars?text=long+list");
        Assert.Equal(20, Titles(first, "ahead").Count);
        var link = ((IHtmlAnchorElement)first.QuerySelector("nav.pages a")!).GetAttribute("href")!;
        Assert.Contains("text=long", link, StringComparison.Ordinal);
        Assert.Equal(["[HMLN Webinar] Long list 20", "[HMLN Webinar] Long list 21", "[HMLN Webinar] Long list 22"], Titles(await Open(maya, link), "ahead"));
    }

    [Theory]
    [InlineData(People.Claire, true)]
    [InlineData(People.Rana, false)]
    public async Task Who_may_host_is_offered_to_schedule_one(string email, bool may)
    {
        await Hub.Invite(await Hub.Stage("A reason to look", Hub.InDays(2)), email);
        var isLead = await Hub.Scalar<bool>("select exists (select 1 from memberships where person_id = $1 and 'lead' = any(roles))", await Hub.PersonId(email));
        Assert.Equal(may || isLead, (await Open(email, "/webinars")).QuerySelector("a[href='/webinars/new']") is not null);
    }

    [Fact]
    public async Task Who_has_no_webinar_is_told_what_will_happen()
    {
        var page = await Open("heja.aziz@sulaymaniyah.example.org", "/webinars");
        Assert.NotNull(page.QuerySelector(".empty h2"));
        Assert.Null(page.QuerySelector("details.find"));
    }

    private static IReadOnlyList<string> Titles(IHtmlDocument page, string section) =>
        [.. page.QuerySelectorAll($"section[aria-labelledby={section}] a.what > b").Select(title => title.TextContent)];

    private async Task<IHtmlDocument> Open(string email, string path)
    {
        using var browser = await Hub.Browser(email);
        return new HtmlParser().ParseDocument(await browser.Text(path));
    }
}
