using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Facilitation;

namespace TwinHub.Core.Reminders;

/// <summary>One pass over everything that is chased: the rows are put right, what is due is said, and what follows from that is planned; silent groups are asked how it goes.</summary>
public sealed class ChaseRound(IDbContextFactory<TwinHubDb> dbs, ChasePlan plan, ChaseService chases, DigestService digests, DormancyService dormancy)
{
    /// <returns>How many rows were settled.</returns>
    public async Task<int> Run(CancellationToken cancel)
    {
        await Plan(cancel);
        var settled = await chases.SendDue(cancel) + await digests.SendDue(cancel);
        if (settled > 0)
        {
            await Plan(cancel);
        }
        return settled + await dormancy.SendDue(cancel);
    }

    private async Task Plan(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await plan.Reconcile(db, cancel);
        await digests.Plan(db, cancel);
    }
}
