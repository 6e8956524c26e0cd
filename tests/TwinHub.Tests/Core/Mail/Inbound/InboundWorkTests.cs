using System.Text;
using Microsoft.Extensions.DependencyInjection;
using TwinHub.Core.Mail.Inbound;
using TwinHub.Core.Webinars;
using TwinHub.Jobs;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Mail.Inbound;

/// <summary>Once is once, late is late, and no mail holds up another (invitations, rules 29, 35 and 37).</summary>
public sealed class InboundWorkTests(InboundHub fixture) : IClassFixture<InboundHub>
{
    private const string Rana = People.Rana;
    private const string Selin = People.Selin;

    private TestHub Hub => fixture.Hub;

    [Fact]
    public async Task The_same_mail_three_times_is_one_answer_and_one_line()
    {
        var meeting = await fixture.Meeting(Rana);
        var mail = Replies.Mail(meeting.Reply(Rana), Rana);
        for (var i = 0; i < 3; i++)
        {
            Assert.Equal("recorded", (await fixture.WorkedOff(mail, await meeting.Address(Rana))).Outcome);
        }
        Assert.Equal(["recorded"], await meeting.Log());
    }

    [Theory]
    [InlineData("20260902T061205Z")]
    [InlineData("no time at all")]
    public async Task The_same_answer_on_two_ways_counts_once(string stamp)
    {
        var meeting = await fixture.Meeting(Rana);
        var mail = Replies.Mail(meeting.Reply(Rana, stamp: stamp), Rana);
        byte[] other = [.. Encoding.ASCII.GetBytes("Received: by another.example.org\r\n"), .. mail];
        await fixture.WorkedOff(mail, await meeting.Address(Rana));
        await Answer(meeting, Rana, Invitation.Declined);

        Assert.Equal("duplicate", (await fixture.WorkedOff(other, await meeting.Address(Rana))).Outcome);

        Assert.Equal("declined page", await meeting.Response(Rana));
        Assert.Equal(["recorded", "recorded", "duplicate"], await meeting.Log());
    }

    [Fact]
    public async Task The_same_answer_months_later_counts_no_more_though_its_first_mail_is_kept_without_its_words()
    {
        var meeting = await fixture.Meeting(Rana);
        var mail = Replies.Mail(meeting.Reply(Rana, stamp: "no time at all"), Rana);
        await fixture.WorkedOff(mail, await meeting.Address(Rana));
        await Answer(meeting, Rana, Invitation.Declined);
        await Hub.Execute("update inbound_mails set settled_at = settled_at - interval '31 days' where webinar_id = $1", meeting.Id);
        await Hub.App.Services.GetRequiredService<TidyUp>().Run(TestContext.Current.CancellationToken);

        byte[] other = [.. Encoding.ASCII.GetBytes("Received: by another.example.org\r\n"), .. mail];
        Assert.Equal("duplicate", (await fixture.WorkedOff(other, await meeting.Address(Rana))).Outcome);
        Assert.Equal("recorded", (await fixture.WorkedOff(mail, await meeting.Address(Rana))).Outcome);
        Assert.Equal("declined page", await meeting.Response(Rana));
    }

    [Fact]
    public async Task Nobody_holds_an_answer_back_by_sending_its_Message_ID_first()
    {
        var meeting = await fixture.Meeting(Rana, Selin);
        var mail = Replies.Mail(meeting.Reply(Rana), Rana);
        byte[] forged = [.. Encoding.ASCII.GetBytes("X-Forged: yes\r\n"), .. mail];
        Assert.Equal("spoofed", (await fixture.WorkedOff(forged, await meeting.Address(Selin))).Outcome);
        Assert.Equal("recorded", (await fixture.WorkedOff(mail, await meeting.Address(Rana))).Outcome);
    }

