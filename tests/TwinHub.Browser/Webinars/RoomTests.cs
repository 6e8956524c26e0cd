using TwinHub.Browser.Support;
using TwinHub.Core.People;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TwinHub.Browser.Webinars;

/// <summary>A room with an organiser at a desk and a guest on a phone, who came by the link in the reminder.</summary>
public sealed class RoomTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task A_guest_on_a_phone_and_the_organiser_see_each_others_doings_at_once()
    {
        await site.Execute("update people set language = 'ar' where email = $1", People.Lina);
        await site.Execute("update people set language = 'en' where email = $1", People.Claire);
        var webinar = await site.Hub.Stage("Open hour", site.Hub.Now().AddMinutes(-10), new() { JoinUrl = "https://meet.example.org/open-hour" });
        var link = await site.Hub.MailedLink(await site.Hub.Invite(webinar, People.Lina, Invitation.Accepted), Secret.Room);
        await site.Hub.Agenda(webinar, new(null, "Opening words", "Claire Fabre", 10), new(null, "The survey", "", 5, People.OtherGroup));
        await using var claire = await site.Visit(People.Claire, Screen.Wide, "en");
        await claire.Go($"/webinars/{webinar}/room");
        await using var lina = await site.VisitAt(site.Url, null, Screen.Phone.Options("ar"));
        await lina.Go($"/rooms/{link}");
        await lina.Page.Locator("main .btn-primary").ClickAsync();
        await Expect(lina.Page.Locator(".room.live")).ToBeVisibleAsync();
        await Expect(claire.Page.Locator("#room-people [role=status]")).ToContainTextAsync("2");

        // What she is writing stays while the room changes around her.
        await claire.Page.Locator("#room-agenda form button").Nth(1).ClickAsync();
        await lina.Page.Locator("#note").FillAsync("أنهينا المسح");
        await claire.Page.Locator("#question").FillAsync("Can everybody hear me?");
        await claire.Page.Locator("#question").PressAsync("Enter");
        await Expect(lina.Page.Locator("#room-questions li")).ToContainTextAsync("Can everybody hear me?");
        await Expect(claire.Page.Locator("#question")).ToHaveValueAsync("");
        await claire.Page.Locator("#room-now form button").Last.FocusAsync();
        await Expect(lina.Page.Locator("#note")).ToHaveValueAsync("أنهينا المسح");
        await lina.Page.Locator("#room-now form button").First.ClickAsync();
        await Expect(claire.Page.Locator("#room-now .update")).ToContainTextAsync("أنهينا المسح");
        await Expect(lina.Page.Locator("#note")).ToHaveValueAsync("");

        await lina.Page.Locator("#room-questions .votes").ClickAsync();
        await Expect(claire.Page.Locator("#room-questions .votes")).ToHaveTextAsync("1");
        await lina.Page.Locator("#hand").ClickAsync();
        await Expect(claire.Page.Locator("#room-hands li")).ToContainTextAsync("Lina Haddad");
        Assert.Empty((await Axe.Violations(lina.Page)).Concat(await Layout.Faults(lina.Page)).Concat(await Layout.Untranslated(lina.Page, "ar")).Concat(lina.Faults));
        Assert.Empty((await Axe.Violations(claire.Page)).Concat(claire.Faults));

        await claire.Page.Locator("#room-hands li form button").ClickAsync();
        await Expect(lina.Page.Locator("#hand")).ToHaveAttributeAsync("aria-pressed", "false");
    }

    [Fact]
    public async Task A_line_that_breaks_loses_nothing_and_comes_back()
    {
        var webinar = await site.Hub.OpenRoom(People.Rana);
        await using var rana = await site.Visit(People.Rana, Screen.Phone, "en");
        await rana.Go($"/webinars/{webinar}/room");
        await Expect(rana.Page.Locator(".room.live")).ToBeVisibleAsync();
        await rana.Page.Context.SetOfflineAsync(true);
        await rana.Page.Locator("#question").FillAsync("Is this lost?");
        await rana.Page.Locator("#question").PressAsync("Enter");
        await Expect(rana.Page.Locator(".connection")).ToBeVisibleAsync();
        await Expect(rana.Page.Locator("#question")).ToHaveValueAsync("Is this lost?");
        await rana.Page.Context.SetOfflineAsync(false);
        await rana.Page.Locator("#question").PressAsync("Enter");
        await Expect(rana.Page.Locator("#room-questions li")).ToHaveCountAsync(1);
        await Expect(rana.Page.Locator("#room-questions li")).ToContainTextAsync("Is this lost?");
    }

    [Fact]
    public async Task Without_a_script_every_button_is_a_form()
    {
        var webinar = await site.Hub.OpenRoom(People.Rana);
        var options = Screen.Phone.Options("en");
        options.JavaScriptEnabled = false;
        await using var rana = await site.VisitAt(site.Url, People.Rana, options);
        await rana.Go($"/webinars/{webinar}/room");
        await rana.Page.Locator("#question").FillAsync("Does it work?");
        await rana.Page.Locator(".ask-line button").ClickAsync();
        await Expect(rana.Page.Locator("#room-questions li")).ToContainTextAsync("Does it work?");
        await rana.Page.Locator("#hand").ClickAsync();
        await Expect(rana.Page.Locator("#hand")).ToHaveAttributeAsync("aria-pressed", "true");
    }
}
