using Microsoft.EntityFrameworkCore;
using TwinHub.Core;
using TwinHub.Core.Webinars;
using TwinHub.Core.Webinars.Reports;
using TwinHub.Core.Webinars.Rooms;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Webinars.Reports;

public sealed class ReportServiceTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Minutes_and_recording_are_kept_clean_and_taken_away_when_empty()
    {
        var webinar = await Hub.Stage("Over", Hub.InDays(-1));
        Assert.Null((await Save(webinar, "## Decisions\r\n\r\n- Visit\u0007 in May\r\n", " https://video.example.org/1 ")).Refusal);
        Assert.Equal(("## Decisions\n\n- Visit in May", "https://video.example.org/1"), await Kept(webinar));
        Assert.Null((await Save(webinar, " \n ", "")).Refusal);
        Assert.Equal(("", null), await Kept(webinar));
    }

    [Theory]
    [InlineData("http://video.example.org/1")]
    [InlineData("javascript:alert(1)")]
    [InlineData("https://user:word@video.example.org/")]
    [InlineData("https://video.example.org/\"onclick=")]
    [InlineData("video.example.org")]
    public async Task A_recording_and_a_material_have_a_whole_https_address(string url)
    {
        var webinar = await Hub.Stage("Over", Hub.InDays(-1));
        Assert.Equal("recordingUrl", (await Save(webinar, "Said", url)).Refusal?.Field);
        Assert.Equal("url", (await Add(webinar, "Slides", url)).Refusal?.Field);
        Assert.Equal(("", null), await Kept(webinar));
    }

    [Fact]
    public async Task Minutes_are_at_most_twenty_thousand_and_whole()
    {
        var webinar = await Hub.Stage("Over", Hub.InDays(-1));
        Assert.Null((await Save(webinar, new string('x', 20_000), null)).Refusal);
        var long_ = (await Save(webinar, new string('x', 20_001), null)).Refusal;
        Assert.Equal((RefusalCode.TooLong, "minutes"), (long_!.Code, long_.Field));
        Assert.Equal(RefusalCode.Invalid, (await Save(webinar, "a\0b", null)).Refusal?.Code);
        Assert.Equal(RefusalCode.Invalid, (await Save(webinar, "a\ud800b", null)).Refusal?.Code);
    }

    [Fact]
    public async Task An_older_version_overwrites_nothing_and_the_same_again_is_no_conflict()
    {
        var webinar = await Hub.Stage("Over", Hub.InDays(-1));
        var version = await Version(webinar);
        var claire = await Hub.PersonId(People.Claire);
        Assert.Null((await Hub.Get<ReportService>().Save(claire, webinar, version, "First", null, Cancel)).Refusal);
        Assert.Null((await Hub.Get<ReportService>().Save(claire, webinar, version, "First", null, Cancel)).Refusal);
        Assert.Equal(RefusalCode.Conflict, (await Hub.Get<ReportService>().Save(claire, webinar, version, "Second", null, Cancel)).Refusal?.Code);
        Assert.Equal("First", (await Kept(webinar)).Minutes);
    }

    [Fact]
    public async Task Materials_come_from_the_draft_on_once_each_and_thirty_at_most()
    {
        var webinar = await Hub.Stage("Draft", Hub.InDays(9), new(State: Webinar.Draft));
        for (var i = 0; i < 30; i++)
        {
            Assert.Null((await Add(webinar, $"Slides {i}", $"https://files.example.org/{i}")).Refusal);
        }
        Assert.Null((await Add(webinar, "Slides 0", "https://files.example.org/0")).Refusal);
        Assert.Equal("report.materials-many", (await Add(webinar, "One more", "https://files.example.org/30")).Refusal?.TextKey);
        Assert.Equal("title", (await Add(webinar, " ", "https://files.example.org/31")).Refusal?.Field);
        var first = await Hub.Db(db => db.WebinarMaterials.Where(m => m.WebinarId == webinar).Select(m => m.Id).FirstAsync());
        Assert.Null((await Hub.Get<ReportService>().RemoveMaterial(await Hub.PersonId(People.Claire), webinar, first, Cancel)).Refusal);
        Assert.Equal(29, await Hub.Db(db => db.WebinarMaterials.CountAsync(m => m.WebinarId == webinar)));
    }

    [Fact]
    public async Task One_webinar_s_material_is_not_removed_through_another()
    {
        var (mine, other) = (await Hub.Stage("Mine", Hub.InDays(-1)), await Hub.Stage("Other", Hub.InDays(-1)));
        await Add(other, "Slides", "https://files.example.org/1");
        var material = await Hub.Db(db => db.WebinarMaterials.Where(m => m.WebinarId == other).Select(m => m.Id).SingleAsync());
        await Hub.Get<ReportService>().RemoveMaterial(await Hub.PersonId(People.Claire), mine, material, Cancel);
        Assert.Equal(1, await Hub.Db(db => db.WebinarMaterials.CountAsync(m => m.WebinarId == other)));
    }

    [Fact]
    public async Task A_cancelled_webinar_takes_nothing_more()
    {
        var webinar = await Hub.Stage("Off", Hub.InDays(-1), new(State: Webinar.Cancelled));
        Assert.Equal(RefusalCode.Closed, (await Save(webinar, "x", null)).Refusal?.Code);
        Assert.Equal(RefusalCode.Closed, (await Add(webinar, "x", "https://files.example.org/1")).Refusal?.Code);
    }

    [Theory]
    [InlineData(People.Rana, RefusalCode.NotAllowed)]
    [InlineData(People.Lina, RefusalCode.NotFound)]
    public async Task Only_who_runs_it_writes(string email, RefusalCode code)
    {
        var (webinar, person) = (await Hub.Stage("Over", Hub.InDays(-1)), await Hub.PersonId(email));
        await Hub.Invite(webinar, People.Rana);
        var reports = Hub.Get<ReportService>();
        Assert.Equal(code, (await reports.Save(person, webinar, await Version(webinar), "x", null, Cancel)).Refusal?.Code);
        Assert.Equal(code, (await reports.AddMaterial(person, webinar, "x", "https://files.example.org/1", Cancel)).Refusal?.Code);
        Assert.Equal(code, (await reports.RemoveMaterial(person, webinar, Guid.NewGuid(), Cancel)).Refusal?.Code);
        Assert.Equal(code, (await Hub.Get<MinutesTemplate>().Write(person, webinar, Cancel)).Refusal?.Code);
        Assert.Equal(code, (await Hub.Get<FollowUpService>().Preview(person, webinar, "en", Cancel)).Refusal?.Code);
        Assert.Equal(code, (await Hub.Get<FollowUpService>().Send(person, webinar, Cancel)).Refusal?.Code);
        Assert.Equal(code, (await Hub.Get<SurveyReader>().Read(person, webinar, Cancel)).Refusal?.Code);
    }

    [Fact]
    public async Task The_template_tells_what_the_room_holds_in_the_webinars_language()
    {
        var webinar = await Hub.Stage("Bilan des groupes", Hub.InDays(-1));
        await Hub.Execute("update webinars set language = 'fr' where id = $1", webinar);
        await Hub.Invite(webinar, People.Rana, Invitation.Accepted);
        await Hub.Invite(webinar, People.Selin, Invitation.Accepted);
        await Hub.Visit(webinar, People.Rana, 0, 60);
        await Held(webinar);

        var text = (await Hub.Get<MinutesTemplate>().Write(await Hub.PersonId(People.Claire), webinar, Cancel)).Value;

        Assert.StartsWith("# [HMLN Webinar] Bilan des groupes\n\n", text, StringComparison.Ordinal);
        foreach (var line in new[] { "heure de Paris", "## Participation", "Tripoli", "## Ordre du jour", "Mot de bienvenue", "Claire Fabre", "Tripoli · Gaziantep\u00a0: Where do you stand?", "> Twelve stalls\n> and a market day", "> — Rana Khoury", "## Questions", "- Who pays? (réponse donnée)", "- And then? (en suspens)", "## Décisions", "## Prochaines étapes" })
        {
            Assert.Contains(line, text, StringComparison.Ordinal);
        }
        Assert.DoesNotContain("Gaziantep\n", text.Split("## Ordre du jour")[0], StringComparison.Ordinal);
        Assert.DoesNotContain("Hidden", text, StringComparison.Ordinal);
        Assert.Equal("", (await Kept(webinar)).Minutes);
    }

    [Fact]
    public async Task The_template_of_a_full_room_still_ends_with_decisions_and_next_steps()
    {
        var webinar = await Hub.Stage("Full", Hub.InDays(-1));
        await Hub.Db(async db =>
        {
            db.AgendaSlots.AddRange(Enumerable.Range(0, 60).Select(i => new AgendaSlot(webinar, i, new string('t', 200), new string('s', 200), 5, null)));
            db.RoomQuestions.AddRange(Enumerable.Range(0, 60).Select(_ => new RoomQuestion(Guid.NewGuid(), webinar, db.People.First().Id, new string('q', 500), Hub.Now())));
            return await db.SaveChangesAsync(Cancel);
        });
        var text = (await Hub.Get<MinutesTemplate>().Write(await Hub.PersonId(People.Claire), webinar, Cancel)).Value;
        Assert.InRange(text.Length, 19_000, ReportService.MaxMinutes);
        Assert.Contains("Étapes", text, StringComparison.OrdinalIgnoreCase);
        Assert.Null((await Save(webinar, text, null)).Refusal);
    }

    private async Task Held(Guid webinar)
    {
        var (rana, channel) = (await Hub.PersonId(People.Rana), await Hub.ChannelOf(People.TheirGroup));
        var group = await Hub.Db(db => db.Groups.Where(g => g.Slug == People.TheirGroup).Select(g => g.Id).SingleAsync());
        var message = await Hub.Scalar<Guid>("select id from messages where channel_id = $1 limit 1", channel);
        await Hub.Change(async db =>
        {
            var (talk, stock) = (new AgendaSlot(webinar, 0, "Mot de bienvenue", "Claire Fabre", 10, null), new AgendaSlot(webinar, 1, "Where do you stand?", "", 5, group));
            db.AgendaSlots.AddRange(talk, stock);
            await db.SaveChangesAsync();
            db.StockUpdates.Add(new(message, stock.Id, rana, "Twelve stalls\nand a market day", Hub.Now()));
            var (answered, open, hidden) = (new RoomQuestion(Guid.NewGuid(), webinar, rana, "Who pays?", Hub.Now()), new RoomQuestion(Guid.NewGuid(), webinar, rana, "And then?", Hub.Now().AddSeconds(1)), new RoomQuestion(Guid.NewGuid(), webinar, rana, "Hidden", Hub.Now()));
            answered.Answer(Hub.Now());
            hidden.Hide(Hub.Now());
            db.RoomQuestions.AddRange(answered, open, hidden);
            return true;
        });
    }

    private async Task<Outcome<bool>> Save(Guid webinar, string? minutes, string? recording) =>
        await Hub.Get<ReportService>().Save(await Hub.PersonId(People.Claire), webinar, await Version(webinar), minutes, recording, Cancel);

    private async Task<Outcome<bool>> Add(Guid webinar, string title, string url) => await Hub.Get<ReportService>().AddMaterial(await Hub.PersonId(People.Claire), webinar, title, url, Cancel);

    private Task<int> Version(Guid webinar) => Hub.Db(db => db.Webinars.Where(w => w.Id == webinar).Select(w => w.Version).SingleAsync());

    private async Task<(string Minutes, string? Recording)> Kept(Guid webinar)
    {
        var kept = await Hub.Db(db => db.Webinars.AsNoTracking().SingleAsync(w => w.Id == webinar));
        return (kept.Minutes, kept.RecordingUrl);
    }
}
