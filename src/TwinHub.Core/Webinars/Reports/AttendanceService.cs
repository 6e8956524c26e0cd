using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Live;
using TwinHub.Core.Webinars.Rooms;

namespace TwinHub.Core.Webinars.Reports;

/// <summary>The organiser's corrections: what the room cannot know, such as who listened beside a colleague.</summary>
public sealed class AttendanceService(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    /// <summary>
    /// Marks somebody invited as there, from the start to the end of a webinar that is over; or takes that back, which touches
    /// nothing but the mark. Twice is once.
    /// </summary>
    /// <returns><c>closed</c> before the end; <c>not_found</c> for who is not invited.</returns>
    public async Task<Outcome<bool>> Mark(Guid actor, Guid id, Guid person, bool there, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var found = await WebinarAccess.Lock(db, actor, id, cancel);
        if ((found.Refusal ?? found.Value.Unfinished(clock.GetUtcNow())) is { } refusal)
        {
            return refusal;
        }
        if (!await db.Invitations.AnyAsync(i => i.WebinarId == id && i.PersonId == person && i.RemovedAt == null, cancel))
        {
            return Refusal.NotFound;
        }
        var mark = await db.RoomVisits.SingleOrDefaultAsync(v => v.WebinarId == id && v.PersonId == person && v.Via == RoomVisit.Organiser, cancel);
        if (there && mark is null)
        {
            db.RoomVisits.Add(new(id, person, RoomVisit.Organiser, found.Value.StartsAt, found.Value.EndsAt));
        }
        else if (!there && mark is not null)
        {
            db.RoomVisits.Remove(mark);
        }
        await db.SaveAndTell(new(Notice.WebinarChanged, $"{id} people"), cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }
}
