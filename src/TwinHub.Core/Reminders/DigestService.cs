using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Mail;
using TwinHub.Core.Networks;
using TwinHub.Core.People;

namespace TwinHub.Core.Reminders;

/// <summary>
/// The facilitator's one daily list of what is late (domain, section 5): from the last step after a due day on, at 09:00 of the
/// facilitator's own working days, as long as something is. One row ahead a facilitator and network.
/// </summary>
public sealed class DigestService(IDbContextFactory<TwinHubDb> dbs, IEnumerable<IChase> chases, DigestLetters letters, Outbox outbox, HubClock clock)
{
    public const string Kind = "digest";

    /// <summary>Plans the next list of each facilitator, and takes back those for which there is nothing any more.</summary>
    internal async Task Plan(TwinHubDb db, CancellationToken cancel)
    {
        var (owed, now) = (await Outstanding(db, cancel), clock.GetUtcNow());
        var waiting = await db.Reminders.Where(r => r.Kind == Kind && r.State == Reminder.Waiting).AsNoTracking().ToListAsync(cancel);
        if (owed.Count == 0 && waiting.Count == 0)
        {
            return;
        }
        var (calendar, wanted) = (await ChaseCalendar.Read(db, cancel), new Dictionary<(Guid, Guid), DateOnly>());
        foreach (var reader in await Readers(db, cancel))
        {
            if (Next(reader, [.. owed.Where(one => one.Network.Id == reader.Network.Id)], calendar, now) is { } day)
            {
                wanted[(reader.Network.Id, reader.Person.Id)] = day;
                if (!waiting.Any(row => row.SubjectId == reader.Network.Id && row.PersonId == reader.Person.Id && Stands(row, day, now)))
                {
                    await Insert(db, reader, day, cancel);
                }
            }
        }
        Guid[] gone = [.. waiting.Where(row => !Stands(row, wanted.TryGetValue((row.SubjectId, row.PersonId), out var day) ? day : null, now)).Select(row => row.Id)];
        await db.Database.ExecuteSqlAsync($"update reminders set state = 'cancelled', settled_at = {now} where id = any({gone}) and state = 'waiting'", cancel);
    }

    /// <summary>Sends the lists that are due.</summary>
    /// <returns>How many rows were settled.</returns>
    public async Task<int> SendDue(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var due = await db.Reminders.FromSql($"select * from reminders where kind = {Kind} and state = 'waiting' and due_at <= {clock.GetUtcNow()} order by id for update skip locked").ToListAsync(cancel);
        if (due.Count == 0)
        {
            return 0;
        }
        var (owed, readers, calendar) = (await Outstanding(db, cancel), await Readers(db, cancel), await ChaseCalendar.Read(db, cancel));
        foreach (var row in due)
        {
            await Settle(db, row, readers.FirstOrDefault(one => one.Network.Id == row.SubjectId && one.Person.Id == row.PersonId), owed, calendar, cancel);
        }
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return due.Count;
    }

    private async Task Settle(TwinHubDb db, Reminder row, DigestReader? reader, IReadOnlyList<Owed> owed, ChaseCalendar calendar, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var late = reader is null ? [] : owed.Where(one => one.Network.Id == reader.Network.Id && one.DueOn < reader.Network.Day(now)).ToList();
        if (reader is null || !late.Any(one => IsListed(one, ChaseCalendar.Local(now, reader.Person).Day)))
        {
            row.Cancel(now);
        }
        else if (ChaseCalendar.Wait(now, row.PlannedAt ?? row.DueAt, reader.Person, calendar.Working(reader.Network.Id, reader.Country)) is { } until)
        {
            row.Defer(until);
        }
        else
        {
            row.Sent(now, await outbox.Queue(db, await letters.Write(db, reader, late, cancel), cancel));
        }
    }

    private async Task<List<Owed>> Outstanding(TwinHubDb db, CancellationToken cancel)
    {
        var all = new List<Owed>();
        foreach (var chase in chases)
        {
            all.AddRange(await chase.Outstanding(db, null, cancel));
        }
        return all;
    }

    /// <summary>The first working day whose 09:00 lies ahead and on which something is to be listed.</summary>
    private static DateOnly? Next(DigestReader reader, IReadOnlyList<Owed> owed, ChaseCalendar calendar, DateTimeOffset now)
    {
        var (today, time) = ChaseCalendar.Local(now, reader.Person);
        var (start, working) = (time < new TimeOnly(9, 0) ? today : today.AddDays(1), calendar.Working(reader.Network.Id, reader.Country));
        return owed.Select(one => (one.DueOn, From: one.DueOn.AddDays(one.Network.Steps.ListedAfter), Network: one.Network)).Distinct()
            .Select(one => (Day: working.From(one.From > start ? one.From : start), Until: one.DueOn.AddDays(one.Network.MissedAfter)))
            .Where(one => one.Day < one.Until).Select(one => (DateOnly?)one.Day).Min();
    }

    private static bool IsListed(Owed one, DateOnly day) => day >= one.DueOn.AddDays(one.Network.Steps.ListedAfter);

    /// <summary>A row that is due, or was moved, is judged when it is settled.</summary>
    private static bool Stands(Reminder row, DateOnly? day, DateTimeOffset now) => row.PlannedAt is not null || row.DueAt <= now || (day is { } wanted && row.Step == Step(wanted));

    private static async Task Insert(TwinHubDb db, DigestReader reader, DateOnly day, CancellationToken cancel) => await db.Database.ExecuteSqlAsync($"""
        insert into reminders (id, kind, subject_id, person_id, step, due_at) values (gen_random_uuid(), {Kind}, {reader.Network.Id}, {reader.Person.Id}, {Step(day)}, {ChaseCalendar.At(day, reader.Person)})
        on conflict (kind, subject_id, person_id, step, round) do update set state = 'waiting', due_at = excluded.due_at, planned_at = null, settled_at = null where reminders.state = 'cancelled'
        """, cancel);

    private static string Step(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>The facilitators with open accounts, and the country of the organisation each answers for in the network.</summary>
    private static async Task<List<DigestReader>> Readers(TwinHubDb db, CancellationToken cancel)
    {
        var rows = await db.NetworkRoles.Where(r => r.Role == "facilitator").Join(db.Networks, r => r.NetworkId, n => n.Id, (r, n) => new { r.PersonId, Network = n })
            .Join(db.People.Where(p => p.DisabledAt == null), x => x.PersonId, p => p.Id, (x, p) => new
            {
                x.Network, Person = p,
                Country = db.OrganisationPeople.Where(op => op.PersonId == p.Id).Join(db.Organisations.Where(o => o.NetworkId == x.Network.Id), op => op.OrganisationId, o => o.Id, (op, o) => new { op.Since, o.Id, o.Country })
                    .OrderBy(o => o.Since).ThenBy(o => o.Id).Select(o => o.Country).FirstOrDefault(),
            }).AsNoTracking().ToListAsync(cancel);
        return [.. rows.Select(x => new DigestReader(x.Network, x.Person, x.Country))];
    }
}

/// <summary>Who gets the list of a network.</summary>
/// <param name="Country">Whose working days count.</param>
public sealed record DigestReader(Network Network, Person Person, string? Country);
