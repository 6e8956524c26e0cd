using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Mail;

namespace TwinHub.Core.Reminders;

/// <summary>
/// Says what has become due of the chases. All that is due to one person about one subject is claimed together, by locking the
/// earliest row of it: one mail a person, subject and day, the latest step of it, whoever else sweeps.
/// </summary>
public sealed class ChaseService(IDbContextFactory<TwinHubDb> dbs, IEnumerable<IChase> chases, Outbox outbox, HubClock clock)
{
    private const int Portion = 50;

    /// <summary>Settles everything that is due now.</summary>
    /// <returns>How many rows were settled.</returns>
    public async Task<int> SendDue(CancellationToken cancel)
    {
        var settled = 0;
        foreach (var chase in chases)
        {
            while (await SendPortion(chase, cancel) is > 0 and var portion)
            {
                settled += portion;
            }
        }
        return settled;
    }

    private async Task<int> SendPortion(IChase chase, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var due = await Claim(db, chase.Kind, cancel);
        if (due.Count == 0)
        {
            return 0;
        }
        var owed = (await chase.Outstanding(db, [.. due.Select(r => r.SubjectId).Distinct()], cancel)).ToLookup(one => (one.SubjectId, one.Person?.Id));
        var (calendar, unwanted) = (await ChaseCalendar.Read(db, cancel), await Unwanted(db, chase.Kind, due, cancel));
        foreach (var rows in due.GroupBy(r => (r.SubjectId, r.PersonId)))
        {
            await Settle(db, chase, [.. rows.OrderBy(r => ChaseSteps.Order(r.Step))], unwanted.Contains(rows.Key.PersonId) ? null : owed[(rows.Key.SubjectId, rows.Key.PersonId)].FirstOrDefault(), calendar, cancel);
        }
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return due.Count;
    }

    private async Task<List<Reminder>> Claim(TwinHubDb db, string kind, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var first = await db.Reminders.FromSql($"""
            select r.* from reminders r where r.state = 'waiting' and r.kind = {kind} and r.due_at <= {now} and not exists (
                select 1 from reminders e where e.state = 'waiting' and e.kind = r.kind and e.subject_id = r.subject_id and e.person_id = r.person_id
                and e.due_at <= {now} and (e.due_at, e.id) < (r.due_at, r.id))
            order by r.due_at, r.id limit {Portion} for update skip locked
            """).ToListAsync(cancel);
        var (ids, subjects, people) = (first.Select(r => r.Id).ToArray(), first.Select(r => r.SubjectId).ToArray(), first.Select(r => r.PersonId).ToArray());
        var others = first.Count == 0 ? [] : await db.Reminders.FromSql($"""
            select r.* from reminders r where r.state = 'waiting' and r.kind = {kind} and r.due_at <= {now} and r.id <> all({ids})
            and (r.subject_id, r.person_id) in (select * from unnest({subjects}, {people})) for update
            """).ToListAsync(cancel);
        return [.. first, .. others];
    }

    /// <summary>Who wants no such mails: nothing is said to them, and the facilitator's list still names the item.</summary>
    private static async Task<HashSet<Guid>> Unwanted(TwinHubDb db, string kind, List<Reminder> due, CancellationToken cancel)
    {
        var people = due.Select(r => r.PersonId).Distinct().ToList();
        return [.. await db.Unsubscribed.Where(u => u.Kind == kind + "-reminder" && people.Contains(u.PersonId)).Select(u => u.PersonId).ToListAsync(cancel)];
    }

    /// <summary>Settles or moves all that is due to one person about one subject.</summary>
    /// <param name="owed">Null: it is not owed any more, or not by this person, or they want no such mails.</param>
    private async Task Settle(TwinHubDb db, IChase chase, IReadOnlyList<Reminder> rows, Owed? owed, ChaseCalendar calendar, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        if (owed is null)
        {
            rows.ToList().ForEach(row => row.Cancel(now));
            return;
        }
        var (person, working) = (owed.Person!, calendar.Working(owed.Network.Id, owed.Country));
        var late = rows.ToLookup(row => ChaseCalendar.IsTooLate(now, row.PlannedAt ?? row.DueAt, person) || IsOver(row, now, owed));
        late[true].ToList().ForEach(row => row.Miss(now));
        var said = late[false].ToList();
        if (said.Count == 0)
        {
            return;
        }
        if (ChaseCalendar.Wait(now, said[^1].PlannedAt ?? said[^1].DueAt, person, working) is { } until)
        {
            said.ForEach(row => Move(row, until, now, owed));
            return;
        }
        said[..^1].ForEach(row => row.Supersede(now));
        said[^1].Sent(now, await outbox.Queue(db, await chase.Write(db, owed, said[^1].Step, cancel), cancel));
    }

    /// <summary>"Three days left" is not said when none is.</summary>
    private static bool IsOver(Reminder row, DateTimeOffset at, Owed owed) => ChaseSteps.IsBefore(row.Step) && ChaseCalendar.Local(at, owed.Person!).Day > owed.DueOn;

    private static void Move(Reminder row, DateTimeOffset until, DateTimeOffset now, Owed owed)
    {
        if (IsOver(row, until, owed))
        {
            row.Miss(now);
        }
        else
        {
            row.Defer(until);
        }
    }
}
