using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.People;

namespace TwinHub.Core.Webinars.Rooms;

/// <summary>
/// The mailed way into a room. Its link opens, by a POST, a session that sees that one room and nothing else: guests have no
/// other sign-in (invitations, Decided; security.md, Tokens). Whoever is taken off or says no is out at once.
/// </summary>
public sealed class RoomDoor(IDbContextFactory<TwinHubDb> dbs, SignInOptions options, HubClock clock, TimeProvider time)
{
    /// <summary>Makes the link for a mail to the person of an invitation, inside the transaction of the mail.</summary>
    internal string Link(TwinHubDb db, Guid invitation)
    {
        var token = Secret.New();
        db.InvitationLinks.Add(new(Secret.Hash(Secret.Room, token), invitation, Secret.Room, time.GetUtcNow()));
        return $"{options.BaseUrl}/rooms/{token}";
    }

    /// <summary>Opens a session for the person of a link.</summary>
    /// <returns>The cookie's token; the refusals of <see cref="RoomAccess.Enter"/>.</returns>
    public async Task<Outcome<RoomPass>> Open(string token, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var hash = Secret.Hash(Secret.Room, token);
        var invitation = await db.InvitationLinks.Where(l => l.Hash == hash).Join(db.Invitations, l => l.InvitationId, i => i.Id, (l, i) => i).AsNoTracking().SingleOrDefaultAsync(cancel);
        if (invitation is null || await db.People.AnyAsync(p => p.Id == invitation.PersonId && p.DisabledAt != null, cancel))
        {
            return Refusal.NotFound;
        }
        var seat = await RoomAccess.Enter(db, invitation.PersonId, invitation.WebinarId, clock.GetUtcNow(), cancel);
        if (seat.Refusal is { } refusal)
        {
            return refusal;
        }
        var session = Secret.New();
        db.RoomSessions.Add(new(Secret.Hash(Secret.RoomSession, session), invitation.Id, time.GetUtcNow()));
        await db.SaveChangesAsync(cancel);
        return new RoomPass(session, invitation.WebinarId);
    }

    /// <summary>Who a session's cookie stands for, in the one room it is for; null: nobody, or the room is closed.</summary>
    public async Task<Viewer?> Read(string token, Guid webinar, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var hash = Secret.Hash(Secret.RoomSession, token);
        var found = await db.RoomSessions.Where(s => s.Hash == hash)
            .Join(db.Invitations.Where(i => i.WebinarId == webinar && i.RemovedAt == null), s => s.InvitationId, i => i.Id, (s, i) => new { s.Id, i.PersonId })
            .Join(db.People.Where(p => p.DisabledAt == null), s => s.PersonId, p => p.Id, (s, p) => new { s.Id, Person = p })
            .AsNoTracking().SingleOrDefaultAsync(cancel);
        if (found is not { Person: var person })
        {
            return null;
        }
        var isOpen = await db.Webinars.AsNoTracking().Where(w => w.Id == webinar).SingleAsync(cancel);
        return RoomAccess.IsOpen(isOpen, clock.GetUtcNow())
            ? new Viewer(person.Id, person.Name, person.Email, person.Language, person.TimeZone, person.Scheme, null, found.Id, null, webinar) : null;
    }
}

/// <summary>A session that was opened.</summary>
/// <param name="Token">For the cookie; this is the only time it can be read.</param>
public sealed record RoomPass(string Token, Guid WebinarId);
