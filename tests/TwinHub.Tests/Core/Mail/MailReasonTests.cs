using Microsoft.EntityFrameworkCore;
using TwinHub.Core;
using TwinHub.Core.Data;
using TwinHub.Core.Mail;
using TwinHub.Core.Networks;
using TwinHub.Core.People;
using TwinHub.Core.Webinars;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Core.Mail;

/// <summary>Which mails about webinars are still worth sending, as the delivery asks before each attempt.</summary>
public sealed class MailReasonTests(CoreFixture fixture) : IClassFixture<CoreFixture>
{
    private static int _count;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task An_invitation_holds_until_a_newer_message_a_removal_or_the_webinars_end()
    {
        var (invitation, first) = await Invite(MailReason.Invitation);
        Assert.True(await Holds(first));

        var second = await Queue(invitation, MailReason.Invitation(invitation), newest: true);
        Assert.Equal((false, true), (await Holds(first), await Holds(second)));

        await fixture.Execute("update invitations set removed_at = now() where id = $1", invitation);
        Assert.False(await Holds(second));

        await fixture.Execute("update invitations set removed_at = null where id = $1", invitation);
        Assert.True(await Holds(second));
        await Cancelled(invitation);
        Assert.False(await Holds(second));
    }

    [Fact]
    public async Task A_word_about_the_waiting_list_holds_while_it_is_true()
    {
        var (invitation, waiting) = await Invite(id => MailReason.Response(id, Invitation.Waiting));
        var promoted = await Queue(invitation, MailReason.Response(invitation, Invitation.Accepted), newest: false);
        Assert.Equal((false, false), (await Holds(waiting), await Holds(promoted)));

        await fixture.Execute("update invitations set response = 'waiting', via = 'page', waiting_since = now() where id = $1", invitation);
        Assert.Equal((true, false), (await Holds(waiting), await Holds(promoted)));

        await fixture.Execute("update invitations set response = 'accepted', holds_seat = true, waiting_since = null where id = $1", invitation);
        Assert.Equal((false, true), (await Holds(waiting), await Holds(promoted)));

        await Cancelled(invitation);
        Assert.False(await Holds(promoted));
    }

    [Fact]
    public async Task A_word_to_who_was_invited_holds_while_they_are_on_the_list()
    {
        var (invitation, mail) = await Invite(MailReason.StillInvited);
        Assert.True(await Holds(mail));
        await fixture.Execute("update invitations set removed_at = now() where id = $1", invitation);
        Assert.False(await Holds(mail));
        await fixture.Execute("update invitations set removed_at = null where id = $1", invitation);
        await Cancelled(invitation);
        Assert.False(await Holds(mail));
    }

    [Fact]
    public async Task A_reminder_holds_until_the_start_it_names_unless_declined_or_moved()
    {
        var (invitation, _) = await Invite(MailReason.Invitation);
        var start = await Start(invitation);
        var mail = await Queue(invitation, MailReason.Reminder(invitation, start), newest: false);
        Assert.True(await Holds(mail));

        await fixture.Execute("update invitations set response = 'declined', via = 'page' where id = $1", invitation);
        Assert.False(await Holds(mail));
        await fixture.Execute("update invitations set response = 'tentative' where id = $1", invitation);
        Assert.True(await Holds(mail));

        await fixture.Execute("update webinars set starts_at = starts_at + interval '1 minute' where id = (select webinar_id from invitations where id = $1)", invitation);
        Assert.False(await Holds(mail));
        await fixture.Execute("update webinars set starts_at = starts_at - interval '1 minute' where id = (select webinar_id from invitations where id = $1)", invitation);
        Assert.True(await Holds(mail));

        var offset = fixture.Time.Offset;
        fixture.Time.Offset += start - fixture.Time.GetUtcNow();
        Assert.False(await Holds(mail));
        fixture.Time.Offset = offset;
    }

    [Fact]
    public async Task A_cancellation_always_holds() =>
        Assert.True(await Holds(Mail(null)));

    [Theory]
    [InlineData("invitation")]
    [InlineData("invitation:x")]
    [InlineData("invited:x")]
    [InlineData("webinar-reminder:00000000-0000-0000-0000-000000000001")]
    [InlineData("webinar-reminder:00000000-0000-0000-0000-000000000001:soon")]
    [InlineData("declined:00000000-0000-0000-0000-000000000001")]
    public async Task A_reason_that_says_nothing_is_known_for_none(string reason) => Assert.Null(await fixture.Get<MailReason>().StillHolds(Mail(reason), Cancel));

    /// <summary>Somebody invited to a webinar in a week, with the mail that asks as the newest.</summary>
    private async Task<(Guid Invitation, OutgoingMail Mail)> Invite(Func<Guid, string> reason)
    {
        await using var db = await fixture.Get<IDbContextFactory<TwinHubDb>>().CreateDbContextAsync(Cancel);
        var now = fixture.Time.GetUtcNow();
        var number = Interlocked.Increment(ref _count);
        var (network, organiser, invitee) = (new Network($"n{number}", "hosts", "N", LocalizedText.Same("N"), "Europe/Paris", now), Person("o", number, now), Person("i", number, now));
        db.AddRange(network, organiser, invitee);
        await db.SaveChangesAsync(Cancel);
        var webinar = new Webinar(network.Id, organiser.Id, "hub.example.org", new("Title", new DateOnly(now.Year, now.Month, now.Day).AddDays(7).ToDateTime(default), "UTC", 60, "", null, "", [], "", null), now);
        webinar.Publish(now);
        var invitation = new Invitation(webinar.Id, invitee.Id, null, null, 0, now);
        db.Add(webinar);
        await db.SaveChangesAsync(Cancel);
        db.Add(invitation);
        await db.SaveChangesAsync(Cancel);
        return (invitation.Id, await Queue(invitation.Id, reason(invitation.Id), newest: true));
    }

    private static Person Person(string name, int number, DateTimeOffset now) => new($"{name}{number}@example.org", name, "en", "UTC", now);

    private async Task<OutgoingMail> Queue(Guid invitation, string reason, bool newest)
    {
        await using var db = await fixture.Get<IDbContextFactory<TwinHubDb>>().CreateDbContextAsync(Cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(Cancel);
        var id = await fixture.Get<Outbox>().Queue(db, new("rana@example.org", "Rana", "en", "invitation") { Subject = "S", Paragraphs = [], Why = "W", Reason = reason }, Cancel);
        if (newest)
        {
            (await db.Invitations.SingleAsync(i => i.Id == invitation, Cancel)).Wrote(0, id);
            await db.SaveChangesAsync(Cancel);
        }
        await transaction.CommitAsync(Cancel);
        return Mail(reason) with { Id = id };
    }

    private static OutgoingMail Mail(string? reason) => new(Guid.Empty, "<x@example.org>", "", "rana@example.org", reason, [], 1);

    private async Task<bool> Holds(OutgoingMail mail) => (await fixture.Get<MailReason>().StillHolds(mail, Cancel))!.Value;

    private Task<DateTimeOffset> Start(Guid invitation) =>
        fixture.Scalar<DateTimeOffset>("select w.starts_at from webinars w join invitations i on i.webinar_id = w.id where i.id = $1", invitation);

    private Task Cancelled(Guid invitation) =>
        fixture.Execute("update webinars set state = 'cancelled', cancelled_at = now() where id = (select webinar_id from invitations where id = $1)", invitation);
}
