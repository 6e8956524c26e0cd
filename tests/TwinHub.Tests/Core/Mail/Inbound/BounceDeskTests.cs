using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Mail.Inbound;

/// <summary>Mails that come back (invitations, rule 36).</summary>
public sealed class BounceDeskTests(InboundHub fixture) : IClassFixture<InboundHub>
{
    private const string Rana = People.Rana;

    [Theory]
    [InlineData("failed", "5.1.1", "bounced", "bounced")]
    [InlineData("delayed", "4.2.2", "delayed", "sent")]
    [InlineData("failed", "4.4.7", "delayed", "sent")]
    [InlineData("delivered", "2.0.0", "not-counted", "sent")]
    public async Task Only_what_came_back_for_good_is_marked(string action, string status, string outcome, string state)
    {
        var meeting = await fixture.Meeting(Rana);
        var email = await Sent(meeting);
        var settled = await fixture.WorkedOff(Report($"<{email}@hub.example.org>", Rana, action, status), "bounces@reply.example.org", "<>");
        Assert.Equal((outcome, meeting.Id, state), (settled.Outcome, settled.Webinar, await State(email)));
        Assert.Equal(outcome == "not-counted" ? [] : [outcome], await meeting.Log());
        Assert.Contains("No such user", settled.Detail, StringComparison.Ordinal);
        Assert.Equal(status == "5.1.1" ? 1 : 0, await fixture.Hub.Scalar<long>("select count(*) from emails where id = $1 and last_error like '5.1.1%No such user%'", email));
    }

    [Theory]
    [InlineData("")]
    [InlineData("<renamed-on-the-way@relay.example.org>")]
    public async Task Without_the_Message_ID_the_rsvp_address_tells_the_mail(string returned)
    {
        var meeting = await fixture.Meeting(Rana);
        var email = await Sent(meeting);
        var settled = await fixture.WorkedOff(Report(returned, Rana, "failed", "5.1.1"), await meeting.Address(Rana), "<>");
        Assert.Equal(("bounced", "bounced"), (settled.Outcome, await State(email)));
        Assert.Equal(["bounced"], await meeting.Log());
    }

    [Fact]
    public async Task Of_several_recipients_the_mails_own_counts()
    {
        var meeting = await fixture.Meeting(Rana);
        var email = await Sent(meeting);
        var report = Report($"<{email}@hub.example.org>", Rana, "delivered", "2.0.0", "\nFinal-Recipient: rfc822; archive@tripoli.example.org\nAction: failed\nStatus: 5.1.1\n");
        Assert.Equal("not-counted", (await fixture.WorkedOff(report)).Outcome);
        Assert.Equal("sent", await State(email));
    }

    [Fact]
    public async Task A_mail_that_came_back_while_it_was_sent_again_is_not_sent_once_more()
    {
        var meeting = await fixture.Meeting(Rana);
        var email = await Sent(meeting, "queued");
        await fixture.WorkedOff(Report($"<{email}@hub.example.org>", "rana@forwarded.example.org", "failed", "5.2.1"));
        Assert.Equal("bounced", await State(email));
    }

    [Fact]
    public async Task A_report_about_no_mail_of_the_hub_changes_nothing()
    {
        var meeting = await fixture.Meeting(Rana);
        var email = await Sent(meeting);
        Assert.Equal("unknown-mail", (await fixture.WorkedOff(Report("<somebody-elses@example.org>", Rana, "failed", "5.1.1"))).Outcome);
        Assert.Equal("sent", await State(email));
    }

    /// <summary>The invitation's mail as it stands after it left; one still queued waits an hour.</summary>
    private async Task<Guid> Sent(Meeting meeting, string state = "sent")
    {
        var id = Guid.CreateVersion7();
        await fixture.Hub.Execute("""
            insert into emails (id, message_id, recipient, kind, language, subject, about, content, state, next_at, created_at)
            values ($1, '<' || $1::text || '@hub.example.org>', $2, 'invitation', 'en', 'Webinar', '{}', '', $3, now() + interval '1 hour', clock_timestamp())
            """, id, Rana, state);
        await fixture.Hub.Execute("update invitations set email_id = $1 where webinar_id = $2", id, meeting.Id);
        return id;
    }

    private Task<string> State(Guid email) => fixture.Hub.Scalar<string>("select state from emails where id = $1", email);

    private static byte[] Report(string returned, string recipient, string action, string status, string more = "") => Replies.Bytes($"""
        From: MAILER-DAEMON@mx.example.org
        Message-ID: <{Guid.NewGuid()}@mx.example.org>
        Content-Type: multipart/report; report-type=delivery-status; boundary=b

        --b
        Content-Type: message/delivery-status

        Reporting-MTA: dns; mx.example.org

        Final-Recipient: rfc822; {recipient}
        Action: {action}
        Status: {status}
        Diagnostic-Code: smtp; {status} No such user
        {more}
        --b
        Content-Type: text/rfc822-headers

        Subject: Webinar{(returned.Length > 0 ? "\nMessage-ID: " + returned : "")}
        --b--
        """);
}
