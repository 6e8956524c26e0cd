using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core;
using TwinHub.Core.Mail;
using TwinHub.Core.People;
using TwinHub.Core.Webinars;
using TwinHub.Core.Webinars.Dates;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Webinars.Dates;

/// <summary>Proposing, asking and choosing: what no page shows, and what two people do at once.</summary>
public sealed class DatePollServiceTests(HubFixture fixture) : IClassFixture<HubFixture>
{
    private TestHub Hub => fixture.Hub;

    private DatePollService Service => Hub.App.Services.GetRequiredService<DatePollService>();

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("2029-05-08T10:00", "dates", "error.dates.count")]
    [InlineData("2029-05-08T10:00 2029-05-08T10:00", "dates[1]", "error.dates.twice")]
    [InlineData("2029-03-25T02:30 2029-03-25T03:30", "dates[1]", "error.dates.twice")]
    [InlineData("2029-05-08T10:00 2020-05-08T10:00", "dates[1]", "error.webinar.past")]
    [InlineData("2029-05-08T10:00 2029-05-09", "dates[1]", "error.webinar.starts")]
    [InlineData("T 2029-05-08T10:00", "dates[0]", "error.webinar.starts")]
    public async Task What_cannot_be_proposed_is_named(string dates, string field, string text)
    {
        var search = await Hub.FindDate([People.Rana], 5, 6);
        var refused = await Propose(search, dates.Split(' '));
        Assert.Equal((RefusalCode.Invalid, field, text), (refused.Refusal!.Code, refused.Refusal.Field!, refused.Refusal.TextKey!));
        Assert.Equal(search.Dates, await Dates(search));
    }

    [Fact]
    public async Task Twelve_dates_are_the_most()
    {
        var search = await Hub.FindDate([People.Rana]);
        var dates = Enumerable.Range(1, 13).Select(hour => $"2029-05-08T{hour:00}:00").ToArray();
        Assert.Equal("error.dates.count", (await Propose(search, dates)).Refusal!.TextKey);
        Assert.Equal(12, (await Propose(search, dates[..12])).Value);
    }

    [Fact]
    public async Task A_date_that_stays_keeps_its_answers_one_that_goes_takes_them_along_and_a_past_one_is_left_alone()
    {
        var search = await Hub.FindDate([People.Rana], -3, 5, 6);
        await Hub.Say(search, People.Rana, "no", "yes", "maybe");

        Assert.Equal(1, (await Propose(search, Wall(5), Wall(7))).Value);

        Assert.Equal("no yes -", await Hub.Said(search, People.Rana));
        var now = await Dates(search);
        Assert.Equal((3, search.Dates[0], search.Dates[1]), (now.Count, now[0], now[1]));
        Assert.Equal(0, (await Propose(search, Wall(5), Wall(7))).Value);
    }

    [Fact]
    public async Task Everybody_is_asked_once_and_who_is_added_later_alone()
    {
        var search = await Hub.FindDate([], 5, 6);
        await Hub.Invite(search.Webinar, People.Rana);
        await Hub.Invite(search.Webinar, People.Emre);
        var version = await Version(search);

        Assert.Equal(2, (await Service.Ask(await Claire(), search.Webinar, version, again: false, Cancel)).Value);
        Assert.Equal("version", (await Service.Ask(await Claire(), search.Webinar, version, again: false, Cancel)).Refusal!.Field);
        Assert.Equal(0, (await Ask(search)).Value);

        await Hub.Invite(search.Webinar, People.Lina);
        Assert.Equal(1, (await Ask(search)).Value);
        Assert.Equal(3, await Hub.Db(db => db.InvitationLinks.CountAsync(l => l.Purpose == Secret.Date && db.Invitations.Any(i => i.Id == l.InvitationId && i.WebinarId == search.Webinar))));
        Assert.Equal(3, await Mails(search, "other"));
    }

    [Fact]
    public async Task Two_who_ask_at_the_same_moment_write_to_everybody_once()
    {
        var search = await Hub.FindDate([], 5, 6);
        await Hub.Invite(search.Webinar, People.Rana);
        var (claire, version) = (await Claire(), await Version(search));
        var asked = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Service.Ask(claire, search.Webinar, version, again: true, Cancel)));
        Assert.Equal(1, Assert.Single(asked, one => one.Refusal is null).Value);
        Assert.Equal(1, await Mails(search, "other"));
    }

    [Fact]
    public async Task Who_owes_an_answer_is_asked_again_after_a_day_or_a_new_date()
    {
        var search = await Hub.FindDate([People.Rana, People.Emre, People.Lina], 5, 6);
        await Hub.Say(search, People.Rana, "yes", "no");
        await Hub.Say(search, People.Emre, "yes", "");
        Assert.Equal(0, (await Ask(search, again: true)).Value);

        await Hub.Execute("update invitation_log set at = at - interval '25 hours' where webinar_id = $1", search.Webinar);
        await Hub.Execute("update invitations set invited_at = invited_at - interval '26 hours' where webinar_id = $1", search.Webinar);
        Assert.Equal(2, (await Ask(search, again: true)).Value);
        Assert.Equal(0, (await Ask(search, again: true)).Value);

        await Propose(search, Wall(5), Wall(6), Wall(8));
        Assert.Equal(0, (await Ask(search)).Value);
        Assert.Equal(3, (await Ask(search, again: true)).Value);
        Assert.Equal(0, (await Ask(search, again: true)).Value);
    }

    [Fact]
    public async Task Nothing_is_asked_of_nobody_and_nothing_without_a_date_ahead()
    {
        Assert.Equal("organiser.nobody", (await Ask(await Hub.FindDate([], 5, 6))).Refusal!.TextKey);
        Assert.Equal("error.dates.none", (await Ask(await Hub.FindDate([People.Rana], -3, -2))).Refusal!.TextKey);
    }

    [Fact]
    public async Task The_mail_lists_the_dates_by_the_readers_clock_and_has_one_link()
    {
        var search = await Hub.FindDate([], 5, 6);
        var invitation = await Hub.Invite(search.Webinar, People.Rana);
        await Hub.Execute("update people set language = 'en', time_zone = 'Asia/Baghdad' where email = $1", People.Rana);
        await Ask(search);
        await Eventually.True(async () => (await Hub.MailTo(People.Rana)).Any(mail => mail.GetProperty("subject").GetString()!.StartsWith("Which dates suit you", StringComparison.Ordinal)), "the mail arrives");

        var entry = (await Hub.MailTo(People.Rana)).First(mail => mail.GetProperty("about").TryGetProperty("webinarId", out var id) && id.GetGuid() == search.Webinar);
        var text = SignIns.Text(await Hub.Eml(entry.GetProperty("id").GetString()!));
        Assert.Equal("other", entry.GetProperty("kind").GetString());
        Assert.Contains("12:00 Baghdad time", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("12:00 Baghdad time").Length - 1);
        var link = Assert.Single(text.Split('\n', StringSplitOptions.TrimEntries), line => line.StartsWith("http", StringComparison.Ordinal));
        var token = new Uri(link).AbsolutePath.Split('/')[^1];
        Assert.Equal($"/dates/{token}", new Uri(link).AbsolutePath);
        Assert.Equal(Secret.Date, await Hub.Db(db => db.InvitationLinks.Where(l => l.InvitationId == invitation).Select(l => l.Purpose).SingleAsync()));
        Assert.DoesNotContain("text/calendar", System.Text.Encoding.ASCII.GetString(await Hub.Eml(entry.GetProperty("id").GetString()!)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_question_is_worth_sending_only_while_it_is_open()
    {
        var search = await Hub.FindDate([People.Rana], 5);
        var mail = new OutgoingMail(Guid.Empty, "<x@example.org>", "", People.Rana, MailReason.Dates(search.Invitations[People.Rana]), [], 1);
        async Task<bool?> Holds() => await Hub.App.Services.GetRequiredService<MailReason>().StillHolds(mail, Cancel);
        Assert.True(await Holds());

        foreach (var (undone, done) in new[]
        {
            ("update invitations set removed_at = now() where webinar_id = $1", "update invitations set removed_at = null where webinar_id = $1"),
            ("update webinars set dates_asked_at = null where id = $1", "update webinars set dates_asked_at = now() where id = $1"),
            ("update webinars set state = 'scheduled', scheduled_at = now() where id = $1", "update webinars set state = 'draft', scheduled_at = null where id = $1"),
            ("update proposed_dates set starts_at = now() - interval '1 day' where webinar_id = $1", "update proposed_dates set starts_at = now() + interval '1 day' where webinar_id = $1"),
        })
        {
            await Hub.Execute(undone, search.Webinar);
            Assert.False(await Holds());
            await Hub.Execute(done, search.Webinar);
            Assert.True(await Holds());
        }
        Assert.Null(await Hub.App.Services.GetRequiredService<MailReason>().StillHolds(mail with { Reason = "webinar-dates:x" }, Cancel));
    }

    [Fact]
    public async Task The_chosen_date_becomes_the_time_and_all_are_invited_at_once()
    {
        var search = await Hub.FindDate([People.Rana, People.Emre], 5, 6);
        await Hub.Say(search, People.Rana, "no", "yes");

        var chosen = await Service.Choose(await Claire(), search.Webinar, await Version(search), search.Dates[1], Cancel);

        Assert.Equal((Webinar.Scheduled, Hub.InDays(6)), (chosen.Value.State, chosen.Value.StartsAt));
        Assert.Equal(2, await Mails(search, "invitation"));
        Assert.All(search.Invitations.Values, id => Assert.Equal(Invitation.None, Hub.InvitationOf(id).Result.Response));
        Assert.NotEmpty(await Hub.Db(db => db.Reminders.Where(r => r.SubjectId == search.Webinar).ToListAsync()));
    }

    [Fact]
    public async Task The_instant_that_was_answered_is_chosen_though_the_draft_is_in_another_zone_now()
    {
        var search = await Hub.FindDate([People.Rana], 5, 6);
        await Hub.App.Services.GetRequiredService<WebinarService>().Edit(await Claire(), search.Webinar, null, new(TimeZone: "Asia/Baghdad"), Cancel);
        var chosen = (await Service.Choose(await Claire(), search.Webinar, await Version(search), search.Dates[0], Cancel)).Value;
        Assert.Equal((Hub.InDays(5), 12), (chosen.StartsAt, chosen.StartsLocal.Hour));
    }

    [Fact]
    public async Task Of_two_who_choose_at_once_one_is_told()
    {
        var search = await Hub.FindDate([People.Rana], 5, 6);
        var (claire, version) = (await Claire(), await Version(search));
        var chosen = await Task.WhenAll(search.Dates.Select(date => Service.Choose(claire, search.Webinar, version, date, Cancel)));
        Assert.Contains(Assert.Single(chosen, one => one.Refusal is not null).Refusal!.Code, new[] { RefusalCode.Conflict, RefusalCode.Closed });
        Assert.Equal(1, await Mails(search, "invitation"));
        Assert.Equal(0, await Mails(search, "update"));
    }

    [Fact]
    public async Task Only_a_date_of_this_webinar_that_lies_ahead_can_be_chosen_and_not_for_nobody()
    {
        var (search, other, empty) = (await Hub.FindDate([People.Rana], -2, 6), await Hub.FindDate([People.Rana], 5), await Hub.FindDate([], 5));
        Assert.Equal(RefusalCode.NotFound, (await Choose(search, other.Dates[0])).Refusal!.Code);
        Assert.Equal("error.webinar.past", (await Choose(search, search.Dates[0])).Refusal!.TextKey);
        Assert.Equal("organiser.nobody", (await Choose(empty, empty.Dates[0])).Refusal!.TextKey);
        Assert.Equal(Webinar.Draft, await Hub.Db(db => db.Webinars.Where(w => w.Id == search.Webinar).Select(w => w.State).SingleAsync()));
    }

    [Fact]
    public async Task What_is_announced_finds_no_date_any_more()
    {
        var search = await Hub.FindDate([People.Rana], 5, 6);
        await Choose(search, search.Dates[0]);
        Assert.Equal("error.dates.decided", (await Propose(search, Wall(7), Wall(8))).Refusal!.TextKey);
        Assert.Equal(RefusalCode.Closed, (await Ask(search)).Refusal!.Code);
        Assert.Equal(RefusalCode.Closed, (await Choose(search, search.Dates[1])).Refusal!.Code);
    }

    [Theory]
    [InlineData(People.Rana)]
    [InlineData(People.Lina)]
    [InlineData(People.ForeignFacilitator)]
    public async Task For_everybody_else_there_is_no_such_draft(string email)
    {
        var search = await Hub.FindDate([People.Rana], 5, 6);
        var somebody = await Hub.PersonId(email);
        Assert.Equal(RefusalCode.NotFound, (await Service.Propose(somebody, search.Webinar, [Wall(7), Wall(8)], Cancel)).Refusal!.Code);
        Assert.Equal(RefusalCode.NotFound, (await Service.Ask(somebody, search.Webinar, await Version(search), again: true, Cancel)).Refusal!.Code);
        Assert.Equal(RefusalCode.NotFound, (await Service.Choose(somebody, search.Webinar, await Version(search), search.Dates[0], Cancel)).Refusal!.Code);
        Assert.Equal(RefusalCode.NotFound, (await Hub.App.Services.GetRequiredService<DatePollReader>().Find(somebody, search.Webinar, Cancel)).Refusal!.Code);
    }

    private Task<Guid> Claire() => Hub.PersonId(People.Claire);

    private async Task<Outcome<int>> Propose(StagedSearch search, params string[] dates) => await Service.Propose(await Claire(), search.Webinar, dates, Cancel);

    private async Task<Outcome<int>> Ask(StagedSearch search, bool again = false) => await Service.Ask(await Claire(), search.Webinar, await Version(search), again, Cancel);

    private async Task<Outcome<Webinar>> Choose(StagedSearch search, Guid date) => await Service.Choose(await Claire(), search.Webinar, await Version(search), date, Cancel);

    private Task<int> Version(StagedSearch search) => Hub.Db(db => db.Webinars.Where(w => w.Id == search.Webinar).Select(w => w.Version).SingleAsync());

    private Task<List<Guid>> Dates(StagedSearch search) => Hub.Db(db => db.ProposedDates.Where(d => d.WebinarId == search.Webinar).OrderBy(d => d.StartsAt).Select(d => d.Id).ToListAsync());

    private string Wall(int days) => StagedDates.Paris(Hub.InDays(days)).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);

    private async Task<int> Mails(StagedSearch search, string kind)
    {
        await using var command = Hub.Source.CreateCommand("select count(*)::int from emails where kind = $1 and about ->> 'webinarId' = $2");
        command.Parameters.AddWithValue(kind);
        command.Parameters.AddWithValue(search.Webinar.ToString());
        return (int)(await command.ExecuteScalarAsync(Cancel))!;
    }
}
