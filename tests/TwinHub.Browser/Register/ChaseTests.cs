using TwinHub.Browser.Support;
using TwinHub.Core.People;
using TwinHub.Core.Text;
using TwinHub.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TwinHub.Browser.Register;

/// <summary>The two who make a register work: the officer with a phone, from the mail; the facilitator, from the board.</summary>
public sealed class ChaseTests(Site site) : IClassFixture<Site>
{
    private static readonly string Quarter = Core.Register.Quarter.EndedBefore(DateOnly.FromDateTime(DateTime.UtcNow), 1).Label;
    private static readonly Words Arabic = Texts.Shared.For("ar");

    [Theory]
    [InlineData(true), InlineData(false)]
    public async Task From_the_mail_to_submitted_on_one_page_with_one_press(bool script)
    {
        var (group, token) = (script ? People.OtherGroup : "ramtha-tyre", Secret.New());
        var email = await site.Hub.Db(db => Task.FromResult(db.Memberships.Where(m => m.Roles.Contains("lead") && db.Groups.Any(g => g.Id == m.GroupId && g.Slug == group)).Join(db.People, m => m.PersonId, p => p.Id, (m, p) => p.Email).OrderBy(one => one).First()));
        await site.Execute("update people set language = 'ar' where email = $1", email);
        await site.Hub.OpenUpdate(group, Quarter, (email, token));
        var options = Screen.Phone.Options("en");
        options.JavaScriptEnabled = script;
        await using var officer = await site.VisitAt(site.Url, null, options);

        await officer.Go($"/updates/{token}");
        await Expect(officer.Page.Locator("html")).ToHaveAttributeAsync("dir", "rtl");
        await officer.Page.Locator("button[value=draft]").ClickAsync();

        await Expect(officer.Page.Locator("[role=status]")).ToBeVisibleAsync();
        await Expect(officer.Page.Locator("main")).ToContainTextAsync(Arabic["register.step.open"]);
        var update = await site.Hub.Db(db => Task.FromResult(db.QuarterlyUpdates.Single(u => u.Quarter == Quarter && db.Groups.Any(g => g.Id == u.GroupId && g.Slug == group))));
        Assert.Equal("mail", update.SubmittedVia);
        if (script)
        {
            Assert.Empty((await Axe.Violations(officer.Page)).Concat(await Layout.Faults(officer.Page)).Concat(officer.Faults));
        }
    }

    [Fact]
    public async Task From_the_board_to_who_owes_what_and_their_mail_in_two_clicks()
    {
        await site.Hub.OpenUpdate(People.TheirGroup, Quarter);
        await using var claire = await site.Visit(People.Claire);
        await claire.Go("/facilitate");

        await claire.Page.Locator($"a[href='/facilitate/{People.TheirGroup}']").First.ClickAsync();
        await Expect(claire.Page.Locator("main")).ToContainTextAsync("Rana Khoury");
        await claire.Page.Locator("main .btn-primary").First.ClickAsync();
        await Expect(claire.Page).ToHaveURLAsync(new System.Text.RegularExpressions.Regex("/facilitate/nudge"));
        Assert.Equal(0, await site.Hub.Db(db => Task.FromResult(db.Nudges.Count())));

        await claire.Page.Locator("main form[method=post] .btn-primary").First.DblClickAsync();

        await Expect(claire.Page.Locator("[role=status]").First).ToBeVisibleAsync();
        Assert.Equal(2, await site.Hub.Db(db => Task.FromResult(db.Nudges.Count())));
    }

    [Fact]
    public async Task A_draft_is_edited_sent_and_taken_back()
    {
        await site.Hub.OpenUpdate("hebron-mersin", Quarter);
        await using var claire = await site.Visit(People.Claire);
        var page = claire.Page;
        await claire.Go($"/groups/hebron-mersin/register/{Quarter}");
        await page.Locator("#Input-Added-0, [name='Input.Added[0]']").First.FillAsync("Two shops visited");
        await page.Locator("#Input-Summary").FillAsync("A good start");
        await page.Locator("main form .btn-primary").First.ClickAsync();

        await Expect(page.Locator(".paper")).ToContainTextAsync("Two shops visited");
        await Expect(page.Locator(".paper")).ToContainTextAsync("A good start");
        await page.Locator("form[action$='handler=undo'] button").ClickAsync();

        await Expect(page.Locator("#Input-Summary")).ToHaveValueAsync("A good start");
        await Expect(page.Locator(".lines-form textarea").Last).ToHaveValueAsync("Two shops visited");
    }
}
