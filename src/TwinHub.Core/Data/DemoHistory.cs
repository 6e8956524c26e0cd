using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data.Histories;
using TwinHub.Core.Register;

namespace TwinHub.Core.Data;

/// <summary>
/// The life of the demo's groups since they began: plan, reviews, lessons, contributions and the updates of at most eight
/// quarters. Loaded after the webinars, of which the updates tell; the same files and the same day make the same content.
/// </summary>
public sealed class DemoHistory(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    public async Task Load(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var scenes = await Scenes.Read(db, clock.GetUtcNow(), cancel);
        var updates = scenes.SelectMany(scene => Tell(db, scene).Select(update => (scene, update))).ToList();
        await db.SaveChangesAsync(cancel);
        await ReminderStory.Tell(db, updates, cancel);
        await transaction.CommitAsync(cancel);
    }

    private static List<QuarterlyUpdate> Tell(TwinHubDb db, Scene scene)
    {
        var told = new Chronicle(scene);
        PlanStory.Tell(db, scene, told);
        ReviewStory.Tell(db, scene, told);
        PlanStory.TellActivities(db, scene, told);
        LessonStory.Tell(db, scene, told);
        GivingStory.Tell(db, scene, told);
        return QuarterStory.Tell(db, scene, told);
    }
}
