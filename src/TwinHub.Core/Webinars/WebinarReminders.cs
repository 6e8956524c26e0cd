using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Calendar;
using TwinHub.Core.Data;

namespace TwinHub.Core.Webinars;

/// <summary>The reminders of a webinar as rows: at the same wall time seven days and one day before, and one hour before, in each invitee's own zone.</summary>
public sealed class WebinarReminders(HubClock clock)
{
    public const string Kind = "webinar";

    /// <summary>Steps and how long before the start they are due.</summary>
    public static readonly IReadOnlyList<(string Step, int Days, int Hours)> Ladder = [("7d", 7, 0), ("1d", 1, 0), ("1h", 0, 1)];

    /// <summary>Plans what still lies ahead for these people; a step that is over is left out.</summary>
    internal async Task Plan(TwinHubDb db, Webinar webinar, IReadOnlyCollection<Guid> people, CancellationToken cancel)
    {
        var zones = await db.People.Where(p => people.Contains(p.Id)).Select(p => new { p.Id, p.TimeZone }).ToListAsync(cancel);
        var rows = zones.SelectMany(person => Ladder.Select(step => (person.Id, step.Step, Due: Due(webinar.StartsAt, person.TimeZone, step.Days, step.Hours))))
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

    private static DateTimeOffset Due(DateTimeOffset start, string timeZone, int days, int hours)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        return ZonedTime.Instant(TimeZoneInfo.ConvertTime(start, zone).DateTime.AddDays(-days), zone).ToUniversalTime().AddHours(-hours);
    }
}
