using Microsoft.EntityFrameworkCore;
using Npgsql;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;

namespace TwinHub.Core.Facilitation;

/// <summary>Something that happened around a group.</summary>
/// <param name="What">Such as <c>update.submitted</c>, <c>reminder.sent</c>, <c>nudge</c>, <c>member.set</c>.</param>
/// <param name="Person">Whom it concerns or who did it.</param>
/// <param name="Actor">Who sent it, where that is somebody else.</param>
/// <param name="About"><c>register</c>, <c>review</c>, <c>alive</c>, <c>document</c> or <c>message</c>; null: the group itself.</param>
/// <param name="Label">The quarter, the milestone's title or the document's name; null: the final review, or none.</param>
/// <param name="Detail">The step of a reminder, the way of a submission, the roles of a member.</param>
/// <param name="Text">What somebody wrote.</param>
public sealed record GroupEvent(DateTimeOffset At, string What, string? Person, string? Actor, string? About, string? Label, string? Detail, string? Text);

/// <summary>A page of what happened, newest first.</summary>
public sealed record GroupHistory(GroupView View, IReadOnlyList<GroupEvent> Events, int Page, bool HasMore);

/// <summary>Everything that happened around a group, for its facilitators. That a review was answered is told, what was said is not.</summary>
public sealed class GroupHistoryReader(IDbContextFactory<TwinHubDb> dbs, NpgsqlDataSource source, HubClock clock)
{
    public const int PageSize = 50;
    private const int LastPage = 1_000;

    // A reminder for which a later one was said the same day, or that nobody needed any more, is worth a line: it says why no mail came.
    private const string Events = """
        select l.at, 'update.' || l.what as what, l.person_id, null::uuid as actor_id, 'register' as about, u.quarter as label, l.via as detail, null as text
            from update_log l join quarterly_updates u on u.id = l.update_id where u.group_id = $1 and l.what <> 'changed'
        union all select m.settled_at, 'reminder.' || m.state, m.person_id, null, m.kind, s.label, m.step, null from reminders m
            join (select 'register' as kind, id, quarter as label from quarterly_updates where group_id = $1
                union all select 'review', r.id, s.title from milestone_reviews r left join milestones s on s.id = r.milestone_id where r.group_id = $1
                union all select 'alive', $1, null) s on s.kind = m.kind and s.id = m.subject_id
            where m.settled_at is not null
        union all select n.sent_at, case n.about when 'message' then 'message' else 'nudge' end, n.person_id, n.sent_by, n.about, coalesce(u.quarter, s.title), null, n.text
            from nudges n left join quarterly_updates u on u.id = n.subject_id left join milestone_reviews r on r.id = n.subject_id left join milestones s on s.id = r.milestone_id
            where n.group_id = $1
        union all select r.opens_on::timestamp at time zone $2, 'review.opened', null, null, 'review', s.title, null, null
            from milestone_reviews r left join milestones s on s.id = r.milestone_id where r.group_id = $1 and r.cancelled_at is null and r.opens_on::timestamp at time zone $2 <= $3
        union all select a.answered_at, 'review.answered', a.person_id, null, 'review', s.title, null, null
            from review_answers a join milestone_reviews r on r.id = a.review_id left join milestones s on s.id = r.milestone_id where r.group_id = $1
        union all select r.concluded_at, 'review.concluded', r.concluded_by, null, 'review', s.title, null, null
            from milestone_reviews r left join milestones s on s.id = r.milestone_id where r.group_id = $1 and r.concluded_at is not null
        union all select v.created_at, case v.number when 1 then 'document.added' else 'document.renewed' end, v.person_id, null, 'document', d.name, null, null
            from document_versions v join documents d on d.id = v.document_id where d.group_id = $1 and d.deleted_at is null
        union all select answered_at, 'alive.' || answer, person_id, null, 'alive', null, null, null from alive_answers where group_id = $1
        union all select l.at, l.action, p.id, l.actor_id, null, null, nullif(split_part(l.subject, ' ', 3), ''), null
            from audit_log l left join people p on p.id::text = split_part(l.subject, ' ', 2)
            where (l.action like 'member.%' or l.action like 'group.%') and split_part(l.subject, ' ', 1) = $4
        """;

    /// <param name="page">From 1.</param>
    public async Task<Outcome<GroupHistory>> Read(Guid actor, string slug, int page, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var found = await FacilitatedGroups.Find(db, actor, [slug], cancel);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }
        var view = (await GroupService.Views(db, found.Value, cancel))[0];
        page = Math.Clamp(page, 1, LastPage);
        var events = await Page(view, page, cancel);
        return new GroupHistory(view, [.. events.Take(PageSize)], page, events.Count > PageSize);
    }

    private async Task<List<GroupEvent>> Page(GroupView view, int page, CancellationToken cancel)
    {
        await using var command = source.CreateCommand($"""
            select e.at, e.what, p.name, a.name, e.about, e.label, e.detail, e.text from ({Events}) e
            left join people p on p.id = e.person_id left join people a on a.id = e.actor_id
            order by e.at desc, e.what, p.name limit {PageSize + 1} offset $5
            """);
        foreach (var value in new object[] { view.Group.Id, view.Network.TimeZone, clock.GetUtcNow(), view.Group.Slug, (page - 1) * PageSize })
        {
            command.Parameters.AddWithValue(value);
        }
        await using var row = await command.ExecuteReaderAsync(cancel);
        var events = new List<GroupEvent>();
        while (await row.ReadAsync(cancel))
        {
            string? Text(int column) => row.IsDBNull(column) ? null : row.GetString(column);
            events.Add(new(row.GetFieldValue<DateTimeOffset>(0), row.GetString(1), Text(2), Text(3), Text(4), Text(5), Text(6), Text(7)));
        }
        return events;
    }
}
