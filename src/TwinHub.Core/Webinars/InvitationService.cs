using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Live;

namespace TwinHub.Core.Webinars;

/// <summary>Who is invited: asked, asked again, taken off.</summary>
public sealed class InvitationService(IDbContextFactory<TwinHubDb> dbs, InvitationPost post, RsvpAddresses addresses, WebinarReminders reminders, HubClock clock)
{
    /// <summary>Invites more people. Where the webinar is scheduled their invitations go out, otherwise with its publication.</summary>
    /// <returns>How many were not invited before.</returns>
    public async Task<Outcome<int>> Invite(Guid actor, Guid webinarId, InviteList list, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var webinar = await WebinarAccess.Lock(db, actor, webinarId, cancel);
        if (webinar.Refusal is { } refusal)
        {
            return refusal;
        }
        if (webinar.Value.Closed(clock.GetUtcNow()) is { } closed)
        {
            return closed;
        }
        var added = await Add(db, actor, webinar.Value, list, cancel);
        if (added.Refusal is null)
        {
            await db.SaveAndTell(new(Notice.WebinarChanged, $"{webinarId} invitations"), cancel);
            await transaction.CommitAsync(cancel);
        }
        return added;
    }

    /// <summary>Takes a person off: the event leaves their calendar, their links and answers end, a seat becomes free.</summary>
    public async Task<Outcome<bool>> Remove(Guid actor, Guid webinarId, Guid invitationId, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var found = await WebinarAccess.Lock(db, actor, webinarId, cancel);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }
        var webinar = found.Value;
        var invitation = await db.Invitations.SingleOrDefaultAsync(i => i.Id == invitationId && i.WebinarId == webinarId && i.RemovedAt == null, cancel);
        if (invitation is null)
        {
            return Refusal.NotFound;
        }
        var (wasAsked, freed) = (invitation.EmailId is not null, invitation.HoldsSeat);
        invitation.Remove(clock.GetUtcNow());
        await reminders.Cancel(db, webinar.Id, invitation.PersonId, cancel);
        if (wasAsked && webinar.State == Webinar.Scheduled && webinar.Closed(clock.GetUtcNow()) is null)
        {
            webinar.NextSequence();
            await post.SendCalendar(db, webinar, [invitation], (letters, mail) => letters.Cancelled(mail), cancel);
        }
        db.InvitationLog.Add(new(webinar.Id, invitation.Id, clock.GetUtcNow(), "removed"));
        if (freed)
        {
            await Seats.Fill(db, post, webinar, clock.GetUtcNow(), cancel);
        }
        await db.SaveAndTell(new(Notice.WebinarChanged, $"{webinarId} invitations"), cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>Adds invitations inside a transaction that holds the webinar's lock.</summary>
    internal async Task<Outcome<int>> Add(TwinHubDb db, Guid actor, Webinar webinar, InviteList list, CancellationToken cancel)
    {
        var host = await WebinarAccess.Host(db, actor, webinar.NetworkId, cancel);
        if (host.Refusal is { } refusal)
        {
            return refusal;
        }
        var organiser = await db.People.SingleAsync(p => p.Id == webinar.OrganiserId, cancel);
        var invitees = await new InviteListResolver(db, host.Value, organiser, clock.GetUtcNow()).Resolve(list, cancel);
        if (invitees.Refusal is not null)
        {
            return invitees.Refusal;
        }
        var fresh = await Fresh(db, webinar, invitees.Value, cancel);
        if (webinar.State == Webinar.Scheduled)
        {
            await Ask(db, webinar, fresh, cancel);
        }
        return fresh.Count;
    }

    /// <summary>Sends the invitations that have not gone out and plans their reminders.</summary>
    internal async Task Ask(TwinHubDb db, Webinar webinar, IReadOnlyList<Invitation> invitations, CancellationToken cancel)
    {
        if (invitations.Any(i => i.FirstEmailId is not null))
        {
            // Who was taken off has seen the cancellation's number: asking again needs a higher one.
            webinar.NextSequence();
        }
        await db.SaveChangesAsync(cancel);
        await post.SendCalendar(db, webinar, invitations, (letters, mail) => letters.Request(mail), cancel);
        await reminders.Plan(db, webinar, [.. invitations.Select(i => i.PersonId)], cancel);
    }

    private async Task<List<Invitation>> Fresh(TwinHubDb db, Webinar webinar, IReadOnlyList<Invitee> invitees, CancellationToken cancel)
    {
        var ids = invitees.Select(i => i.PersonId).ToList();
        var present = await db.Invitations.Where(i => i.WebinarId == webinar.Id && ids.Contains(i.PersonId)).ToDictionaryAsync(i => i.PersonId, cancel);
        var fresh = invitees.Where(i => !present.TryGetValue(i.PersonId, out var old) || old.RemovedAt is not null).ToList();
        var tokens = await addresses.For(db, webinar.NetworkId, [.. fresh.Select(i => i.PersonId)], cancel);
        var now = clock.GetUtcNow();
        var invitations = fresh.Select(invitee =>
        {
            var token = tokens.GetValueOrDefault(invitee.PersonId);
            if (present.TryGetValue(invitee.PersonId, out var old))
            {
                // ORGANIZER never changes for a living UID: who is asked again keeps the address of the first time.
                old.InviteAgain(invitee.GroupId, old.RsvpToken ?? token, now);
                return old;
            }
            var made = new Invitation(webinar.Id, invitee.PersonId, invitee.GroupId, token, webinar.Sequence, now);
            db.Invitations.Add(made);
            return made;
        }).ToList();
        db.InvitationLog.AddRange(invitations.Select(i => new InvitationLogEntry(webinar.Id, i.Id, now, "invited")));
        return invitations;
    }
}
