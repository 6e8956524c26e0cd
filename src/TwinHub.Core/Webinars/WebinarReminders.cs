using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Reminders;

namespace TwinHub.Core.Webinars;

/// <summary>The reminders of a webinar as rows, by the ladder of the settings, in each invitee's own zone.</summary>
public sealed class WebinarReminders(ReminderOptions options, HubClock clock)
{
    public const string Kind = "webinar";

    /// <summary>Plans what still lies ahead for these people; a step that is over is left out.</summary>
    internal async Task Plan(TwinHubDb db, Webinar webinar, IReadOnlyCollection<Guid> people, CancellationToken cancel)
    {
        var zones = await db.People.Where(p => people.Contains(p.Id)).Select(p => new { p.Id, p.TimeZone }).ToListAsync(cancel);
        var rows = zones.SelectMany(person => options.Webinar.Select(step => (person.Id, Step: step.Name, Due: step.Before(webinar.StartsAt, person.TimeZone))))
            .Where(row => row.Due > clock.GetUtcNow()).ToList();
        var (ids, who, steps, due) = (rows.Select(_ => Guid.CreateVersion7()).ToArray(), rows.Select(r => r.Id).ToArray(), rows.Select(r => r.Step).ToArray(), rows.Select(r => r.Due).ToArray());
        await db.Database.ExecuteSqlAsync($"""
            insert into reminders (id, kind, subject_id, person_id, step, round, due_at)
            select id, {Kind}, {webinar.Id}, person, step, {webinar.Sequence}, due from unnest({ids}, {who}, {steps}, {due}) as n(id, person, step, due)
            on conflict (kind, subject_id, person_id, step, round) do nothing
            """, cancel);
    }

    /// <summary>What has not been said yet is not said any more: to one person, or to all.</summary>
    internal async Task Cancel(TwinHubDb db, Guid webinar, Guid? person, CancellationToken cancel) =>
        await db.Database.ExecuteSqlAsync($"""
            update reminders set state = 'cancelled', settled_at = {clock.GetUtcNow()}
            where kind = {Kind} and subject_id = {webinar} and state = 'waiting' and ({person}::uuid is null or person_id = {person})
            """, cancel);
}
