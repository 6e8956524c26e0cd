using Microsoft.EntityFrameworkCore;
using TwinHub.Core;
using TwinHub.Core.People;
using TwinHub.Core.Webinars;
using TwinHub.Core.Webinars.Reports;
using TwinHub.Core.Webinars.Rooms;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Webinars.Reports;

public sealed class FollowUpServiceTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Everybody_on_the_list_gets_one_mail_thanks_or_missed()
    {
        var webinar = await Ended();
        await Hub.Visit(webinar, People.Rana, 5, 5, RoomVisit.Meeting);

        var sent = (await Send(webinar)).Value;

        Assert.Equal(3, sent.People);
        var mails = await Mails(webinar);
        Assert.Equal([People.Emre, "guest@donor.example.org", People.Rana], mails.Keys.Order());
        Assert.Contains("Thank you for joining", mails[People.Rana], StringComparison.Ordinal);
        Assert.Contains("We missed you", mails["guest@donor.example.org"], StringComparison.Ordinal);
        Assert.Contains("aramızda olamadınız", mails[People.Emre], StringComparison.Ordinal);
        foreach (var mail in mails.Values)
        {
            Assert.Contains("https://video.example.org/1", mail, StringComparison.Ordinal);
            Assert.Contains("https://files.example.org/slides", mail, StringComparison.Ordinal);
            Assert.Contains("Next steps\n\n- Visit in May", mail, StringComparison.Ordinal);
            Assert.Contains("/surveys/", mail, StringComparison.Ordinal);
            Assert.DoesNotContain("**", mail, StringComparison.Ordinal);
        }
        Assert.Contains($"/webinars/{webinar}", mails[People.Rana], StringComparison.Ordinal);
        Assert.DoesNotContain("/webinars/", mails["guest@donor.example.org"], StringComparison.Ordinal);
        Assert.DoesNotContain("elsewhere.example.org", mails["guest@donor.example.org"], StringComparison.Ordinal);
        Assert.Contains("https://elsewhere.example.org", mails[People.Rana], StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_goes_once_also_when_pressed_at_the_same_moment()
    {
        var webinar = await Ended();
        var pressed = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Send(webinar)));
        Assert.Equal(3, Assert.Single(pressed, one => one.Value.People is not null).Value.People);
        Assert.Single(pressed.Select(one => one.Value.At.ToUnixTimeMilliseconds()).Distinct());
        var later = (await Send(webinar)).Value;
        Assert.Null(later.People);
        Assert.Equal(3, await Hub.Scalar<long>("select count(*) from emails where kind = 'follow-up' and about ->> 'webinarId' = $1", webinar.ToString()));
    }

    [Fact]
    public async Task Looking_writes_nothing()
    {
        var webinar = await Ended();
        await Hub.Visit(webinar, People.Rana, 0, 10);
        var before = await TableDump.Of(Hub.Source);
        var preview = (await Hub.Get<FollowUpService>().Preview(await Hub.PersonId(People.Claire), webinar, "ar", Cancel)).Value;
        Assert.Equal((1, 2, "ar"), (preview.There, preview.Missed, preview.Thanks.Language));
        var after = await TableDump.Of(Hub.Source);
        Assert.All(new[] { "emails", "invitation_links", "webinars", "invitation_log" }, table => Assert.Equal(before[table], after[table]));
    }

    [Theory]
    [InlineData(Webinar.Scheduled, 3, "report.not-over")]
    [InlineData(Webinar.Draft, 3, "report.not-over")]
    [InlineData(Webinar.Cancelled, -3, "error.webinar.cancelled")]
    public async Task Nothing_goes_before_the_end_or_of_what_did_not_take_place(string state, int days, string said)
    {
        var webinar = await Hub.Stage("Not over", Hub.InDays(days), new(State: state));
        await Hub.Invite(webinar, People.Rana);
        Assert.Equal(said, (await Send(webinar)).Refusal?.TextKey);
    }

    [Fact]
    public async Task With_nobody_on_the_list_nothing_counts_as_sent()
    {
        var webinar = await Hub.Stage("Alone", Hub.InDays(-1));
        Assert.Equal("report.nobody-invited", (await Send(webinar)).Refusal?.TextKey);
        Assert.Null(await Hub.Db(db => db.Webinars.Where(w => w.Id == webinar).Select(w => w.FollowedUpAt).SingleAsync()));
    }

    [Fact]
    public async Task Long_minutes_are_cut_and_say_where_the_rest_is()
    {
        var webinar = await Ended(string.Join('\n', Enumerable.Range(0, 900).Select(i => $"- point {i}")));
        await Send(webinar);
        var mails = await Mails(webinar);
        Assert.Contains("They go on at the page of the webinar.", mails[People.Rana], StringComparison.Ordinal);
        Assert.Contains("They go on behind the button below.", mails["guest@donor.example.org"], StringComparison.Ordinal);
        Assert.DoesNotContain("point 899", mails[People.Rana], StringComparison.Ordinal);
    }

    private async Task<Guid> Ended(string minutes = "## Next steps\n\n- **Visit** in May, see https://elsewhere.example.org")
    {
        var webinar = await Hub.Stage("Over", Hub.InDays(-1));
        await Hub.Invite(webinar, People.Rana, Invitation.Accepted);
        await Hub.Invite(webinar, People.Emre, Invitation.Declined);
        await Hub.Db(async db =>
        {
            var claire = await db.People.SingleAsync(p => p.Email == People.Claire, Cancel);
            if (!await db.People.AnyAsync(p => p.Email == "guest@donor.example.org", Cancel))
            {
                db.People.Add(Person.GuestOf(claire.Id, "guest@donor.example.org", "Guest", "en", "UTC", Hub.Now()));
            }
            return await db.SaveChangesAsync(Cancel);
        });
        await Hub.Invite(webinar, "guest@donor.example.org");
        var version = await Hub.Db(db => db.Webinars.Where(w => w.Id == webinar).Select(w => w.Version).SingleAsync());
        var (reports, organiser) = (Hub.Get<ReportService>(), await Hub.PersonId(People.Claire));
        Assert.Null((await reports.Save(organiser, webinar, version, minutes, "https://video.example.org/1", Cancel)).Refusal);
        Assert.Null((await reports.AddMaterial(organiser, webinar, "Slides", "https://files.example.org/slides", Cancel)).Refusal);
        return webinar;
    }

    private async Task<Outcome<FollowedUp>> Send(Guid webinar) => await Hub.Get<FollowUpService>().Send(await Hub.PersonId(People.Claire), webinar, Cancel);

    private async Task<Dictionary<string, string>> Mails(Guid webinar)
    {
        var about = webinar.ToString();
        var rows = await Hub.Db(db => db.Emails.FromSql($"select * from emails where kind = 'follow-up' and about ->> 'webinarId' = {about}").AsNoTracking().ToListAsync());
        return rows.ToDictionary(row => row.Recipient, row => SignIns.Text(row.Content).ReplaceLineEndings("\n"));
    }
}
