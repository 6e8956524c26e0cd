using TwinHub.Browser.Support;
using TwinHub.Tests.Support;
using Xunit;
using static Microsoft.Playwright.Assertions;

namespace TwinHub.Browser.Talk;

/// <summary>Rana in Tripoli and Selin in Gaziantep, each at a browser of her own.</summary>
public sealed class TwoCitiesTests(Site site) : IClassFixture<Site>
{
    [Fact]
    public async Task A_message_shows_in_the_other_city_within_two_seconds()
    {
        await using var rana = await site.Visit(People.Rana);
        await using var selin = await site.Visit(People.Selin);
        var (tripoli, gaziantep) = (await Discussion.Open(rana), await Discussion.Open(selin));

        await tripoli.Write("Günaydın from the souk");

        var arrived = gaziantep.Saying("Günaydın from the souk");
        await Expect(arrived).ToBeVisibleAsync(new() { Timeout = 2_000 });
        await Expect(arrived.Locator("header")).ToContainTextAsync("Tripoli");
        await Expect(arrived).ToBeInViewportAsync();
        await Expect(tripoli.Saying("Günaydın from the souk")).Not.ToHaveClassAsync(new System.Text.RegularExpressions.Regex("pending"));
        Assert.Single(await tripoli.Confirmed("Günaydın"));
        Assert.Empty(rana.Faults.Concat(selin.Faults));
    }

    [Fact]
    public async Task Writing_and_being_there_show_on_the_other_side_and_pass()
    {
        var selinId = await site.Hub.PersonId(People.Selin);
        await using var rana = await site.Visit(People.Rana);
        var tripoli = await Discussion.Open(rana);
        var face = rana.Page.Locator($".here [data-presence='{selinId}']");
        await Expect(face).ToBeHiddenAsync();
        await using (var selin = await site.Visit(People.Selin))
        {
            var gaziantep = await Discussion.Open(selin);
            await Expect(face).ToBeVisibleAsync();
            await Expect(face).ToContainTextAsync("online");

            await gaziantep.Field.PressSequentiallyAsync("One moment");
            await Expect(rana.Page.Locator(".quietline")).ToContainTextAsync("Selin Aksoy");
            await gaziantep.Field.PressAsync("Enter");
            await Expect(tripoli.Saying("One moment")).ToBeVisibleAsync();
            await Expect(rana.Page.Locator(".quietline")).ToBeEmptyAsync();
        }
        await Expect(face).ToBeHiddenAsync(new() { Timeout = 20_000 });
    }

    [Fact]
    public async Task Unread_messages_are_counted_and_marked_until_they_are_read()
    {
        await using var selin = await site.Visit(People.Selin);
        var badge = selin.Page.Locator(".rail [data-unread]").First;
        var gaziantep = await Discussion.Open(selin);
        await Expect(badge).ToBeHiddenAsync();
        await selin.Go("/account");
        await using var rana = await site.Visit(People.Rana);
        var tripoli = await Discussion.Open(rana);
        await tripoli.Write("Unread one");
        await tripoli.Write("Unread two");
        await tripoli.Confirmed("Unread", 2);

        await selin.Go("/");
        await Expect(badge).ToContainTextAsync("2");
        await Expect(selin.Page.Locator("main .rows").First).ToContainTextAsync("Unread two");
        gaziantep = await Discussion.Open(selin);
        await Expect(gaziantep.Log.Locator(".fresh")).ToHaveTextAsync("New since you left · 2");
        await Expect(gaziantep.Log.Locator(".fresh + .msg")).ToContainTextAsync("Unread one");
        await Expect(badge).ToBeHiddenAsync();
        await selin.Go("/");
        await Expect(badge).ToBeHiddenAsync();
    }

    [Fact]
    public async Task What_comes_while_one_looks_elsewhere_stands_below_a_line()
    {
        await using var rana = await site.Visit(People.Rana);
        await using var selin = await site.Visit(People.Selin);
        var (tripoli, gaziantep) = (await Discussion.Open(rana), await Discussion.Open(selin));
        await selin.Page.EvaluateAsync("() => { document.hasFocus = () => false; }");

        await tripoli.Write("While you were away, one");
        await tripoli.Write("While you were away, two");

        await Expect(gaziantep.Log.Locator(".fresh")).ToHaveTextAsync("New since you left · 2");
        await Expect(gaziantep.Log.Locator(".fresh + .msg")).ToContainTextAsync("away, one");
    }

    [Fact]
    public async Task The_next_message_of_one_author_joins_the_block_above_live_and_on_the_page()
    {
        await using var rana = await site.Visit(People.Rana);
        var tripoli = await Discussion.Open(rana);
        await tripoli.Write("Block first");
        await tripoli.Write("Block second");
        await tripoli.Confirmed("Block", 2);

        for (var visit = 0; visit < 2; visit++)
        {
            await Expect(tripoli.Saying("Block second")).ToContainClassAsync("joined");
            await Expect(tripoli.Saying("Block second").Locator(".av")).ToBeHiddenAsync();
            tripoli = await Discussion.Open(rana);
        }
    }

    [Fact]
    public async Task A_reader_of_Arabic_sees_the_page_from_right_to_left_and_each_message_in_its_own_direction()
    {
        await using var ziad = await site.Visit(People.Ziad);
        await using var rana = await site.Visit(People.Rana);
        var (arabic, english) = (await Discussion.Open(ziad), await Discussion.Open(rana));

        await english.Write("Latin letters for a minute");
        await arabic.Write("حروف عربية");

        Assert.Equal("rtl", await ziad.Page.EvaluateAsync<string>("document.documentElement.dir"));
        await Expect(arabic.Saying("Latin letters").Locator(".text p")).ToHaveCSSAsync("direction", "ltr");
        await Expect(english.Saying("حروف عربية").Locator(".text p")).ToHaveCSSAsync("direction", "rtl");
        var (rail, log) = (await ziad.Page.Locator(".rail").BoundingBoxAsync(), await arabic.Log.BoundingBoxAsync());
        Assert.True(rail!.X > log!.X + log.Width / 2, "the rail stands on the right");
        Assert.Equal("Latin letters for a minute", Assert.Single(await arabic.Confirmed("Latin")));
    }
}
