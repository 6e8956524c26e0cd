using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;

namespace TwinHub.Core.Webinars.Rooms;

/// <summary>Reads rooms and agendas.</summary>
public sealed class RoomReader(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    private const int MostQuestions = 200;

    /// <summary>The room as a person in it sees it; the refusals of <see cref="RoomAccess.Enter"/>. A part that is not asked for is empty.</summary>
    public async Task<Outcome<RoomView>> Read(Guid person, Guid id, RoomParts parts, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var seat = await RoomAccess.Enter(db, person, id, clock.GetUtcNow(), cancel);
        if (seat.Refusal is { } refusal)
        {
            return refusal;
        }
        var (webinar, runs) = (seat.Value.Webinar, seat.Value.Runs);
        var present = db.RoomVisits.Where(v => v.WebinarId == id && v.LeftAt == null).Select(v => v.PersonId);
        return new RoomView(webinar, runs,
            parts.HasFlag(RoomParts.Agenda) ? await Agenda(db, person, webinar, cancel) : [],
            parts.HasFlag(RoomParts.Questions) ? await Questions(db, person, id, cancel) : [],
            parts.HasFlag(RoomParts.Polls) ? await Polls(db, person, id, cancel) : [],
            parts.HasFlag(RoomParts.Hands) ? await Hands(db, person, id, runs, cancel) : [],
            parts.HasFlag(RoomParts.People) ? await present.CountAsync(cancel) : 0,
            parts.HasFlag(RoomParts.People) && runs ? await People(db, present, cancel) : null);
    }

    /// <summary>The agenda of a webinar a person sees, before and after its room is open too.</summary>
    public async Task<IReadOnlyList<SlotView>> Agenda(Guid person, Webinar webinar, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await Agenda(db, person, webinar, cancel);
    }

    /// <summary>Whether a person sees the webinar at all.</summary>
    public async Task<bool> Sees(Guid person, Guid id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await WebinarAccess.Visible(db, person).AnyAsync(w => w.Id == id, cancel);
    }

    /// <summary>Whether a person may be in a room now; the refusals of <see cref="RoomAccess.Enter"/>.</summary>
    public async Task<Outcome<bool>> Enter(Guid person, Guid id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await RoomAccess.Enter(db, person, id, clock.GetUtcNow(), cancel) is { Refusal: { } refusal } ? refusal : true;
    }

    /// <summary>Which of these people may be in a room now.</summary>
    public async Task<IReadOnlySet<Guid>> Seated(IReadOnlyCollection<Guid> people, Guid id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var webinar = await db.Webinars.AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, cancel);
        if (webinar is null || !RoomAccess.IsOpen(webinar, clock.GetUtcNow()))
        {
            return new HashSet<Guid>();
        }
        // The rule of Enter for many people in one statement.
        var seated = await db.Invitations.Where(i => i.WebinarId == id && i.RemovedAt == null && i.Response == Invitation.Accepted).Select(i => i.PersonId)
            .Concat(db.NetworkRoles.Where(r => r.NetworkId == webinar.NetworkId && r.Role == "facilitator").Select(r => r.PersonId))
            .Where(person => people.Contains(person)).ToHashSetAsync(cancel);
        seated.Add(webinar.OrganiserId);
        return seated;
    }

    internal static async Task<IReadOnlyList<SlotView>> Agenda(TwinHubDb db, Guid person, Webinar webinar, CancellationToken cancel)
    {
        var slots = await AgendaService.Slots(db, webinar.Id).AsNoTracking().ToListAsync(cancel);
        var ids = slots.Select(s => s.GroupId).OfType<Guid>().ToList();
        var groups = (await GroupService.Views(db, await db.Groups.Where(g => ids.Contains(g.Id)).AsNoTracking().ToListAsync(cancel), cancel)).ToDictionary(one => one.Group.Id);
        var mine = await Noting(db, person, webinar, ids, cancel);
        var updates = (await db.StockUpdates.Where(u => db.AgendaSlots.Any(s => s.Id == u.SlotId && s.WebinarId == webinar.Id))
            .Join(db.People, u => u.PersonId, p => p.Id, (u, p) => new { Update = u, p.Name }).OrderBy(u => u.Update.At).AsNoTracking().ToListAsync(cancel)).ToLookup(u => u.Update.SlotId);
        var at = webinar.StartsAt;
        return [.. slots.Select(slot =>
        {
            var view = new SlotView(slot, at, slot.GroupId is { } group ? groups[group] : null, [.. updates[slot.Id].Select(u => new UpdateView(u.Update, u.Name))], slot.GroupId is { } own && mine.Contains(own));
            at = at.AddMinutes(slot.Minutes);
            return view;
        })];
    }

    /// <summary>The groups in whose discussion a person may write: the rule is the channels' own.</summary>
    private static async Task<HashSet<Guid>> Noting(TwinHubDb db, Guid person, Webinar webinar, List<Guid> groups, CancellationToken cancel)
    {
        var facilitates = await db.NetworkRoles.AnyAsync(r => r.NetworkId == webinar.NetworkId && r.PersonId == person && r.Role == "facilitator", cancel);
        var mine = await db.Memberships.Where(m => m.PersonId == person && groups.Contains(m.GroupId)).Select(m => new { m.GroupId, m.Roles }).ToListAsync(cancel);
        return facilitates ? [.. groups] : [.. mine.Where(m => m.Roles.Exists(role => role != "observer")).Select(m => m.GroupId)];
    }

    private static async Task<IReadOnlyList<QuestionView>> Questions(TwinHubDb db, Guid person, Guid id, CancellationToken cancel)
    {
        var rows = await db.RoomQuestions.Where(q => q.WebinarId == id && q.HiddenAt == null)
            .Select(q => new { Question = q, Votes = db.QuestionVotes.Count(v => v.QuestionId == q.Id), Mine = db.QuestionVotes.Any(v => v.QuestionId == q.Id && v.PersonId == person) })
            .OrderBy(q => q.Question.AnsweredAt != null).ThenByDescending(q => q.Votes).ThenBy(q => q.Question.AskedAt).Take(MostQuestions).AsNoTracking().ToListAsync(cancel);
        var authors = (await People(db, db.RoomQuestions.Where(q => q.WebinarId == id).Select(q => q.PersonId), cancel)).ToDictionary(p => p.Id);
        return [.. rows.Select(row => new QuestionView(row.Question, authors[row.Question.PersonId], row.Votes, row.Question.PersonId == person, row.Mine))];
    }

    private static async Task<IReadOnlyList<PollView>> Polls(TwinHubDb db, Guid person, Guid id, CancellationToken cancel)
    {
        var polls = await db.RoomPolls.Where(p => p.WebinarId == id).OrderByDescending(p => p.OpenedAt).AsNoTracking().ToListAsync(cancel);
        var ids = polls.Select(p => p.Id).ToList();
        var votes = (await db.PollVotes.Where(v => ids.Contains(v.PollId)).GroupBy(v => new { v.PollId, v.Choice })
            .Select(same => new { same.Key.PollId, same.Key.Choice, People = same.Count() }).ToListAsync(cancel)).ToDictionary(v => (v.PollId, v.Choice), v => v.People);
        var mine = await db.PollVotes.Where(v => ids.Contains(v.PollId) && v.PersonId == person).ToDictionaryAsync(v => v.PollId, v => v.Choice, cancel);
        return [.. polls.Select(poll => new PollView(poll, [.. poll.Choices.Select((_, choice) => votes.GetValueOrDefault((poll.Id, choice)))], mine.TryGetValue(poll.Id, out var chosen) ? chosen : null))];
    }

    private static async Task<IReadOnlyList<HandView>> Hands(TwinHubDb db, Guid person, Guid id, bool runs, CancellationToken cancel)
    {
        var hands = await db.RaisedHands.Where(h => h.WebinarId == id).OrderBy(h => h.RaisedAt).AsNoTracking().ToListAsync(cancel);
        var people = runs ? (await People(db, db.RaisedHands.Where(h => h.WebinarId == id).Select(h => h.PersonId), cancel)).ToDictionary(p => p.Id) : [];
        return [.. hands.Select(hand => new HandView(people.GetValueOrDefault(hand.PersonId), hand.RaisedAt, hand.PersonId == person))];
    }

    private static async Task<List<RoomPerson>> People(TwinHubDb db, IQueryable<Guid> ids, CancellationToken cancel)
    {
        var rows = await db.People.Where(p => ids.Contains(p.Id)).Select(p => new
        {
            p.Id, p.Name,
            Organisation = db.OrganisationPeople.Where(op => op.PersonId == p.Id).Join(db.Organisations, op => op.OrganisationId, o => o.Id, (op, o) => new { op.Since, o.Id, o.Names })
                .OrderBy(o => o.Since).ThenBy(o => o.Id).Select(o => o.Names).FirstOrDefault(),
        }).OrderBy(p => p.Name).ToListAsync(cancel);
        return [.. rows.Select(row => new RoomPerson(row.Id, row.Name, row.Organisation))];
    }
}
