using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Mail.Inbound;

/// <summary>Who may answer for whom (invitations, rules 26, 32, 34 and Decided): everybody else changes nothing and is seen.</summary>
public sealed class ReplySpeakerTests(InboundHub fixture) : IClassFixture<InboundHub>
{
    private const string Rana = People.Rana;
    private const string Selin = People.Selin;
    private const string Passed = "Authentication-Results: mx.example.org; dmarc=pass header.from=tripoli.example.org\nReceived: from out.example.org by mx.example.org";

    [Fact]
    public async Task The_token_proves_an_answer_whoever_carries_it()
    {
        var meeting = await fixture.Meeting(Rana, Selin);
        var settled = await fixture.WorkedOff(Replies.Mail(meeting.Reply("Rana.Khoury@TRIPOLI.example.org"), "calendar-server@google.example.org", "Auto-Submitted: auto-generated"), (await meeting.Address(Rana)).ToUpperInvariant(), "<>");
        Assert.Equal(("recorded", "accepted calendar", "none"), (settled.Outcome, await meeting.Response(Rana), await meeting.Response(Selin)));
    }

    [Theory]
    [InlineData("To")]
    [InlineData("Cc")]
    [InlineData("Delivered-To")]
    public async Task The_token_may_stand_in_a_header(string field)
    {
        var meeting = await fixture.Meeting(Rana);
        var settled = await fixture.WorkedOff(Replies.Mail(meeting.Reply(Rana), Rana, $"{field}: \"The organiser\" <{await meeting.Address(Rana)}>"), "hub@example.org");
        Assert.Equal("recorded", settled.Outcome);
    }

    [Fact]
    public async Task Somebody_elses_token_changes_nothing_and_the_organiser_sees_it()
    {
        var meeting = await fixture.Meeting(Rana, Selin);
        foreach (var from in new[] { Rana, Selin })
        {
            var settled = await fixture.WorkedOff(Replies.Mail(meeting.Reply(Rana), from, Passed), await meeting.Address(Selin));
            Assert.Equal(("spoofed", Selin), (settled.Outcome, settled.Detail));
            Assert.Equal(["spoofed"], settled.Lines);
        }
        Assert.Equal(("none", "none"), (await meeting.Response(Rana), await meeting.Response(Selin)));
    }

    [Fact]
    public async Task A_token_of_somebody_not_invited_here_answers_for_nobody()
    {
        var (meeting, other) = (await fixture.Meeting(Rana), await fixture.Meeting(Selin));
        Assert.Equal("foreign", (await fixture.WorkedOff(Replies.Mail(meeting.Reply(Selin), Selin, Passed), await other.Address(Selin))).Outcome);
        Assert.Equal("spoofed", (await fixture.WorkedOff(Replies.Mail(meeting.Reply(Rana), Rana, Passed), await other.Address(Selin))).Outcome);
        Assert.Equal(("none", 1), (await meeting.Response(Rana), await meeting.Invited()));
    }

    [Fact]
    public async Task Of_several_attendees_the_tokens_person_counts()
    {
        var meeting = await fixture.Meeting(Rana, Selin);
        var calendar = meeting.Reply(Selin, "DECLINED", more: $"ATTENDEE;PARTSTAT=ACCEPTED:mailto:{Rana}\nATTENDEE;PARTSTAT=ACCEPTED:mailto:party@crash.example.org");
        Assert.Equal("recorded", (await fixture.WorkedOff(Replies.Mail(calendar, Rana), await meeting.Address(Rana))).Outcome);
        Assert.Equal(("accepted calendar", "none", 2), (await meeting.Response(Rana), await meeting.Response(Selin), await meeting.Invited()));
    }

    [Theory]
    [InlineData("rana@private.example.org", true)]
    [InlineData("party@crash.example.org", false)]
    public async Task Nobody_is_added_by_an_answer(string attendee, bool byToken)
    {
        var meeting = await fixture.Meeting(Rana);
        var settled = await fixture.WorkedOff(Replies.Mail(meeting.Reply(attendee), attendee, Passed), byToken ? await meeting.Address(Rana) : null);
        Assert.Equal(("foreign", attendee), (settled.Outcome, settled.Detail));
        Assert.Equal(["foreign"], settled.Lines);
        Assert.Equal(("none", 1), (await meeting.Response(Rana), await meeting.Invited()));
    }

