using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Channels;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;

namespace TwinHub.Core.Lessons;

/// <summary>Lessons as members, observers and facilitators of a group read them.</summary>
public sealed class LessonReader(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    public const int PageSize = 50;

    /// <summary>A group's lessons of one kind or all, the newest first, at most <see cref="PageSize"/> older than a given one.</summary>
    public async Task<Outcome<LessonPage>> List(Guid person, string slug, string? kind, Guid? before, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var seat = await GroupStanding.Take(db, person, slug, cancel);
        if (seat.Refusal is { } refusal)
        {
            return refusal;
        }
        var living = Living(db, seat.Value.Group.Id).Where(l => kind == null || l.Kind == kind);
        if (before is { } last)
        {
            var place = db.Lessons.Where(l => l.Id == last);
            living = living.Where(l => place.Any(p => l.HappenedAt < p.HappenedAt || (l.HappenedAt == p.HappenedAt && l.Id.CompareTo(p.Id) < 0)));
        }
        var lessons = await living.OrderByDescending(l => l.HappenedAt).ThenByDescending(l => l.Id).Take(PageSize + 1).AsNoTracking().ToListAsync(cancel);
        var open = await db.Disseminations.CountAsync(d => d.DoneOn == null && Living(db, seat.Value.Group.Id).Any(l => l.Id == d.LessonId), cancel);
        return new LessonPage(seat.Value, await Views(db, seat.Value, [.. lessons.Take(PageSize)], cancel), lessons.Count > PageSize, open);
    }

    /// <summary>One lesson.</summary>
    public async Task<Outcome<(GroupStanding Seat, LessonView Lesson)>> Find(Guid person, string slug, Guid id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var seat = await GroupStanding.Take(db, person, slug, cancel);
        if (seat.Refusal is { } refusal)
        {
            return refusal;
        }
        var lesson = await Living(db, seat.Value.Group.Id).AsNoTracking().SingleOrDefaultAsync(l => l.Id == id, cancel);
        return lesson is null ? Refusal.NotFound : (seat.Value, (await Views(db, seat.Value, [lesson], cancel))[0]);
    }

    /// <summary>A message, review or webinar that can be marked, and the lessons it has been marked as, by kind.</summary>
    public async Task<Outcome<(MarkedSource Source, IReadOnlyDictionary<string, Guid> Marks)>> Source(Guid person, string slug, LessonSource source, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var seat = await GroupStanding.Take(db, person, slug, cancel);
        if (seat.Refusal is { } refusal)
        {
            return refusal;
        }
        if (await LessonSources.Find(db, seat.Value, source, clock.GetUtcNow(), cancel) is not { } found)
        {
            return Refusal.NotFound;
        }
        return (found, await Living(db, seat.Value.Group.Id).Where(l => l.SourceId == source.Id).ToDictionaryAsync(l => l.Kind, l => l.Id, cancel));
    }

    /// <summary>How the messages from one place of a group's talk on are marked, for whoever may see the group: by message, kinds in their order.</summary>
    /// <param name="upTo">The place before which to stop; null: the end.</param>
    public async Task<IReadOnlyDictionary<Guid, IReadOnlyList<string>>> Marks(Guid group, long from, long? upTo, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var marks = await Living(db, group).Where(l => l.SourceKind == LessonSource.Message)
            .Join(db.Set<Message>().Where(m => m.Posted >= from && (upTo == null || m.Posted < upTo)), l => l.SourceId, m => m.Id, (l, m) => new { m.Id, l.Kind }).ToListAsync(cancel);
        return marks.GroupBy(mark => mark.Id, mark => mark.Kind)
            .ToDictionary(mark => mark.Key, mark => (IReadOnlyList<string>)[.. Lesson.Kinds.Where(mark.Contains)]);
    }

    /// <summary>What a group learned in a period, the oldest first: lines for its quarterly draft. One query.</summary>
    public static Task<List<LessonLine>> InPeriod(TwinHubDb db, Guid group, DateTimeOffset from, DateTimeOffset until, CancellationToken cancel) =>
        Living(db, group).Where(l => l.HappenedAt >= from && l.HappenedAt < until).OrderBy(l => l.HappenedAt).ThenBy(l => l.Id)
            .Select(l => new LessonLine(l.Id, l.Kind, l.Text, l.HappenedAt, l.SourceKind == null ? null : new LessonSource(l.SourceKind, l.SourceId!.Value))).ToListAsync(cancel);

    private static IQueryable<Lesson> Living(TwinHubDb db, Guid group) => db.Lessons.Where(l => l.GroupId == group && l.RemovedAt == null);

    private static async Task<List<LessonView>> Views(TwinHubDb db, GroupStanding seat, List<Lesson> lessons, CancellationToken cancel)
    {
        var ids = lessons.Select(l => l.Id).ToList();
        var told = (await db.Disseminations.Where(d => ids.Contains(d.LessonId)).OrderBy(d => d.DueOn).ThenBy(d => d.Id).AsNoTracking().ToListAsync(cancel)).ToLookup(d => d.LessonId);
        var people = lessons.Select(l => l.PersonId).Concat(told.SelectMany(rows => rows).Select(d => d.DoneBy).OfType<Guid>()).Distinct().ToList();
        var names = await db.People.Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancel);
        var sources = await Sources(db, seat, lessons, cancel);
        return [.. lessons.Select(l => new LessonView(l, names[l.PersonId], l.SourceId is { } source ? sources.GetValueOrDefault(source) : null,
            [.. told[l.Id].Select(d => new DisseminationView(d, d.DoneBy is { } by ? names[by] : null, seat.Facilitates || d.OrganisationId == seat.OrganisationId))]))];
    }

    private static async Task<Dictionary<Guid, SourceView>> Sources(TwinHubDb db, GroupStanding seat, List<Lesson> lessons, CancellationToken cancel)
    {
        var sources = lessons.Select(l => l.SourceId).OfType<Guid>().ToList();
        var found = await db.Set<Message>().Where(m => sources.Contains(m.Id) && !m.Deleted).Join(db.People, m => m.AuthorId, p => p.Id, (m, p) => new { m.Id, Title = p.Name, m.Posted })
            .Concat(db.MilestoneReviews.Where(r => sources.Contains(r.Id) && r.GroupId == seat.Group.Id).Select(r => new { r.Id, Title = db.Milestones.Where(m => m.Id == r.MilestoneId).Select(m => m.Title).FirstOrDefault() ?? "", Posted = 0L }))
            .Concat(db.Webinars.Where(w => sources.Contains(w.Id)).Select(w => new { w.Id, w.Title, Posted = 0L })).ToListAsync(cancel);
        return found.ToDictionary(one => one.Id, one => new SourceView(one.Title, one.Posted));
    }
}

