using Microsoft.EntityFrameworkCore;
using Npgsql;
using TwinHub.Core.Data;
using TwinHub.Core.Mail;
using TwinHub.Core.Reminders;

namespace TwinHub.Core.Facilitation;

/// <summary>
/// A group that gave no sign of life for thirty days is asked how it goes: one gentle mail to its leads with three answers. Each
/// person has one row ahead for a group, which moves on with every new sign; so nobody is asked twice in one silence.
/// </summary>
public sealed class DormancyService(IDbContextFactory<TwinHubDb> dbs, NpgsqlDataSource source, AliveLetters letters, Outbox outbox, HubClock clock)
{
    public const string Kind = "alive";

    /// <summary>Later than this the question is not asked any more.</summary>
    private static readonly TimeSpan Late = TimeSpan.FromDays(7);

    private const int Portion = 50;

    /// <summary>Plans what lies ahead and settles what is due.</summary>
    /// <returns>How many rows were settled or put off.</returns>
    public async Task<int> SendDue(CancellationToken cancel)
    {
        await Plan(cancel);
        var settled = 0;
        while (await SendPortion(cancel) is > 0 and var portion)
        {
            settled += portion;
        }
        return settled;
    }

    /// <summary>Puts every waiting row where its group's last sign wants it. Two nodes would plan one silence twice, so one of them does.</summary>
    private async Task Plan(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!(await db.Database.SqlQuery<bool>($"select pg_try_advisory_xact_lock(hashtext('dormancy')) as \"Value\"").ToListAsync(cancel)).Single())
        {
            return;
        }
        var (reader, now) = (new SilenceReader(db, source), clock.GetUtcNow());
        var silent = await reader.Read(null, cancel);
        var groups = silent.Select(one => one.GroupId).Distinct().ToList();
        var known = await db.Reminders.Where(r => r.Kind == Kind && (r.State == Reminder.Waiting || groups.Contains(r.SubjectId))).AsNoTracking()
            .Select(r => new { r.Id, r.SubjectId, r.PersonId, r.Step, r.State }).ToListAsync(cancel);
        var (settled, waiting) = (known.Where(r => r.State != Reminder.Waiting).Select(r => (r.SubjectId, r.PersonId, r.Step)).ToHashSet(), known.Where(r => r.State == Reminder.Waiting).ToLookup(r => (r.SubjectId, r.PersonId)));
        var wanted = silent.Where(one => !settled.Contains((one.GroupId, one.Person.Id, one.Step))).ToList();
        var stays = wanted.Where(one => waiting[(one.GroupId, one.Person.Id)].Any(r => r.Step == one.Step)).Select(one => (one.GroupId, one.Person.Id)).ToHashSet();
        Guid[] gone = [.. known.Where(r => r.State == Reminder.Waiting && !stays.Contains((r.SubjectId, r.PersonId))).Select(r => r.Id)];
        // A row that has not been said yet and is overtaken by a new sign leaves no trace: nobody ever saw it.
        await db.Database.ExecuteSqlAsync($"delete from reminders where id = any({gone}) and state = 'waiting'", cancel);
        await Insert(db, [.. wanted.Where(one => !stays.Contains((one.GroupId, one.Person.Id))).Select(one => (one, Due(one, reader, now)))], cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>A silence from before the hub knew this question is asked about at the next morning, not passed over as late.</summary>
    private static DateTimeOffset Due(SilentGroup one, SilenceReader reader, DateTimeOffset now)
    {
        var working = reader.Working(one);
        return one.DueAt(working) is var due && due >= now - Late ? due : one.NextMorning(now, working);
    }

    private static Task<int> Insert(TwinHubDb db, List<(SilentGroup One, DateTimeOffset Due)> rows, CancellationToken cancel)
    {
        var (ids, groups, people) = (rows.Select(_ => Guid.CreateVersion7()).ToArray(), rows.Select(row => row.One.GroupId).ToArray(), rows.Select(row => row.One.Person.Id).ToArray());
        var (organisations, steps, due) = (rows.Select(row => row.One.Organisation.Id).ToArray(), rows.Select(row => row.One.Step).ToArray(), rows.Select(row => row.Due).ToArray());
        return db.Database.ExecuteSqlAsync($"""
            insert into reminders (id, kind, subject_id, person_id, organisation_id, step, due_at)
            select id, {Kind}, g, person, organisation, step, due from unnest({ids}, {groups}, {people}, {organisations}, {steps}, {due}) as n(id, g, person, organisation, step, due)
            on conflict (kind, subject_id, person_id, step, round) do nothing
            """, cancel);
    }

    private async Task<int> SendPortion(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var now = clock.GetUtcNow();
        var due = await db.Reminders.FromSql($"""
            select * from reminders where state = 'waiting' and kind = {Kind} and due_at <= {now} order by due_at, id limit {Portion} for update skip locked
            """).ToListAsync(cancel);
        if (due.Count > 0)
        {
            await Settle(db, due, now, cancel);
            await db.SaveChangesAsync(cancel);
        }
        await transaction.CommitAsync(cancel);
        return due.Count;
    }

    /// <summary>Asks again whether the group is still silent and the person still answers for it.</summary>
    private async Task Settle(TwinHubDb db, List<Reminder> due, DateTimeOffset now, CancellationToken cancel)
    {
        var reader = new SilenceReader(db, source);
        var silent = (await reader.Read([.. due.Select(r => r.SubjectId)], cancel)).ToDictionary(one => (one.GroupId, one.Person.Id));
        var say = new List<(Reminder Row, SilentGroup Group)>();
        foreach (var row in due)
        {
            if (!silent.TryGetValue((row.SubjectId, row.PersonId), out var group) || group.Step != row.Step)
            {
                row.Cancel(now);
            }
            else if ((row.PlannedAt ?? row.DueAt) < now - Late)
            {
                row.Miss(now);
            }
            else if (reader.Working(group) is var working && !group.IsOfficeHour(now, working))
            {
                row.Defer(group.NextMorning(now, working));
            }
            else
            {
                say.Add((row, group));
            }
        }
        var mails = await outbox.QueueAll(db, await letters.Write(db, [.. say.Select(one => one.Group)], cancel), cancel);
        say.Select((one, i) => (one.Row, Mail: mails[i])).ToList().ForEach(one => one.Row.Sent(now, one.Mail));
    }
}
