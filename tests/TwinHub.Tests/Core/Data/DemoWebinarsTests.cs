using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Data;

/// <summary>The demo as it is loaded at the first start: a webinar that is over, one under way, one to come.</summary>
public sealed class DemoWebinarsTests(TestPostgres postgres) : IAsyncLifetime
{
    private TestHub _hub = null!;

    public async ValueTask InitializeAsync() => _hub = await TestHub.StartOn(postgres, await postgres.Bare(), demo: true);

    public ValueTask DisposeAsync() => _hub.DisposeAsync();

    [Fact]
    public async Task Tell_the_story_of_the_seeds_webinar_from_invitation_to_report()
    {
        var webinars = await _hub.Db(db => db.Webinars.OrderBy(w => w.StartsAt).AsNoTracking().ToListAsync(TestContext.Current.CancellationToken));
        var now = _hub.Now();
        Assert.Equal(["ended", "live"], webinars.Take(2).Select(w => w.StateAt(now)));
        Assert.Equal("Twinning Arrangements", webinars[1].Title);
        // The invitations of the one to come go out by themselves, into the demo's mailbox.
        await Eventually.True(async () => await _hub.Db(db => db.Emails.CountAsync(e => e.Kind == "invitation" && e.State == "sent")) >= 50, "the invitations arrive", 40);
        Assert.Equal(Webinar.Scheduled, await _hub.Db(db => db.Webinars.Where(w => w.Id == webinars[2].Id).Select(w => w.State).SingleAsync()));

        foreach (var held in webinars.Take(2))
        {
            var invited = await _hub.Db(db => db.Invitations.Where(i => i.WebinarId == held.Id).AsNoTracking().ToListAsync());
            Assert.Equal(11, invited.Select(i => i.GroupId).Distinct().Count());
            Assert.InRange(invited.Count(i => i.Response == Invitation.Accepted), 30, invited.Count - 5);
            Assert.InRange(await _hub.Db(db => db.RoomVisits.Where(v => v.WebinarId == held.Id).Select(v => v.PersonId).Distinct().CountAsync()), 25, invited.Count(i => i.Response == Invitation.Accepted));
        }
        Assert.Single(await _hub.Db(db => db.AgendaSlots.Where(s => s.WebinarId == webinars[1].Id && s.BeganAt != null && s.EndedAt == null).ToListAsync()));
        Assert.All(await _hub.Db(db => db.StockUpdates.Join(db.Messages, u => u.MessageId, m => m.Id, (u, m) => new { u.Body, Message = m.Body }).ToListAsync()), u => Assert.EndsWith(u.Body, u.Message, StringComparison.Ordinal));
        Assert.NotEqual("", webinars[0].Minutes);
        Assert.NotEmpty(await _hub.Db(db => db.SurveyAnswers.Where(a => a.WebinarId == webinars[0].Id).ToListAsync()));
    }

    [Fact]
    public async Task Room_and_report_are_three_clicks_from_home()
    {
        using var rana = await _hub.Browser(People.Rana);
        var room = Assert.Single(Links(await rana.Text("/"), "Twinning Arrangements"));
        Assert.Contains($"{room}/room", await rana.Text(room), StringComparison.Ordinal);
        Assert.Contains("Şanlıurfa", await rana.Text($"{room}/room"), StringComparison.Ordinal);
        using var claire = await _hub.Browser(People.Claire);
        Assert.Contains($"{room}/answers", await claire.Text(room), StringComparison.Ordinal);
    }

    private static List<string> Links(string page, string text) =>
        [.. new AngleSharp.Html.Parser.HtmlParser().ParseDocument(page).QuerySelectorAll("main a[href^='/webinars/']").Where(link => link.TextContent.Contains(text, StringComparison.Ordinal) && !link.GetAttribute("href")!.EndsWith("/room", StringComparison.Ordinal)).Select(link => link.GetAttribute("href")!).Distinct()];
}