    [Fact]
    public async Task An_older_message_changes_nothing_and_a_newer_one_does()
    {
        var meeting = await fixture.Meeting(Rana);
        await Hub.Execute("update invitations set sequence = 2 where webinar_id = $1", meeting.Id);
        var to = await meeting.Address(Rana);
        Assert.Equal("stale", (await fixture.WorkedOff(Replies.Mail(meeting.Reply(Rana, sequence: 1), Rana), to)).Outcome);
        Assert.Equal("none", await meeting.Response(Rana));
        Assert.Equal("recorded", (await fixture.WorkedOff(Replies.Mail(meeting.Reply(Rana, "TENTATIVE", 2, "20260902T120000Z"), Rana), to)).Outcome);
        Assert.Equal("stale", (await fixture.WorkedOff(Replies.Mail(meeting.Reply(Rana, "ACCEPTED", 2, "20260902T115959Z"), Rana), to)).Outcome);
        Assert.Equal("tentative calendar", await meeting.Response(Rana));
        Assert.Equal("recorded", (await fixture.WorkedOff(Replies.Mail(meeting.Reply(Rana, "DECLINED", 2, "20260902T120001Z"), Rana), to)).Outcome);
        Assert.Equal("declined calendar", await meeting.Response(Rana));
    }

    [Fact]
    public async Task An_answer_whose_settling_was_lost_with_the_process_is_not_taken_twice()
    {
        var meeting = await fixture.Meeting(Rana);
        var mail = Replies.Mail(meeting.Reply(Rana, stamp: "no time at all"), Rana);
        var first = await fixture.WorkedOff(mail, await meeting.Address(Rana));
        await Answer(meeting, Rana, Invitation.Declined);
        await Hub.Execute("update inbound_mails set state = 'waiting', outcome = null, settled_at = null, next_at = now() where id = $1", first.Id);

        await Run();

        Assert.Equal(("recorded", "declined page"), ((await fixture.Settled(mail)).Outcome, await meeting.Response(Rana)));
        Assert.Equal(["recorded", "recorded"], await meeting.Log());
    }

    [Fact]
    public async Task A_claimed_mail_of_a_dead_process_is_worked_off_after_its_lease()
    {
        var meeting = await fixture.Meeting(Rana);
        var mail = Replies.Mail(meeting.Reply(Rana), Rana);
        var first = await fixture.WorkedOff(mail, await meeting.Address(Rana));
        await Hub.Execute("delete from invitation_log where inbound_id = $1", first.Id);
        await Hub.Execute("update inbound_mails set state = 'waiting', outcome = null, attempts = 1, next_at = now() + interval '1 minute' where id = $1", first.Id);
        Assert.Equal("waiting", await Hub.Scalar<string>("select state from inbound_mails where id = $1", first.Id));
        await Later(TimeSpan.FromMinutes(2), Run);
        Assert.Equal("duplicate", (await fixture.Settled(mail)).Outcome);
    }

    [Fact]
    public async Task A_mail_at_which_the_hub_goes_wrong_holds_up_no_other_and_is_given_up_in_the_end()
    {
        await Hub.Execute("""
            create function poison() returns trigger language plpgsql as $$ begin if new.detail = 'poison' then raise 'poison'; end if; return new; end $$;
            create trigger poison before insert on invitation_log for each row execute function poison()
            """);
        var meeting = await fixture.Meeting(Rana, Selin, People.Emre);
        var bad = Replies.Mail(meeting.Reply(Selin, more: "COMMENT:poison"), Selin);
        var (before, after) = (Replies.Mail(meeting.Reply(Rana), Rana), Replies.Mail(meeting.Reply(People.Emre), People.Emre));
        await fixture.Deliver(before, await meeting.Address(Rana));
        await fixture.Deliver(bad, await meeting.Address(Selin));
        await fixture.Deliver(after, await meeting.Address(People.Emre));
        Assert.Equal(("recorded", "recorded"), ((await fixture.Settled(before)).Outcome, (await fixture.Settled(after)).Outcome));
        for (var i = 0; i < InboundWork.MaxAttempts; i++)
        {
            await Later(TimeSpan.FromHours(1 + i), Run);
        }
        var settled = await fixture.Settled(bad);
        Assert.Equal(("failed", "fault"), (settled.State, settled.Outcome));
        Assert.Equal(5, await Hub.Scalar<int>("select attempts from inbound_mails where id = $1", settled.Id));
        Assert.Equal(("none", 2), (await meeting.Response(Selin), (await meeting.Log()).Length));
    }

