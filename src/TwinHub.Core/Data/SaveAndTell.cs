using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Live;

namespace TwinHub.Core.Data;

/// <summary>Saves a change and announces it in one transaction: facts leave after commit.</summary>
public static class SavingAndTelling
{
    public static async Task SaveAndTell(this TwinHubDb db, Notice notice, CancellationToken cancel)
    {
        if (db.Database.CurrentTransaction is not null)
        {
            await db.SaveChangesAsync(cancel);
            await db.Tell(notice, cancel);
            return;
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await db.SaveChangesAsync(cancel);
        await db.Tell(notice, cancel);
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Announces inside the transaction in hand.</summary>
    public static Task Tell(this TwinHubDb db, Notice notice, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"select pg_notify({Notice.DatabaseChannel}, {notice.ToString()})", cancel);
}
