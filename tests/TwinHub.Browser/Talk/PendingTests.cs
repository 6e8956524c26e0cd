using Microsoft.Playwright;
using TwinHub.Browser.Support;
using TwinHub.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TwinHub.Browser.Talk;

/// <summary>What was written and is not acknowledged yet: never lost, never twice.</summary>
public sealed class PendingTests(Site site) : IClassFixture<Site>
{
    private const string KeepTooLong =
        """
        () => {
          const { me, channelId } = JSON.parse(document.getElementById("channel-data").textContent);
          const id = crypto.randomUUID();
          localStorage.setItem(`twinhub.pending.${me.id}.${channelId}.${id}`, JSON.stringify({ id, body: "Too long " + "x".repeat(10_000), at: Date.now(), refused: "" }));
        }
        """;

    [Fact]
    public async Task A_pending_message_survives_a_reload_and_is_sent_once_when_the_hub_is_reached()
    {
        await using var rana = await site.Visit(People.Rana);
        await using var selin = await site.Visit(People.Selin);
        var gaziantep = await Discussion.Open(selin);
        var reachable = false;
        await rana.Page.RouteWebSocketAsync("**/hubs/twinning", socket =>
        {
            if (reachable)
            {
                socket.ConnectToServer();
            }
            else
            {
                socket.CloseAsync();
            }
        });
        await rana.Go("/groups/" + People.TheirGroup);
        var tripoli = new Discussion(rana.Page);

        await tripoli.Write("Written on the bus");
        await Expect(tripoli.Saying("Written on the bus")).ToContainTextAsync("Will be sent when you are online");
        await rana.Page.ReloadAsync();
        await Expect(tripoli.Saying("Written on the bus")).ToContainClassAsync("pending");
        Assert.Empty(await gaziantep.Confirmed("Written on the bus"));
        reachable = true;

        await gaziantep.Confirmed("Written on the bus", 1, 40);
        await Expect(tripoli.Saying("Written on the bus")).Not.ToContainClassAsync("pending");
        await rana.Page.ReloadAsync();
        await tripoli.IsLive();
        Assert.Single(await tripoli.Confirmed("Written on the bus"));
        Assert.Single(await gaziantep.Confirmed("Written on the bus"));
    }

    [Fact]
    public async Task A_refused_message_stays_with_its_reason_until_it_is_deleted()
    {
        await using var rana = await site.Visit(People.Rana);
        var tripoli = await Discussion.Open(rana);
        await rana.Page.EvaluateAsync(KeepTooLong);
        tripoli = await Discussion.Open(rana);
        var failed = tripoli.Log.Locator(".msg.failed");
        await Expect(failed).ToContainTextAsync("Not sent. Kept here.");

        await failed.GetByRole(AriaRole.Button, new() { Name = "Try again" }).ClickAsync();
        await Expect(failed).ToContainTextAsync("Not sent. Kept here.");
        await Expect(failed.Locator(".text")).ToContainTextAsync("Too long");
        tripoli = await Discussion.Open(rana);
        await Expect(failed).ToHaveCountAsync(1);

        await failed.GetByRole(AriaRole.Button, new() { Name = "Delete" }).ClickAsync();
        await Expect(failed).ToHaveCountAsync(0);
        await Discussion.Open(rana);
        await Expect(failed).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task What_is_too_long_is_not_sent_and_stays_in_the_field()
    {
        await using var rana = await site.Visit(People.Rana);
        var tripoli = await Discussion.Open(rana);

        await tripoli.Write(new string('y', 10_001));

        await Expect(rana.Page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        Assert.Equal(10_001, (await tripoli.Field.InputValueAsync()).Length);
        await tripoli.Field.FillAsync("Short now");
        await Expect(rana.Page.GetByRole(AriaRole.Alert)).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task A_double_click_posts_once()
    {
        await using var rana = await site.Visit(People.Rana);
        var tripoli = await Discussion.Open(rana);
        await tripoli.Field.FillAsync("Clicked twice");

        await tripoli.Send.DblClickAsync();

        await tripoli.Confirmed("Clicked twice", 1);
        tripoli = await Discussion.Open(rana);
        Assert.Single(await tripoli.Confirmed("Clicked twice"));
    }

    [Fact]
    public async Task A_draft_is_still_there_after_a_visit_elsewhere()
    {
        await using var rana = await site.Visit(People.Rana);
        var tripoli = await Discussion.Open(rana);
        await tripoli.Field.PressSequentiallyAsync("Half a thought");

        await rana.Go("/account");
        tripoli = await Discussion.Open(rana);

        await Expect(tripoli.Field).ToHaveValueAsync("Half a thought");
        await tripoli.Field.FillAsync("");
    }

    [Fact]
    public async Task After_the_back_button_the_talk_is_complete_and_goes_on()
    {
        await using var rana = await site.Visit(People.Rana);
        await using var selin = await site.Visit(People.Selin);
        var (tripoli, gaziantep) = (await Discussion.Open(rana), await Discussion.Open(selin));
        await tripoli.Write("Before I leave");
        await gaziantep.Confirmed("Before I leave", 1);
        await rana.Page.Locator(".tabs a").Last.ClickAsync();
        await rana.Page.WaitForURLAsync("**/about");
        await gaziantep.Write("Back while you were away");
        await gaziantep.Confirmed("Back while", 1);

        await rana.Page.GoBackAsync();
        await tripoli.IsLive();

        await tripoli.Confirmed("Back while", 1);
        Assert.Single(await tripoli.Confirmed("Before I leave"));
        await tripoli.Write("Back again");
        await gaziantep.Confirmed("Back again", 1);
    }

    [Fact]
    public async Task Two_tabs_of_one_person_show_the_same_list_and_send_nothing_twice()
    {
        await using var rana = await site.Visit(People.Rana);
        var (first, second) = (await Discussion.Open(rana), await Discussion.Open(await rana.NewTab()));

        for (var n = 1; n <= 5; n++)
        {
            await first.Write($"Tab one {n}");
            await second.Write($"Tab two {n}");
        }

        var shown = await first.Confirmed("Tab", 10);
        Assert.Equal(10, shown.Distinct().Count());
        Assert.Equal(shown, await second.Confirmed("Tab", 10));
        Assert.Equal(shown, await (await Discussion.Open(rana)).Confirmed("Tab", 10));
        await Expect(second.Log.Locator(".pending")).ToHaveCountAsync(0);
        Assert.Empty(rana.Faults);
    }
}
