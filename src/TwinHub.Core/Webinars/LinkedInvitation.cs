using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.People;

namespace TwinHub.Core.Webinars;

/// <summary>Who a mailed link is for, and to which webinar.</summary>
internal sealed record LinkedInvitation(Invitation Invitation, Person Person, Webinar Webinar)
{
    /// <summary>A new token for a mail to the person of an invitation, in the transaction of the mail; only its hash is kept.</summary>
    public static string NewToken(TwinHubDb db, Guid invitation, string purpose, DateTimeOffset now)
    {
        var token = Secret.New();
        db.InvitationLinks.Add(new(Secret.Hash(purpose, token), invitation, purpose, now));
        return token;
    }

    /// <summary>Null: no link of that purpose, or the person was taken off or the account is closed.</summary>
    public static Task<LinkedInvitation?> Find(TwinHubDb db, string purpose, string token, CancellationToken cancel)
    {
        var hash = Secret.Hash(purpose, token);
        return db.InvitationLinks.Where(l => l.Hash == hash)
            .Join(WebinarAccess.Living(db), l => l.InvitationId, i => i.Id, (l, i) => i)
            .Join(db.People, i => i.PersonId, p => p.Id, (i, p) => new { Invitation = i, Person = p })
            .Join(db.Webinars, x => x.Invitation.WebinarId, w => w.Id, (x, w) => new LinkedInvitation(x.Invitation, x.Person, w))
            .AsNoTracking().SingleOrDefaultAsync(cancel);
    }
}
