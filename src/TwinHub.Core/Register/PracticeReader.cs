using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Networks;
using TwinHub.Core.Text;

namespace TwinHub.Core.Register;

/// <summary>The inventory of good practices and lessons across a network's groups, for whoever belongs to it.</summary>
public sealed class PracticeReader(IDbContextFactory<TwinHubDb> dbs)
{
    /// <summary>The newest first; not found for who does not belong to the network.</summary>
    /// <param name="limit">Rows a page, 1 or more.</param>
    public async Task<Outcome<PracticePage>> List(Guid person, string network, PracticeFilter filter, PracticeCursor? after, int limit, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var view = await NetworkService.Find(db, person, network, cancel);
        if (view.Refusal is { } refusal)
        {
            return refusal;
        }
        var rows = await Found(db, view.Value.Network, filter, after).Take(limit + 1).ToListAsync(cancel);
        var shown = await Rows(db, rows.Take(limit).ToList(), cancel);
        return new PracticePage(shown, rows.Count > 0 ? rows[0].Total : 0, rows.Count > limit ? new PracticeCursor(rows[limit - 1].On, rows[limit - 1].Id, rows[limit - 1].Kind) : null);
    }

    private static async Task<List<PracticeRow>> Rows(TwinHubDb db, List<FoundRow> rows, CancellationToken cancel)
    {
        var (ids, groupIds) = (rows.Select(row => row.Id).ToList(), rows.Select(row => row.GroupId).Distinct().ToList());
        var groups = (await GroupService.Views(db, await db.Groups.Where(g => groupIds.Contains(g.Id)).AsNoTracking().ToListAsync(cancel), cancel)).ToDictionary(one => one.Group.Id);
        var lessons = await db.Lessons.Where(l => ids.Contains(l.Id)).ToDictionaryAsync(l => l.Id, l => l.Text, cancel);
        var updates = await db.QuarterlyUpdates.Where(u => ids.Contains(u.Id)).Select(u => new { u.Id, u.BestPractices, u.LessonsLearned }).ToDictionaryAsync(u => u.Id, cancel);
        return [.. rows.Select(row => new PracticeRow(groups[row.GroupId], row.Kind,
            lessons.GetValueOrDefault(row.Id) ?? (row.Kind == NotedLesson.Practice ? updates[row.Id].BestPractices : updates[row.Id].LessonsLearned), row.On,
            row.Quarter is null ? null : Quarter.Stored(row.Quarter, row.On.AddDays(1).AddMonths(-3))))];
    }

    /// <summary>Which, without their texts: counting and sorting would carry all of them along.</summary>
    private static IQueryable<FoundRow> Found(TwinHubDb db, Network network, PracticeFilter filter, PracticeCursor? after)
    {
        var (statuses, words) = (RegisterAccess.Statuses.ToArray(), SearchWords.Prefixes(filter.Text));
        var (any, practice, lesson) = (Query(words, ""), Query(words, "A"), Query(words, "B"));
        return db.Database.SqlQuery<FoundRow>($"""
            select * from (
                select noted.*, count(*) over ()::int as "Total" from (
                    select l.id as "Id", l.group_id as "GroupId", l.kind as "Kind", (l.happened_at at time zone {network.TimeZone})::date as "On", null::text as "Quarter"
                    from lessons l where l.removed_at is null and l.kind <> 'decision' and ({any}::tsquery is null or l.words @@ {any}::tsquery)
                    union all
                    select u.id, u.group_id, 'practice', u.opens_on - 1, u.quarter from quarterly_updates u
                    where u.submitted_at is not null and u.best_practices <> '' and ({practice}::tsquery is null or u.words @@ {practice}::tsquery)
                    union all
                    select u.id, u.group_id, 'lesson', u.opens_on - 1, u.quarter from quarterly_updates u
                    where u.submitted_at is not null and u.lessons_learned <> '' and ({lesson}::tsquery is null or u.words @@ {lesson}::tsquery)
                ) noted join twinning_groups g on g.id = noted."GroupId"
                where g.network_id = {network.Id} and g.status = any({statuses}) and ({filter.Kind}::text is null or noted."Kind" = {filter.Kind}) and ({filter.Group}::text is null or g.slug = {filter.Group})
                    and ({filter.Country}::text is null or exists (select 1 from group_partners p join organisations o on o.id = p.organisation_id where p.group_id = g.id and o.country = {filter.Country}))
            ) counted
            where {after?.On}::date is null or ("On", "Id", "Kind") < ({after?.On}::date, {after?.Id}::uuid, {after?.Kind}::text)
            """).OrderByDescending(row => row.On).ThenByDescending(row => row.Id).ThenByDescending(row => row.Kind);
    }

    /// <summary>All words, those marked so in an update; null: none is asked for.</summary>
    private static string? Query(string[] words, string mark) => words.Length == 0 ? null : string.Join(" & ", words.Select(word => word + mark));

    private sealed record FoundRow(Guid Id, Guid GroupId, string Kind, DateOnly On, string? Quarter, int Total);
}

/// <summary>Which practices and lessons to look for; what is null does not matter.</summary>
/// <param name="Text">Beginnings of words in the text.</param>
/// <param name="Kind">One of <see cref="NotedLesson.Kinds"/>.</param>
/// <param name="Country">Of one of the group's partners.</param>
/// <param name="Group">The slug of one group.</param>
public sealed record PracticeFilter(string? Text = null, string? Kind = null, string? Country = null, string? Group = null);

/// <summary>Some of them.</summary>
/// <param name="Count">How many match on all pages.</param>
/// <param name="Next">Where the next page begins; null: this is the last.</param>
public sealed record PracticePage(IReadOnlyList<PracticeRow> Rows, int Count, PracticeCursor? Next);

/// <summary>One of them, with its group. <see cref="NotedLesson"/> says what day it is.</summary>
public sealed record PracticeRow(GroupView Group, string Kind, string Text, DateOnly On, Quarter? Quarter);

/// <summary>The row after which a page begins.</summary>
public sealed record PracticeCursor(DateOnly On, Guid Id, string Kind)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{On:yyyy-MM-dd}_{Id:N}_{Kind}");

    /// <summary>Null when it is none of ours.</summary>
    public static PracticeCursor? Parse(string? text) => text?.Split('_') is [var day, var id, var kind] && NotedLesson.Kinds.Contains(kind) && Guid.TryParseExact(id, "N", out var row)
        && DateOnly.TryParseExact(day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var on) ? new(on, row, kind) : null;
}
