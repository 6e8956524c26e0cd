using System.Text;
using AngleSharp.Html.Parser;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.People;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web;

/// <summary>A person's calendar at its secret address (invitations, rule 39; security.md, Tokens).</summary>
public sealed class CalendarFeedTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task The_account_page_makes_shows_once_renews_and_ends_the_address()
    {
        using var browser = Hub.BrowserWith(await Hub.SessionOf(People.Selin));
        var first = await Make(browser);
        Assert.DoesNotContain(new Uri(first).AbsolutePath, await browser.Text("/account"), StringComparison.Ordinal);
        Assert.Equal(200, await Status(first));

        var second = await Make(browser);
        Assert.Equal((404, 200), (await Status(first), await Status(second)));

        Assert.Equal("/account", (await browser.PostForm("/account", "/account?handler=endFeed")).Headers.Location?.ToString());
        Assert.Equal(404, await Status(second));
        Assert.DoesNotContain("handler=endFeed", await browser.Text("/account"), StringComparison.Ordinal);
        Assert.Equal(0, await Hub.Scalar<long>("select count(*) from calendar_feeds where hash = convert_to($1, 'UTF8')", second.Split('/')[^1][..^4]));
    }

    [Fact]
    public async Task It_shows_what_one_is_asked_to_and_organises_and_nobody_else()
    {
        var (rana, claire) = (await Feed(People.Rana), await Feed(People.Claire));
        var (asked, declined, others, draft) = (await Schedule("Asked", People.Rana), await Schedule("Declined", People.Rana), await Schedule("Others", People.Lina), await Schedule("Draft", People.Rana, publish: false));
        await Answer(declined, People.Rana, "declined");

        var hers = await Lines(rana);
        Assert.Contains("METHOD:PUBLISH", hers);
        Assert.Contains($"UID:{asked.Uid}", hers);
        Assert.DoesNotContain(hers, line => new[] { declined, others, draft }.Any(webinar => line.Contains(webinar.Uid, StringComparison.Ordinal)));
        Assert.DoesNotContain(hers, line => line.StartsWith("ATTENDEE", StringComparison.Ordinal) || line.Contains(People.Rana, StringComparison.Ordinal));
        var organised = await Lines(claire);
        Assert.All(new[] { asked, declined, others }, webinar => Assert.Contains($"UID:{webinar.Uid}", organised));
        Assert.DoesNotContain($"UID:{draft.Uid}", organised);

        await Remove(asked, People.Rana);
        Assert.DoesNotContain($"UID:{asked.Uid}", await Lines(rana));
    }

    [Fact]
    public async Task It_is_sent_again_only_when_it_has_changed()
    {
        var (feed, webinar) = (await Feed(People.Emre), await Schedule("Tagged", People.Emre));
        using var client = new HttpClient();
        using var first = await client.Get(feed);
        Assert.Equal(("text/calendar; charset=utf-8", "private, no-cache"), (first.Content.Headers.ContentType?.ToString(), first.Headers.CacheControl?.ToString().Replace("no-cache, private", "private, no-cache", StringComparison.Ordinal)));
        client.DefaultRequestHeaders.IfNoneMatch.Add(first.Headers.ETag!);
        using var second = await client.Get(feed);
        Assert.Equal((304, "", first.Headers.ETag), ((int)second.StatusCode, await second.Text(), second.Headers.ETag));

        _ = (await Service<WebinarService>().Edit(await Hub.PersonId(People.Claire), webinar.Id, null, new(StartsAt: "2099-06-01T11:00"), TestContext.Current.CancellationToken)).Value;
        using var moved = await client.Get(feed);
        Assert.Equal(200, (int)moved.StatusCode);
        Assert.NotEqual(first.Headers.ETag, moved.Headers.ETag);
        Assert.Contains("DTSTART:20990601T080000Z", await moved.Text(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Cancelled_it_is_shown_as_cancelled_for_thirty_days()
    {
        await using var hub = await TestHub.Start(fixture.Postgres);
        var (feed, webinar) = (await Feed(People.Emre, hub), await Schedule("Cancelled", People.Emre, hub: hub));
        _ = (await hub.App.Services.GetRequiredService<WebinarService>().Cancel(await hub.PersonId(People.Claire), webinar.Id, null, TestContext.Current.CancellationToken)).Value;
        using var client = hub.ApiWith(null);
        await client.Post("/demo/clock", new { advance = "P29D" });
        var lines = await Lines(feed);
        Assert.Contains($"UID:{webinar.Uid}", lines);
        Assert.Contains("STATUS:CANCELLED", lines);
        Assert.Contains("SEQUENCE:1", lines);
        await client.Post("/demo/clock", new { advance = "P2D" });
        Assert.DoesNotContain($"UID:{webinar.Uid}", await Lines(feed));
    }

    [Fact]
    public async Task It_speaks_the_persons_language()
    {
        Assert.Contains("X-WR-CALNAME:Web seminerleri: TwinHub", await Lines(await Feed(People.Emre)));
    }

    [Fact]
    public async Task It_ends_with_the_account()
    {
        await using var hub = await TestHub.Start(fixture.Postgres);
        var feed = await Feed(People.Ziad, hub);
        Assert.Equal(200, await Status(feed));
        await hub.Execute("update people set disabled_at = now() where email = $1", People.Ziad);
        Assert.Equal(404, await Status(feed));
    }

    [Fact]
    public async Task No_other_token_opens_it()
    {
        var webinar = await Schedule("Foreign", People.Rana);
        var token = Secret.New();
        await Hub.Execute("insert into invitation_links (hash, invitation_id, purpose, created_at) select $1, id, 'answer', now() from invitations where webinar_id = $2", Secret.Hash(Secret.Answer, token), webinar.Id);
        foreach (var one in new[] { token, Secret.New(), await Hub.Token(People.Rana), "", "x" })
        {
            Assert.Equal(404, await Status(new Uri(Hub.Url, $"/calendar/{one}.ics").ToString()));
        }
    }

    private static async Task<string> Make(HttpClient browser)
    {
        using var answer = await browser.PostForm("/account", "/account?handler=makeFeed");
        var address = new HtmlParser().ParseDocument(await answer.Text()).QuerySelector("code.secret")!.TextContent;
        // Links name the address the hub was started with.
        return new Uri(browser.BaseAddress!, new Uri(address).AbsolutePath).ToString();
    }

    private async Task<string> Feed(string email, TestHub? hub = null)
    {
        var address = await (hub ?? Hub).App.Services.GetRequiredService<CalendarFeeds>().Renew(await (hub ?? Hub).PersonId(email), TestContext.Current.CancellationToken);
        return new Uri((hub ?? Hub).Url, new Uri(address).AbsolutePath).ToString();
    }

    private static async Task<int> Status(string feed)
    {
        using var client = new HttpClient();
        return (int)(await client.Get(feed)).StatusCode;
    }

    private static async Task<string[]> Lines(string feed)
    {
        using var client = new HttpClient();
        return Encoding.UTF8.GetString(await client.GetByteArrayAsync(feed, TestContext.Current.CancellationToken)).Replace("\r\n ", "", StringComparison.Ordinal).Split("\r\n");
    }

    private async Task<Webinar> Schedule(string title, string invitee, bool publish = true, TestHub? hub = null) =>
        (await (hub ?? Hub).App.Services.GetRequiredService<WebinarService>().Create(await (hub ?? Hub).PersonId(People.Claire), "hmln",
            new(title, "2099-06-01T10:00", "Europe/Istanbul", 60), new(People: [invitee]), publish, TestContext.Current.CancellationToken)).Value;

    private async Task Answer(Webinar webinar, string email, string response) =>
        _ = (await Service<AnswerService>().Answer(new(await Invitation(webinar, email), response, "page"), TestContext.Current.CancellationToken)).Value;

    private async Task Remove(Webinar webinar, string email) =>
        _ = (await Service<InvitationService>().Remove(await Hub.PersonId(People.Claire), webinar.Id, await Invitation(webinar, email), TestContext.Current.CancellationToken)).Value;

    private async Task<Guid> Invitation(Webinar webinar, string email) =>
        await Hub.Scalar<Guid>("select id from invitations where webinar_id = $1 and person_id = $2", webinar.Id, await Hub.PersonId(email));

    private T Service<T>() where T : notnull => Hub.App.Services.GetRequiredService<T>();
}
