using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web.Pages;

/// <summary>The desk: invitations that wait for an answer, and what is coming up.</summary>
public sealed class HomeTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task An_unanswered_invitation_is_due_until_it_is_answered()
    {
        var webinar = await Hub.Stage("Please answer", Hub.InDays(3));
        await Hub.Invite(await Hub.Stage("Too late", Hub.InDays(-3)), People.Rana);
        await Hub.Invite(await Hub.Stage("Called off", Hub.InDays(3), new(State: Webinar.Cancelled)), People.Rana);
        await Hub.Invite(webinar, People.Rana);
        Assert.Equal(["Invitation: [HMLN Webinar] Please answer"], Due(await Open(People.Rana)));
        Assert.Equal("1", Count(await Open(People.Rana)));
        Assert.Equal("/webinars/" + webinar, (await Open(People.Rana)).QuerySelector("section[aria-labelledby=d] a")!.GetAttribute("href"));

        using var browser = await Hub.Browser(People.Rana);
        await browser.PostForm($"/webinars/{webinar}", $"/webinars/{webinar}", ("answer", "tentative"));

        var page = await Open(People.Rana);
        Assert.Empty(Due(page));
        Assert.Equal("", Count(page));
        Assert.Equal(["[HMLN Webinar] Please answer"], Coming(page));
    }

    [Fact]
    public async Task Coming_up_is_what_one_organises_comes_to_or_waits_for()
    {
        foreach (var (title, response) in new[] { ("Accepted", Invitation.Accepted), ("Tentative", Invitation.Tentative), ("Waiting", Invitation.Waiting), ("Declined", Invitation.Declined) })
        {
            await Hub.Invite(await Hub.Stage(title, Hub.InDays(3)), People.Lina, response);
        }
        await Hub.Stage("Organised", Hub.InDays(2), new(Organiser: People.Lina));
        Assert.Equal(["Organised", "Accepted", "Tentative", "Waiting"], Coming(await Open(People.Lina)).Select(title => title.Split("] ")[1]));
    }

    [Fact]
    public async Task Somebody_without_a_group_finds_the_invitation_on_the_desk()
    {
        const string heja = "heja.aziz@sulaymaniyah.example.org";
        Assert.NotNull((await Open(heja)).QuerySelector(".empty"));
        await Hub.Invite(await Hub.Stage("Welcome", Hub.InDays(3)), heja);
        var page = await Open(heja);
        Assert.Null(page.QuerySelector(".empty"));
        Assert.Single(Due(page));
    }

    private static IReadOnlyList<string> Due(IHtmlDocument page) => Names(page, "section[aria-labelledby=d] .what > b");

    private static IReadOnlyList<string> Coming(IHtmlDocument page) => Names(page, "section[aria-labelledby=c] .what > b");

    private static string Count(IHtmlDocument page) =>
        page.QuerySelector(".rail a[href='/webinars'] .count")?.TextContent.Split(": ")[1] ?? "";

    private static IReadOnlyList<string> Names(IHtmlDocument page, string selector) => [.. page.QuerySelectorAll(selector).Select(one => one.TextContent)];

    private async Task<IHtmlDocument> Open(string email)
    {
        using var browser = await Hub.Browser(email);
        return new HtmlParser().ParseDocument(await browser.Text("/"));
    }
}