    public static TheoryData<string, string, string, string> WithoutToken => new()
    {
        { "the own server vouches", Rana, Passed, "recorded" },
        { "a name in other case", "Rana <RANA.KHOURY@tripoli.example.org>", Passed, "recorded" },
        { "nobody vouches", Rana, "", "unproven" },
        { "the domain does not vouch", Rana, Passed.Replace("dmarc=pass", "dmarc=fail", StringComparison.Ordinal), "unproven" },
        { "another server vouches", Rana, Passed.Replace("mx.example.org; d", "mx.evil.example.org; d", StringComparison.Ordinal), "unproven" },
        { "written by the sender, below Received", Rana, "Received: from out.example.org by mx.example.org\nAuthentication-Results: mx.example.org; dmarc=pass", "unproven" },
        { "the own server's newest says no", Rana, $"Authentication-Results: mx.example.org; dmarc=none\n{Passed}", "unproven" },
        { "another From", "office@tripoli.example.org", Passed, "unproven" },
        { "two people in From", $"{Rana}, somebody@example.org", Passed, "unproven" },
        { "two From", $"{Rana}\nFrom: somebody@example.org", Passed, "unproven" },
    };

    [Theory]
    [MemberData(nameof(WithoutToken))]
    public async Task Without_the_token_the_own_mail_server_must_vouch_for_the_one_sender(string kind, string from, string top, string outcome)
    {
        Assert.NotEmpty(kind);
        var meeting = await fixture.Meeting(Rana);
        var settled = await fixture.WorkedOff(Replies.Mail(meeting.Reply(Rana), from, top), "hub@example.org");
        Assert.Equal(outcome, settled.Outcome);
        Assert.Equal([outcome], settled.Lines);
        Assert.Equal(outcome == "recorded" ? "accepted calendar" : "none", await meeting.Response(Rana));
    }

    [Fact]
    public async Task A_revoked_token_proves_nothing_and_a_replaced_one_only_where_it_stands()
    {
        const string Someone = "someone@amman.example.org";
        var old = await fixture.Meeting(Someone);
        var address = await old.Address(Someone);
        await fixture.Hub.Execute("update rsvp_addresses set replaced_at = now() where $1 like '%' || token || '%'", address);
        await fixture.Hub.Execute("""
            insert into rsvp_addresses (token, network_id, person_id, created_at)
            select reverse(token), network_id, person_id, now() from rsvp_addresses where $1 like '%' || token || '%'
            """, address);
        var fresh = await fixture.Meeting(Someone);
        Assert.Equal("unproven", (await fixture.WorkedOff(Replies.Mail(fresh.Reply(Someone), Someone), address)).Outcome);
        Assert.Equal("recorded", (await fixture.WorkedOff(Replies.Mail(fresh.Reply(Someone), Someone), await fresh.Address(Someone))).Outcome);
        Assert.Equal("recorded", (await fixture.WorkedOff(Replies.Mail(old.Reply(Someone), Someone), address)).Outcome);
        await fixture.Hub.Execute("update rsvp_addresses set revoked_at = now() where $1 like '%' || token || '%'", address);
        Assert.Equal("unproven", (await fixture.WorkedOff(Replies.Mail(old.Reply(Someone, "DECLINED", stamp: "20260903T061205Z"), Someone), address)).Outcome);
        Assert.Equal("accepted calendar", await old.Response(Someone));
    }

    [Fact]
    public async Task Who_was_taken_off_answers_no_more()
    {
        var meeting = await fixture.Meeting(Rana, Selin);
        await fixture.Hub.Execute("update invitations set removed_at = now() where webinar_id = $1 and person_id = $2", meeting.Id, await fixture.Hub.PersonId(Rana));
        var settled = await fixture.WorkedOff(Replies.Mail(meeting.Reply(Rana), Rana, Passed), await meeting.Address(Rana));
        Assert.Equal(("foreign", "none"), (settled.Outcome, await meeting.Response(Rana)));
        Assert.Equal(["foreign"], settled.Lines);
    }
}