    [Fact]
    public async Task A_mail_at_which_the_process_dies_every_time_is_given_up_too()
    {
        var mail = Replies.Bytes($"Subject: {Guid.NewGuid()}\n\nHello");
        var first = await fixture.WorkedOff(mail);
        await Hub.Execute("update inbound_mails set state = 'waiting', outcome = null, attempts = 5, next_at = now() where id = $1", first.Id);
        await Run();
        Assert.Equal(("failed", "fault"), ((await fixture.Settled(mail)).State, (await fixture.Settled(mail)).Outcome));
    }

    [Fact]
    public async Task A_bomb_is_named_within_seconds()
    {
        var parts = new StringBuilder("Content-Type: multipart/mixed; boundary=b\n\n");
        for (var i = 0; i < 20_000; i++)
        {
            parts.Append("--b\nContent-Type: text/calendar\n\nx\n");
        }
        Assert.Equal("too-many-parts", (await fixture.WorkedOff(Replies.Bytes(parts.ToString()))).Outcome);
        Assert.Equal("header-line-too-long", (await fixture.WorkedOff(Replies.Bytes("Subject: " + new string('x', 100_000)))).Outcome);
    }

    [Fact]
    public async Task Broken_and_empty_mails_each_have_one_outcome()
    {
        var meeting = await fixture.Meeting(Rana);
        var whole = Replies.Mixed(meeting.Reply(Rana, "DECLINED"), Rana);
        var cut = whole[..(whole.Length - 300)];
        Assert.Equal("recorded", (await fixture.WorkedOff(cut, await meeting.Address(Rana))).Outcome);
        Assert.Equal("no-calendar", (await fixture.WorkedOff([0, 1, 2, 255])).Outcome);
        Assert.Equal("no-calendar", (await fixture.WorkedOff(Replies.Bytes($"Message-ID: <{new string('€', 3_000)}>\nContent-Type: multipart/mixed; boundary=\n\nx"), "\"", "<>")).Outcome);
    }

    [Fact]
    public async Task Two_nodes_share_the_work_and_answer_each_mail_once()
    {
        var meeting = await fixture.Meeting(Rana);
        await Task.WhenAll(Enumerable.Range(0, 40).Select(async n => await fixture.Deliver(Replies.Mail(meeting.Reply(Rana, n % 2 == 0 ? "ACCEPTED" : "DECLINED", 0, $"20260902T0612{n:00}Z"), Rana), await meeting.Address(Rana))));
        await Task.WhenAll(Run(), Run());
        await Eventually.True(async () => (await meeting.Log()).Length == 40, "every mail has its line");
        Assert.Equal(40, await Hub.Scalar<long>("select count(distinct inbound_id) from invitation_log where webinar_id = $1", meeting.Id));
        Assert.Equal("declined calendar", await meeting.Response(Rana));
    }

    private Task Run() => Hub.App.Services.GetRequiredService<JobRunner>().Run(Timetable.Slots.Single(slot => slot.Job == typeof(WorkOffMail)), TestContext.Current.CancellationToken);

    private async Task Later(TimeSpan by, Func<Task> then)
    {
        Hub.Time.Offset += by;
        try
        {
            await then();
        }
        finally
        {
            Hub.Time.Offset -= by;
        }
    }

    private async Task Answer(Meeting meeting, string email, string response)
    {
        var invitation = await Hub.Scalar<Guid>("select i.id from invitations i join people p on p.id = i.person_id where webinar_id = $1 and email = $2", meeting.Id, email);
        Assert.Null((await Hub.App.Services.GetRequiredService<AnswerService>().Answer(new(invitation, response, "page"), TestContext.Current.CancellationToken)).Refusal);
    }
}
