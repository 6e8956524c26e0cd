using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Channels;
using TwinHub.Core.Data;
using TwinHub.Core.Live;
using TwinHub.Core.Text;

namespace TwinHub.Core.Webinars.Rooms;

/// <summary>
/// Taking stock: what a group says in its slot stands in the room and, in the same words, in the group's own discussion, where
/// its register draft finds it (domain, section 6).
/// </summary>
public sealed class StockService(IDbContextFactory<TwinHubDb> dbs, ChatService chat, HubClock clock)
{
    /// <summary>UTF-16 units.</summary>
    public const int MaxLength = 2_000;

    /// <summary>Notes what a group says, for who may write in its discussion.</summary>
    /// <param name="draft">The same client id again is the same update.</param>
    public async Task<Outcome<bool>> Note(Guid person, Guid webinarId, Guid slotId, MessageDraft draft, CancellationToken cancel)
    {
        var found = await Find(person, webinarId, slotId, cancel);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }
        var body = draft.Body.Trim();
        if (body.Length is 0 or > MaxLength)
        {
            return body.Length == 0 ? Refusal.Invalid("body", "room.say-something") : new Refusal(RefusalCode.TooLong, null, "body");
        }
        // The message first: it is durable and knows its client id, so that a crash in between repeats nothing.
        var posted = await chat.Post(person, found.Value.Channel, draft with { Body = $"**{found.Value.Heading}**\n\n{body}" }, cancel);
        if (posted.Refusal is { } unsaid)
        {
            return unsaid.Code == RefusalCode.NotFound ? Refusal.NotAllowed : unsaid;
        }
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.Database.ExecuteSqlAsync($"""
            insert into stock_updates (message_id, slot_id, person_id, body, at) values ({posted.Value.MessageId}, {slotId}, {person}, {body}, {clock.GetUtcNow()})
            on conflict (message_id) do nothing
            """, cancel);
        await db.Tell(new(Notice.WebinarChanged, $"{webinarId} agenda"), cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    private async Task<Outcome<(Guid Channel, string Heading)>> Find(Guid person, Guid webinarId, Guid slotId, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var seat = await RoomAccess.Enter(db, person, webinarId, clock.GetUtcNow(), cancel);
        if (seat.Refusal is { } refusal)
        {
            return refusal;
        }
        var channel = await db.AgendaSlots.Where(s => s.Id == slotId && s.WebinarId == webinarId && s.GroupId != null)
            .Join(db.Channels, s => s.GroupId, c => c.GroupId, (s, c) => (Guid?)c.Id).FirstOrDefaultAsync(cancel);
        var tag = await db.Networks.Where(n => n.Id == seat.Value.Webinar.NetworkId).Select(n => n.Tag).SingleAsync(cancel);
        var language = await db.People.Where(p => p.Id == person).Select(p => p.Language).SingleAsync(cancel);
        return channel is null ? Refusal.NotFound
            : (channel.Value, Texts.Shared.For(language).Say("room.stock.heading", ("title", Webinar.FullTitle(tag, seat.Value.Webinar.Title))));
    }
}
