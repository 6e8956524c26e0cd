using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Facilitation;
using TwinHub.Core.Webinars;

namespace TwinHub.Core.Reminders;

/// <summary>
/// Says what has become due. Rows are claimed in small portions, each one transaction with its mails: a crash or a second
/// node says nothing twice. What has become late while nobody swept is not said any more.
/// </summary>
public sealed class ReminderService(IDbContextFactory<TwinHubDb> dbs, WebinarReminderPost webinars, DormancyService dormancy, HubClock clock)
{
    /// <summary>Later than this a reminder is missed.</summary>
    public static readonly TimeSpan Late = TimeSpan.FromHours(12);

    private const int Portion = 50;

    /// <summary>Settles everything that is due now.</summary>
    /// <returns>How many rows were settled.</returns>
    public async Task<int> SendDue(CancellationToken cancel)
    {
        var settled = 0;
        while (await SendPortion(cancel) is > 0 and var portion)
        {
            settled += portion;
        }
        return settled + await dormancy.SendDue(cancel);
    }

    /// <summary>The earliest instant up to <paramref name="until"/> at which something will be due; null: nothing will.</summary>
    public async Task<DateTimeOffset?> NextDue(DateTimeOffset until, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var now = clock.GetUtcNow();
        return await db.Reminders.Where(r => r.State == Reminder.Waiting && r.DueAt > now && r.DueAt <= until).MinAsync(r => (DateTimeOffset?)r.DueAt, cancel);
    }

    private async Task<int> SendPortion(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var now = clock.GetUtcNow();
        var due = await db.Reminders.FromSql($"""
            select * from reminders where state = 'waiting' and kind = {WebinarReminders.Kind} and due_at <= {now}
            order by due_at, id limit {Portion} for update skip locked
            """).ToListAsync(cancel);
        var overtaken = await Overtaken(db, due, now, cancel);
        await webinars.Settle(db, due, late: due.Where(r => r.DueAt < now - Late || overtaken.Contains(r.Id)).Select(r => r.Id).ToHashSet(), cancel);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
        return due.Count;
    }

    /// <summary>Rows whose next step is due too: after an outage only the newest is said.</summary>
    private static async Task<HashSet<Guid>> Overtaken(TwinHubDb db, List<Reminder> due, DateTimeOffset now, CancellationToken cancel)
    {
        var ids = due.Select(r => r.Id).ToList();
        return [.. await db.Reminders.Where(r => ids.Contains(r.Id) && db.Reminders.Any(n => n.Kind == r.Kind && n.SubjectId == r.SubjectId && n.PersonId == r.PersonId
            && n.State != "cancelled" && n.DueAt <= now && (n.DueAt > r.DueAt || (n.DueAt == r.DueAt && n.Id > r.Id)))).Select(r => r.Id).ToListAsync(cancel)];
    }
}
