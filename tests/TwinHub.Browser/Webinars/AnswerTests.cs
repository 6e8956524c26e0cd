using TwinHub.Browser.Support;
using TwinHub.Core.Text;
using TwinHub.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TwinHub.Browser.Webinars;

/// <summary>Answering in Arabic on a phone: from the desk, and from a mail without signing in.</summary>
public sealed class AnswerTests(Site site) : IClassFixture<Site>
{
    private static readonly Words Arabic = Texts.Shared.For("ar");

    [Fact]
    public async Task Lina_finds_the_invitation_on_her_desk_and_answers()
    {
        await site.Execute("update people set language = 'ar' where email = $1", People.Lina);
        var invitation = await site.Hub.Invite(await site.Hub.Stage("Taking stock", site.Hub.InDays(4)), People.Lina);
        await using var lina = await site.Visit(People.Lina, Screen.Phone, "ar");
        await lina.Go("/");
        await lina.Page.Locator(".rows .btn", new() { HasText = Arabic["home.answer"] }).ClickAsync();
        await Answers(lina, "accepted");
        await Answers(lina, "declined");
        Assert.Equal(("declined", "page"), ((await site.Hub.InvitationOf(invitation)).Response, (await site.Hub.InvitationOf(invitation)).Via));
        await lina.Page.Locator(".bar a[href='/webinars']").ClickAsync();
        await Expect(lina.Page.Locator(".rows .chip").First).ToHaveTextAsync(Arabic["invitee.mine.declined"]);
        Assert.Empty(await Axe.Violations(lina.Page));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_mailed_link_answers_without_signing_in_with_and_without_a_script(bool script)
    {
        await site.Execute("update people set language = 'ar' where email = $1", People.Lina);
        var invitation = await site.Hub.Invite(await site.Hub.Stage($"By mail {script}", site.Hub.InDays(5)), People.Lina);
        var options = Screen.Phone.Options("en");
        options.JavaScriptEnabled = script;
        await using var guest = await site.VisitAt(site.Url, null, options);
        await guest.Go($"/invitations/{await site.Hub.MailedLink(invitation)}?answer=tentative");
        await Expect(guest.Page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        Assert.Equal("none", (await site.Hub.InvitationOf(invitation)).Response);

        await Answers(guest, "tentative", inspect: script);

        Assert.Equal(("tentative", "link"), ((await site.Hub.InvitationOf(invitation)).Response, (await site.Hub.InvitationOf(invitation)).Via));
        await guest.Page.GoBackAsync();
        Assert.Equal("tentative", (await site.Hub.InvitationOf(invitation)).Response);
        Assert.Empty(guest.Surprises);
    }

    private static async Task Answers(Visitor visitor, string answer, bool inspect = true)
    {
        var page = visitor.Page;
        await page.Locator($".answers [value={answer}]").ClickAsync();
        await Expect(page.Locator(".answers [aria-pressed=true]")).ToHaveAttributeAsync("value", answer);
        await Expect(page.Locator(".said")).ToContainTextAsync(Arabic["invitee.said." + answer].Split('{')[0].Trim());
        if (inspect)
        {
            Assert.Empty((await Axe.Violations(page)).Concat(await Layout.Faults(page)).Concat(await Layout.Untranslated(page, "ar")).Concat(visitor.Faults));
        }
    }
}
