using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;

namespace TwinHub.Core.Reminders;

/// <summary>
/// Keeps the rows of the chases as they ought to be. What ought to be said follows from what is owed, by whom and by which
/// steps; whatever of that changes (who corresponds, a zone, a holiday, the steps, a pause), the next pass puts the waiting rows
/// right, so that no other service needs to think of reminders.
/// </summary>
public sealed class ChasePlan(IEnumerable<IChase> chases, HubClock clock)
{
    private const long Lock = 0x6368617365; // "chase"

    /// <summary>Puts all waiting rows right, unless another node is at it. Who comes in midway gets only what lies ahead.</summary>
    public async Task Reconcile(TwinHubDb db, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!(await db.Database.SqlQuery<bool>($"select pg_try_advisory_xact_lock({Lock}) as \"Value\"").ToListAsync(cancel)).Single())
        {
            return;
        }
        var calendar = await ChaseCalendar.Read(db, cancel);
        foreach (var chase in chases)
        {
            await Reconcile(db, chase.Kind, Rows(await chase.Outstanding(db, null, cancel), calendar), cancel);
        }
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Plans everything for what has just opened, past steps too: those the hub slept through are settled like all others.</summary>
    public async Task Open(TwinHubDb db, string kind, IReadOnlyCollection<Guid> subjects, CancellationToken cancel)
    {
        var owed = await chases.Single(chase => chase.Kind == kind).Outstanding(db, subjects, cancel);
        await Insert(db, kind, Rows(owed, await ChaseCalendar.Read(db, cancel)), DateTimeOffset.MinValue, cancel);
    }

    /// <summary>Nothing more is said of a subject.</summary>
    /// <param name="organisation">Only to this partner; null: to all.</param>
    public async Task Close(TwinHubDb db, string kind, Guid subject, Guid? organisation, CancellationToken cancel) =>
        await db.Database.ExecuteSqlAsync($"""
            update reminders set state = 'cancelled', settled_at = {clock.GetUtcNow()}
            where kind = {kind} and subject_id = {subject} and state = 'waiting' and ({organisation}::uuid is null or organisation_id = {organisation})
            """, cancel);

    private static List<Row> Rows(IEnumerable<Owed> owed, ChaseCalendar calendar) =>
        [.. owed.Where(one => one.Person is not null).SelectMany(one => one.Network.Steps.Days(one.OpensOn, one.DueOn, calendar.Working(one.Network.Id, one.Country))
            .Select(step => new Row(one.SubjectId, one.Person!.Id, step.Step, one.OrganisationId, ChaseCalendar.At(step.Day, one.Person))))];

    private async Task Reconcile(TwinHubDb db, string kind, List<Row> wanted, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var waiting = await db.Reminders.Where(r => r.Kind == kind && r.State == Reminder.Waiting).AsNoTracking().ToDictionaryAsync(Key, cancel);
        var due = wanted.ToDictionary(row => (row.Subject, row.Person, row.Step));
        Guid[] gone = [.. waiting.Where(row => !due.ContainsKey(row.Key)).Select(row => row.Value.Id)];
        if (gone.Length > 0)
        {
            await db.Database.ExecuteSqlAsync($"update reminders set state = 'cancelled', settled_at = {now} where id = any({gone}) and state = 'waiting'", cancel);
        }
        await Move(db, [.. waiting.Where(row => row.Value.PlannedAt is null && row.Value.DueAt > now && due.TryGetValue(row.Key, out var to) && to.DueAt != row.Value.DueAt)
            .Select(row => (row.Value.Id, due[row.Key].DueAt))], cancel);
        await Insert(db, kind, [.. wanted.Where(row => !waiting.ContainsKey((row.Subject, row.Person, row.Step)))], now, cancel);
    }

    private static (Guid, Guid, string) Key(Reminder row) => (row.SubjectId, row.PersonId, row.Step);

    private static async Task Move(TwinHubDb db, IReadOnlyList<(Guid Id, DateTimeOffset To)> rows, CancellationToken cancel)
    {
        if (rows.Count > 0)
        {
            var (ids, to) = (rows.Select(row => row.Id).ToArray(), rows.Select(row => row.To).ToArray());
            await db.Database.ExecuteSqlAsync($"update reminders r set due_at = n.due from unnest({ids}, {to}) as n(id, due) where r.id = n.id and r.state = 'waiting'", cancel);
        }
    }

    /// <summary>A row that was cancelled comes back while its day still lies ahead; one that was settled otherwise stays as it is.</summary>
    private static async Task Insert(TwinHubDb db, string kind, List<Row> rows, DateTimeOffset after, CancellationToken cancel)
    {
        rows.RemoveAll(row => row.DueAt <= after);
        if (rows.Count == 0)
        {
            return;
        }
        var (subjects, people, steps) = (rows.Select(row => row.Subject).ToArray(), rows.Select(row => row.Person).ToArray(), rows.Select(row => row.Step).ToArray());
        var (organisations, due) = (rows.Select(row => row.Organisation).ToArray(), rows.Select(row => row.DueAt).ToArray());
        await db.Database.ExecuteSqlAsync($"""
            insert into reminders (id, kind, subject_id, person_id, organisation_id, step, due_at)
            select gen_random_uuid(), {kind}, subject, person, organisation, step, due from unnest({subjects}, {people}, {organisations}, {steps}, {due}) as n(subject, person, organisation, step, due)
            on conflict (kind, subject_id, person_id, step, round) do update
            set state = 'waiting', due_at = excluded.due_at, organisation_id = excluded.organisation_id, planned_at = null, settled_at = null
            where reminders.state = 'cancelled'
            """, cancel);
    }

    private sealed record Row(Guid Subject, Guid Person, string Step, Guid Organisation, DateTimeOffset DueAt);
}
