using TwinHub.Core.Mail.Inbound.Mime;
using TwinHub.Core.Register;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Reminders;

/// <summary>What is said to whom and when, over the sweeps themselves. Each test has a network of its own.</summary>
public sealed class ChaseServiceTests(CoreFixture fixture) : IClassFixture<CoreFixture>
{
    private static readonly (string, string) Amman = ("JO", "Asia/Amman"), Istanbul = ("TR", "Europe/Istanbul"), Paris = ("FR", "Europe/Paris");
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(1), InlineData(66)]
    public async Task Two_correspondents_hear_on_their_own_working_days_however_the_clock_moves(int walks)
    {
        var (stage, group) = await Open("2026-12-30T12:00:00", Amman, Istanbul);
        for (var i = 1; i <= walks; i++)
        {
            await stage.Walk(DateTimeOffset.Parse("2026-12-30T12:00:00Z", System.Globalization.CultureInfo.InvariantCulture) + TimeSpan.FromDays(66.0 / walks * i));
        }

        Assert.Equal(["2027-01-03 09:00 open", "2027-01-17 09:00 -14", "2027-01-28 09:00 -3", "2027-02-01 09:00 +1", "2027-02-07 09:00 +7"], await stage.Mails(group.First));
        Assert.Equal(["2027-01-04 09:00 open", "2027-01-15 09:00 -14", "2027-01-28 09:00 -3", "2027-02-01 09:00 +1", "2027-02-08 09:00 +7"], await stage.Mails(group.Second));
        // From +7 on each working day until it is missed on 21 February.
        Assert.Equal(["08", "09", "10", "11", "12", "15", "16", "17", "18", "19"], (await stage.Mails(stage.Facilitator, "digest")).Select(mail => mail[8..10]));
        Assert.All(await stage.Mails(stage.Facilitator, "digest"), mail => Assert.Equal("09:00", mail[11..16]));
    }

    [Fact]
    public async Task One_answer_stops_both_and_what_was_not_said_is_cancelled()
    {
        var (stage, group) = await Open("2026-12-30T12:00:00", Amman, Istanbul);
        await stage.Walk("2027-01-20T12:00:00");
        await Submit(stage, group);
        await stage.Walk("2027-03-10T12:00:00");

        Assert.Equal(2, (await stage.Mails(group.First)).Count);
        Assert.Equal(2, (await stage.Mails(group.Second)).Count);
        Assert.Equal(6, await Rows(group, "cancelled"));
        Assert.Equal(["2027-01-20", "2027-01-20"], (await stage.Mails(group.First, "other")).Concat(await stage.Mails(group.Second, "other")).Where(mail => mail.EndsWith(" submitted", StringComparison.Ordinal)).Select(mail => mail[..10]));
        Assert.Empty(await stage.Mails(stage.Facilitator, "digest"));
    }

    [Fact]
    public async Task A_submission_taken_back_is_chased_again_by_what_lies_ahead()
    {
        var (stage, group) = await Open("2026-12-30T12:00:00", Amman, Istanbul);
        await stage.Walk("2027-01-16T12:00:00");
        await Submit(stage, group);
        await stage.Walk("2027-01-18T12:00:00");
        Assert.Null((await stage.Register.Undo(group.First.Id, group.Slug, "2026-Q4", Cancel)).Refusal);
        await stage.Walk("2027-01-29T12:00:00");

        // The -14 of Amman (17 January) fell into the days in which it stood submitted.
        Assert.Equal(["open", "-3"], Steps(await stage.Mails(group.First)));
        Assert.Equal(["open", "-14", "-3"], Steps(await stage.Mails(group.Second)));
    }

    [Fact]
    public async Task Somebody_appointed_midway_gets_only_later_steps()
    {
        var (stage, group) = await Open("2026-12-30T12:00:00", Amman, Istanbul);
        await stage.Walk("2027-01-18T12:00:00");
        var organisation = await fixture.Scalar<Guid>("select organisation_id from memberships where person_id = $1", group.First.Id);
        await fixture.Execute("update memberships set roles = array['member'] where person_id = $1", group.First.Id);
        var successor = await stage.Member(group.Group, organisation, "Asia/Amman", "correspondent");
        await stage.Walk("2027-02-10T12:00:00");

        Assert.Equal(["open", "-14"], Steps(await stage.Mails(group.First)));
        Assert.Equal(["-3", "+1", "+7"], Steps(await stage.Mails(successor)));
    }

    [Theory]
    [InlineData("responsible", "lead"), InlineData("lead", "member"), InlineData("member", "observer")]
    public async Task Without_a_correspondent_the_next_role_answers(string role, string lesser)
    {
        var (stage, group) = await Open("2026-12-30T12:00:00", Amman, Istanbul);
        var organisation = await fixture.Scalar<Guid>("select organisation_id from memberships where person_id = $1", group.First.Id);
        await fixture.Execute("delete from memberships where person_id = $1", group.First.Id);
        var (other, chosen) = (await stage.Member(group.Group, organisation, "Asia/Amman", lesser), await stage.Member(group.Group, organisation, "Asia/Amman", role));
        await stage.Walk("2027-01-05T12:00:00");

        Assert.Equal(["open"], Steps(await stage.Mails(chosen)));
        Assert.Empty(await stage.Mails(other));
    }

    [Fact]
    public async Task The_facilitator_s_list_says_where_nobody_answers()
    {
        var (stage, group) = await Open("2026-12-30T12:00:00", Amman, Istanbul);
        await fixture.Execute("delete from memberships where person_id = $1", group.First.Id);
        await stage.Walk("2027-02-09T12:00:00");

        var mail = await fixture.Scalar<byte[]>("select content from emails where recipient = $1 and kind = 'digest' order by created_at limit 1", stage.Facilitator.Email);
        Assert.Contains("no correspondent", MimeReader.Read(mail, new()).Mail!.PlainText(), StringComparison.Ordinal);
        Assert.Equal(5, (await stage.Mails(group.Second)).Count);
    }

    [Theory]
    // Back on the same day before the evening: said at once.
    [InlineData("2027-01-03T05:00:00", "2027-01-03T13:00:00", "2027-01-03 16:00 open")]
    // After 18:00: on the next working day at 09:00.
    [InlineData("2027-01-03T05:00:00", "2027-01-03T16:30:00", "2027-01-04 09:00 open")]
    // At night before a weekend in Amman (Friday 8, Saturday 9): on Sunday.
    [InlineData("2027-01-03T05:00:00", "2027-01-07T20:00:00", "2027-01-10 09:00 open")]
    // More than seven days late: missed.
    [InlineData("2027-01-03T05:00:00", "2027-01-11T08:00:00", null)]
    // Two steps slept through, one mail: -3 is not said after the due day, +1 is.
    [InlineData("2027-01-28T05:00:00", "2027-02-01T10:00:00", "2027-02-01 13:00 +1")]
    public async Task What_was_missed_is_said_late_or_not_at_all(string down, string up, string? expected)
    {
        var (stage, group) = await Open("2026-12-30T12:00:00", Amman, Paris);
        await stage.Walk(down + "Z");
        var before = (await stage.Mails(group.First)).Count;
        stage.At(up);
        await stage.Sweep();
        await stage.Walk(stage.Now + TimeSpan.FromDays(3));

        Assert.Equal(expected, (await stage.Mails(group.First)).Skip(before).FirstOrDefault());
    }

    [Fact]
    public async Task After_two_weeks_of_outage_one_mail_comes_and_not_three()
    {
        var (stage, group) = await Open("2026-12-30T12:00:00", Amman, Istanbul);
        await stage.Walk("2027-01-27T20:00:00");
        stage.At("2027-02-07T10:00:00");
        await stage.Sweep();

        Assert.Equal(["open", "-14", "+7"], Steps(await stage.Mails(group.First)));
        Assert.Equal(["+1 superseded", "+7 sent", "-14 sent", "-3 missed", "open sent"],
            (await fixture.Rows<string>("select step || ' ' || state from reminders where person_id = $1 and kind = 'register'", group.First.Id)).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("paused"), InlineData("completed"), InlineData("endedEarly"), InlineData("proposed")]
    public async Task Only_active_groups_are_chased(string status)
    {
        var (stage, group) = await Open("2026-12-30T12:00:00", Amman, Istanbul);
        await stage.Walk("2027-01-10T12:00:00");
        await fixture.Execute("update twinning_groups set status = $2 where id = $1", group.Group.Id, status);
        await stage.Walk("2027-03-10T12:00:00");

        Assert.Equal(["open"], Steps(await stage.Mails(group.First)));
        Assert.Empty(await stage.Mails(stage.Facilitator, "digest"));
    }

    [Fact]
    public async Task Who_wants_no_such_mails_gets_none_and_the_list_still_names_the_group()
    {
        var (stage, group) = await Open("2026-12-30T12:00:00", Amman, Istanbul);
        await fixture.Execute("insert into unsubscribed (person_id, kind, at) values ($1, 'register-reminder', now())", group.First.Id);
        await stage.Walk("2027-02-09T12:00:00");

        Assert.Equal((0, 5), ((await stage.Mails(group.First)).Count, (await stage.Mails(group.Second)).Count));
        Assert.Equal(2, (await stage.Mails(stage.Facilitator, "digest")).Count);
    }

    [Fact]
    public async Task Steps_and_days_off_that_change_are_planned_anew()
    {
        var (stage, group) = await Open("2026-12-30T12:00:00", Amman, Istanbul);
        await stage.Walk("2027-01-05T12:00:00");
        var settings = fixture.Get<TwinHub.Core.Reminders.ChaseSettings>();
        Assert.Null((await settings.Set(stage.Facilitator.Id, stage.Network.Slug, 1, "10", "2", 15, Cancel)).Refusal);
        Assert.Null((await settings.Put(stage.Facilitator.Id, stage.Network.Slug, "JO", new(2027, 2, 2), "Announced late", true, Cancel)).Refusal);
        await stage.Walk("2027-02-20T12:00:00");

        Assert.Equal(["2027-01-03 09:00 open", "2027-01-21 09:00 -10", "2027-02-03 09:00 +2"], await stage.Mails(group.First));
        Assert.Equal(["2027-01-04 09:00 open", "2027-01-21 09:00 -10", "2027-02-02 09:00 +2"], await stage.Mails(group.Second));
    }

    private async Task<(StagedRegister, StagedGroup)> Open(string at, (string, string) first, (string, string) second)
    {
        var stage = new StagedRegister(fixture);
        stage.At(at);
        // What earlier tests left is over: their groups owe nothing at this time.
        await fixture.Execute("update twinning_groups set status = 'completed'");
        await stage.Begin();
        return (stage, await stage.Group(first, second));
    }

    private async Task Submit(StagedRegister stage, StagedGroup group) =>
        Assert.Null((await stage.Register.Save(group.Second.Id, group.Slug, "2026-Q4", new UpdateDraft("page", null, "en"), Cancel)).Refusal);

    private Task<long> Rows(StagedGroup group, string state) => fixture.Scalar<long>(
        "select count(*) from reminders r join quarterly_updates u on u.id = r.subject_id where u.group_id = $1 and r.state = $2", group.Group.Id, state);

    private static string[] Steps(IEnumerable<string> mails) => [.. mails.Select(mail => mail.Split(' ')[2])];
}
