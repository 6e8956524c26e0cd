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
    internal string Link(TwinHubDb db, Guid invitation) => $"{options.BaseUrl}/rooms/{LinkedInvitation.NewToken(db, invitation, Secret.Room, time.GetUtcNow())}";

    /// <summary>Opens a session for the person of a link.</summary>
    /// <returns>The cookie's token; the refusals of <see cref="RoomAccess.Enter"/>.</returns>
    public async Task<Outcome<RoomPass>> Open(string token, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await LinkedInvitation.Find(db, Secret.Room, token, cancel) is not { Invitation: var invitation })
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
            .Join(WebinarAccess.Living(db).Where(i => i.WebinarId == webinar), s => s.InvitationId, i => i.Id, (s, i) => new { s.Id, i.PersonId, i.WebinarId })
            .Join(db.People, s => s.PersonId, p => p.Id, (s, p) => new { s.Id, s.WebinarId, Person = p })
            .Join(db.Webinars, s => s.WebinarId, w => w.Id, (s, w) => new { s.Id, s.Person, Webinar = w })
            .AsNoTracking().SingleOrDefaultAsync(cancel);
        return found is { Person: var person } && RoomAccess.IsOpen(found.Webinar, clock.GetUtcNow())
            ? new Viewer(person.Id, person.Name, person.Email, person.Language, person.TimeZone, person.Scheme, null, found.Id, null, webinar) : null;
    }
}

/// <summary>A session that was opened.</summary>
/// <param name="Token">For the cookie; this is the only time it can be read.</param>
public sealed record RoomPass(string Token, Guid WebinarId);
