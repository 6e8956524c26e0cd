using Microsoft.EntityFrameworkCore;

namespace TwinHub.Core.Webinars.Rooms;

/// <summary>Simple polls: a question with two to six choices, one vote a person, changeable while it is open.</summary>
public sealed class PollService(RoomChange room)
{
    private const string Polls = "polls";

    /// <summary>Opens a poll; the one before closes.</summary>
    public async Task<Outcome<bool>> Open(Guid actor, Guid webinar, string? question, IEnumerable<string?> choices, CancellationToken cancel)
    {
        var asked = Names.Clean(question, 300);
        var given = choices.Where(one => !string.IsNullOrWhiteSpace(one)).Select(one => Names.Clean(one, 100)).ToList();
        if (asked is null || given.Contains(null) || given.Count is < 2 or > 6)
        {
            return Refusal.Invalid("poll", asked is null ? "room.poll-question" : "room.poll-choices");
        }
        return await room.Lead(actor, webinar, Polls, async (db, _) =>
        {
            await db.RoomPolls.Where(p => p.WebinarId == webinar && p.ClosedAt == null).ForEachAsync(poll => poll.Close(room.Now), cancel);
            db.RoomPolls.Add(new(webinar, asked, given.OfType<string>(), room.Now));
            return null;
        }, cancel);
    }

    public Task<Outcome<bool>> Close(Guid actor, Guid webinar, Guid poll, CancellationToken cancel) => room.Lead(actor, webinar, Polls, async (db, _) =>
    {
        var found = await db.RoomPolls.SingleOrDefaultAsync(p => p.Id == poll && p.WebinarId == webinar, cancel);
        found?.Close(room.Now);
        return found is null ? Refusal.NotFound : null;
    }, cancel);

    /// <summary>Votes, or changes the vote; <c>closed</c> when the poll is over.</summary>
    public Task<Outcome<bool>> Vote(Guid person, Guid webinar, Guid poll, int? choice, CancellationToken cancel) => room.Make(person, webinar, Polls, async (db, _) =>
    {
        var found = await db.RoomPolls.FromSql($"select * from room_polls where id = {poll} for share").SingleOrDefaultAsync(p => p.WebinarId == webinar, cancel);
        if (found is null || found.ClosedAt is not null)
        {
            return found is null ? Refusal.NotFound : new Refusal(RefusalCode.Closed, "room.poll-over");
        }
        if (choice is null || choice < 0 || choice >= found.Choices.Count)
        {
            return Refusal.Invalid("choice", "room.poll-choose");
        }
        await db.Database.ExecuteSqlAsync($"""
            insert into poll_votes (poll_id, person_id, choice, at) values ({poll}, {person}, {choice}, {room.Now})
            on conflict (poll_id, person_id) do update set choice = excluded.choice, at = excluded.at
            """, cancel);
        return null;
    }, cancel);
}
