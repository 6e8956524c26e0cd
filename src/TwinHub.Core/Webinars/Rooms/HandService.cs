using Microsoft.EntityFrameworkCore;

namespace TwinHub.Core.Webinars.Rooms;

/// <summary>Who wants to speak, in the order in which they asked.</summary>
public sealed class HandService(RoomChange room)
{
    private const string Hands = "hands";

    /// <summary>Raises or lowers the own hand; twice is once.</summary>
    public Task<Outcome<bool>> Raise(Guid person, Guid webinar, bool up, CancellationToken cancel) => room.Make(person, webinar, Hands, async (db, _) =>
    {
        await (up
            ? db.Database.ExecuteSqlAsync($"insert into room_hands (webinar_id, person_id, raised_at) values ({webinar}, {person}, {room.Now}) on conflict do nothing", cancel)
            : db.RaisedHands.Where(h => h.WebinarId == webinar && h.PersonId == person).ExecuteDeleteAsync(cancel));
        return null;
    }, cancel);

    /// <summary>The organiser has given somebody the word.</summary>
    public Task<Outcome<bool>> Lower(Guid actor, Guid webinar, Guid person, CancellationToken cancel) => room.Lead(actor, webinar, Hands, async (db, _) =>
        await db.RaisedHands.Where(h => h.WebinarId == webinar && h.PersonId == person).ExecuteDeleteAsync(cancel) == 0 ? Refusal.NotFound : null, cancel);
}
