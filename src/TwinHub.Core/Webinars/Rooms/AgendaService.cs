using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Live;

namespace TwinHub.Core.Webinars.Rooms;

/// <summary>A slot as an organiser enters it.</summary>
/// <param name="Id">Null: a new one.</param>
/// <param name="Group">Slug of the group to which a new slot belongs; null: a talk.</param>
public sealed record SlotInput(Guid? Id, string? Title, string? Speaker, int? Minutes, string? Group = null);

/// <summary>The agenda of a webinar: planned before, led through in the room.</summary>
public sealed class AgendaService(IDbContextFactory<TwinHubDb> dbs, RoomChange room)
{
    private const string Agenda = "agenda";
    private const int MaxSlots = 60;

    /// <summary>Takes over the whole agenda in the order given; slots that are not named go.</summary>
    /// <returns><c>invalid</c> with the field <c>slots[i].title</c> and the like; <c>closed</c> where a slot that was held would go.</returns>
    public async Task<Outcome<bool>> Save(Guid actor, Guid webinarId, IReadOnlyList<SlotInput> slots, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var webinar = await WebinarAccess.Lock(db, actor, webinarId, cancel);
        if (webinar.Refusal is { } refusal)
        {
            return refusal;
        }
        if (webinar.Value.State == Webinar.Cancelled)
        {
            return new Refusal(RefusalCode.Closed, "error.webinar.cancelled");
        }
        if (await Take(db, webinar.Value, slots, cancel) is { } fault)
        {
            return fault;
        }
        await db.SaveAndTell(new(Notice.WebinarChanged, $"{webinarId} {Agenda}"), cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>It is a slot's turn; the one before ends.</summary>
    public Task<Outcome<bool>> Begin(Guid actor, Guid webinar, Guid slot, CancellationToken cancel) => room.Lead(actor, webinar, Agenda, async (db, _) =>
    {
        var slots = await Locked(db, webinar, cancel);
        if (slots.Find(one => one.Id == slot) is not { } next)
        {
            return Refusal.NotFound;
        }
        slots.Find(one => one.IsPresent && one != next)?.End(room.Now);
        // One slot is the present one at most, after each statement.
        await db.SaveChangesAsync(cancel);
        next.Begin(room.Now);
        return null;
    }, cancel);

    /// <summary>The present slot is over, and no other begins.</summary>
    public Task<Outcome<bool>> End(Guid actor, Guid webinar, CancellationToken cancel) => room.Lead(actor, webinar, Agenda, async (db, _) =>
    {
        (await Locked(db, webinar, cancel)).Find(one => one.IsPresent)?.End(room.Now);
        return null;
    }, cancel);

    private static async Task<List<AgendaSlot>> Locked(TwinHubDb db, Guid webinar, CancellationToken cancel)
    {
        await db.Database.ExecuteSqlAsync($"select 1 from webinars where id = {webinar} for update", cancel);
        return await Slots(db, webinar).ToListAsync(cancel);
    }

    internal static IQueryable<AgendaSlot> Slots(TwinHubDb db, Guid webinar) => db.AgendaSlots.Where(s => s.WebinarId == webinar).OrderBy(s => s.Position);

    private static async Task<Refusal?> Take(TwinHubDb db, Webinar webinar, IReadOnlyList<SlotInput> inputs, CancellationToken cancel)
    {
        if (inputs.Count > MaxSlots)
        {
            return Refusal.Invalid("slots", "agenda.too-many");
        }
        var present = await Slots(db, webinar.Id).ToDictionaryAsync(s => s.Id, cancel);
        var slugs = inputs.Select(one => one.Group).OfType<string>().ToList();
        var groups = await db.Groups.Where(g => g.NetworkId == webinar.NetworkId && slugs.Contains(g.Slug)).ToDictionaryAsync(g => g.Slug, g => g.Id, cancel);
        var named = inputs.Select(one => one.Id).OfType<Guid>().ToHashSet();
        foreach (var gone in present.Values.Where(slot => !named.Contains(slot.Id)))
        {
            if (gone.BeganAt is not null)
            {
                return new Refusal(RefusalCode.Closed, "agenda.was-held", "slots");
            }
            db.Remove(gone);
        }
        for (var i = 0; i < inputs.Count; i++)
        {
            if (Take(db, webinar, present, groups, inputs[i], i) is { } fault)
            {
                return fault;
            }
        }
        var taken = inputs.Select(one => one.Id is { } id ? present.GetValueOrDefault(id)?.GroupId : one.Group is { } slug ? groups.GetValueOrDefault(slug) : null).OfType<Guid>().ToList();
        return taken.Distinct().Count() < taken.Count ? Refusal.Invalid("slots", "agenda.group-twice") : null;
    }

    private static Refusal? Take(TwinHubDb db, Webinar webinar, Dictionary<Guid, AgendaSlot> present, Dictionary<string, Guid> groups, SlotInput input, int place)
    {
        var (title, speaker) = (Names.Clean(input.Title, 200), string.IsNullOrWhiteSpace(input.Speaker) ? "" : Names.Clean(input.Speaker, 200));
        if (title is null || speaker is null || input.Minutes is not (>= 1 and <= 480))
        {
            return title is null ? Refusal.Invalid($"slots[{place}].title", "agenda.title-wanted") : speaker is null ? Refusal.Invalid($"slots[{place}].speaker", "error.webinar.text") : Refusal.Invalid($"slots[{place}].minutes", "agenda.minutes-wanted");
        }
        if (input.Id is { } id)
        {
            if (!present.TryGetValue(id, out var slot))
            {
                return Refusal.NotFound;
            }
            slot.Change(title, speaker, input.Minutes.Value);
            slot.MoveTo(place);
            return null;
        }
        if (input.Group is { } slug && !groups.ContainsKey(slug))
        {
            return Refusal.NotFound;
        }
        db.AgendaSlots.Add(new(webinar.Id, place, title, speaker, input.Minutes.Value, input.Group is null ? null : groups[input.Group]));
        return null;
    }
}
