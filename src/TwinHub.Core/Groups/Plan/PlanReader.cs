using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Reviews;

namespace TwinHub.Core.Groups.Plan;

/// <summary>A group's plan as its members and facilitators see it.</summary>
public sealed class PlanReader(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    /// <summary>The whole plan; not found for who does not see the group.</summary>
    public async Task<Outcome<GroupPlan>> Find(Guid person, string slug, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var found = await GroupStanding.Find(db, person, db.Groups.Where(g => g.Slug == slug), cancel);
        if (found.Refusal is { } hidden)
        {
            return hidden;
        }
        var group = found.Value.Group.Id;
        var objectives = await db.Objectives.Where(o => o.GroupId == group && o.RemovedAt == null).OrderBy(o => o.Id).AsNoTracking().ToListAsync(cancel);
        var activities = await db.Activities.Where(a => a.GroupId == group).AsNoTracking()
            .Select(a => new ActivityView(a, db.People.Where(p => p.Id == a.AssigneeId).Select(p => p.Name).FirstOrDefault())).ToListAsync(cancel);
        var milestones = await db.Milestones.Where(m => m.GroupId == group && m.RemovedAt == null).AsNoTracking()
            .Select(m => new MilestoneView(m, db.MilestoneReviews.FirstOrDefault(r => r.MilestoneId == m.Id && r.CancelledAt == null))).ToListAsync(cancel);
        return new GroupPlan(found.Value, objectives, activities, milestones, found.Value.Network.Day(clock.GetUtcNow()));
    }
}

/// <summary>Everything in a plan, in no order but for the objectives, which are as they were added.</summary>
/// <param name="Today">The day it is in the network's own zone.</param>
public sealed record GroupPlan(
    GroupStanding Standing, IReadOnlyList<Objective> Objectives, IReadOnlyList<ActivityView> Activities, IReadOnlyList<MilestoneView> Milestones, DateOnly Today)
{
    public bool IsEmpty => Objectives.Count == 0 && Activities.Count == 0 && Milestones.Count == 0;
}

/// <summary>An activity and the name of who it is assigned to.</summary>
public sealed record ActivityView(Activity Activity, string? Assignee);

/// <summary>A milestone and its review, if it has one.</summary>
public sealed record MilestoneView(Milestone Milestone, MilestoneReview? Review);