/// <summary>A stretch of a group's lessons.</summary>
/// <param name="More">There are older ones.</param>
/// <param name="Untold">How many times somebody at home has still to hear of one, in the whole group.</param>
public sealed record LessonPage(GroupStanding Seat, IReadOnlyList<LessonView> Lessons, bool More, int Untold);

/// <summary>A lesson with what stands beside it.</summary>
/// <param name="Person">Who marked or wrote it.</param>
/// <param name="Source">Null: by hand, or the message is gone.</param>
public sealed record LessonView(Lesson Lesson, string Person, SourceView? Source, IReadOnlyList<DisseminationView> Told);

/// <summary>Where a lesson comes from, as people call it.</summary>
/// <param name="Title">Author of the message, title of the milestone (empty: the final review) or of the webinar.</param>
/// <param name="Posted">A message's place.</param>
public sealed record SourceView(string Title, long Posted);

/// <summary>Who must hear of a lesson.</summary>
/// <param name="Mine">Whether the reader looks after it.</param>
public sealed record DisseminationView(Dissemination Row, string? DoneBy, bool Mine);

/// <summary>A lesson as a line of a quarterly draft.</summary>
public sealed record LessonLine(Guid Id, string Kind, string Text, DateTimeOffset HappenedAt, LessonSource? Source);
