using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;

namespace TwinHub.Core.Webinars;

/// <summary>The waiting list: who waited longest gets the next free seat, and one mail that says so. A closed account holds none.</summary>
internal static class Seats
{
    /// <summary>Gives the free seats away. The caller holds the webinar's row lock and saves afterwards.</summary>
    public static async Task Fill(TwinHubDb db, InvitationPost post, Webinar webinar, DateTimeOffset now, CancellationToken cancel)
    {
        // What the caller changed must be seen by the counting below.
        await db.SaveChangesAsync(cancel);
        var taken = await WebinarAccess.Living(db).CountAsync(i => i.WebinarId == webinar.Id && i.HoldsSeat, cancel);
        var free = webinar.Capacity is { } seats ? Math.Max(0, seats - taken) : int.MaxValue;
        var next = await WebinarAccess.Living(db).Where(i => i.WebinarId == webinar.Id && i.Response == Invitation.Waiting)
            .OrderBy(i => i.WaitingSince).ThenBy(i => i.Id).Take(free).ToListAsync(cancel);
        foreach (var invitation in next)
        {
            invitation.Promote();
            db.InvitationLog.Add(new(webinar.Id, invitation.Id, now, "promoted") { Response = Invitation.Accepted });
        }
        await post.Send(db, webinar, next, (letters, mail) => letters.Promoted(mail), cancel);
    }
}
