using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;

namespace TwinHub.Core.Webinars.Rooms;

/// <summary>
/// Who may be in a webinar's room, and when: who runs it and who said yes, from 15 minutes before until 4 hours after it
/// (invitations, Decided).
/// </summary>
public static class RoomAccess
{
    public static readonly TimeSpan Before = TimeSpan.FromMinutes(15), After = TimeSpan.FromHours(4);

    /// <summary>Whether the room is open at an instant.</summary>
    public static bool IsOpen(Webinar webinar, DateTimeOffset now) =>
        webinar.State == Webinar.Scheduled && now >= webinar.StartsAt - Before && now < webinar.EndsAt + After;

    /// <summary>The seat of a person in a room; not found for who does not see the webinar, closed outside its time, not allowed without a yes.</summary>
    internal static async Task<Outcome<RoomSeat>> Enter(TwinHubDb db, Guid person, Guid id, DateTimeOffset now, CancellationToken cancel)
    {
        var webinar = await WebinarAccess.Visible(db, person).AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, cancel);
        if (webinar is null)
        {
            return Refusal.NotFound;
        }
        if (Closed(webinar, now) is { } closed)
        {
            return closed;
        }
        var runs = await WebinarAccess.RunBy(db, person).AnyAsync(w => w.Id == id, cancel);
        var comes = runs || await db.Invitations.AnyAsync(i => i.WebinarId == id && i.PersonId == person && i.RemovedAt == null && i.Response == Invitation.Accepted, cancel);
        return comes ? new RoomSeat(webinar, person, runs) : new Refusal(RefusalCode.NotAllowed, "room.answer-first");
    }

    /// <summary>As <see cref="Enter"/>, for what only who runs the webinar may do there.</summary>
    internal static async Task<Outcome<RoomSeat>> Lead(TwinHubDb db, Guid person, Guid id, DateTimeOffset now, CancellationToken cancel)
    {
        var seat = await Enter(db, person, id, now, cancel);
        return seat.Refusal is null && !seat.Value.Runs ? Refusal.NotAllowed : seat;
    }

    private static Refusal? Closed(Webinar webinar, DateTimeOffset now) =>
        webinar.State == Webinar.Cancelled ? new(RefusalCode.Closed, "error.webinar.cancelled")
        : webinar.State == Webinar.Draft || now < webinar.StartsAt - Before ? new(RefusalCode.Closed, "room.early")
        : now >= webinar.EndsAt + After ? new(RefusalCode.Closed, "room.over")
        : null;
}

/// <summary>A person in a room.</summary>
/// <param name="Runs">They lead through the agenda and see who is there.</param>
internal sealed record RoomSeat(Webinar Webinar, Guid PersonId, bool Runs);
