using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Live;
using TwinHub.Core.Reminders;

namespace TwinHub.Core.Register;

/// <summary>Opens the update of the quarter that has just ended, for every active group that was there in it, with the reminders that chase it.</summary>
public sealed class UpdateOpening(IDbContextFactory<TwinHubDb> dbs, ChasePlan chase, HubClock clock)
{
    /// <summary>Opens what is due; safe to run twice and at the same time.</summary>
    /// <returns>How many were opened.</returns>
    public async Task<int> OpenDue(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var opened = 0;
        foreach (var network in await db.Networks.AsNoTracking().ToListAsync(cancel))
        {
            opened += await Open(db, network, cancel);
        }
        return opened;
    }

    /// <summary>The earliest instant up to <paramref name="until"/> at which an update will open; null: none will.</summary>
    public async Task<DateTimeOffset?> NextDue(DateTimeOffset until, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var now = clock.GetUtcNow();
        var openings = (await db.Networks.AsNoTracking().ToListAsync(cancel)).Select(n => n.Midnight(Quarter.Of(n.Day(now), n.YearStartsIn).OpensOn)).Where(at => at > now && at <= until).ToList();
        return openings.Count == 0 ? null : openings.Min();
    }

    private async Task<int> Open(TwinHubDb db, Networks.Network network, CancellationToken cancel)
    {
        var today = network.Day(clock.GetUtcNow());
        var quarter = Quarter.EndedBefore(today, network.YearStartsIn);
        // A group that came back after the update would have been missed owes nothing of that quarter.
        if (today >= quarter.DueOn.AddDays(network.MissedAfter))
        {
            return 0;
        }
        var groups = await db.Groups.Where(g => g.NetworkId == network.Id && g.Status == "active" && !db.QuarterlyUpdates.Any(u => u.GroupId == g.Id && u.Quarter == quarter.Label)).AsNoTracking().ToListAsync(cancel);
        groups.RemoveAll(g => (g.StartsOn ?? network.Day(g.CreatedAt)) > quarter.EndsOn);
        if (groups.Count == 0)
        {
            return 0;
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var opened = new List<Guid>();
        foreach (var group in groups)
        {
            var update = new QuarterlyUpdate(group.Id, quarter, clock.GetUtcNow());
            if (await RegisterService.Insert(db, update, cancel))
            {
                opened.Add(update.Id);
                db.UpdateLog.Add(new(update.Id, clock.GetUtcNow(), null, "opened", null));
                await db.Tell(new(Notice.GroupChanged, $"{group.Slug} register {quarter.Label}"), cancel);
            }
        }
        await db.SaveChangesAsync(cancel);
        await chase.Open(db, RegisterChase.KindName, opened, cancel);
        await transaction.CommitAsync(cancel);
        return opened.Count;
    }
}
