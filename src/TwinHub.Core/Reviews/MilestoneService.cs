using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Groups;
using TwinHub.Core.Groups.Plan;

namespace TwinHub.Core.Reviews;

/// <summary>Milestones of a group and whether they are reviewed. Members who may write and facilitators change them.</summary>
public sealed class MilestoneService(GroupDesk desk)
{
    /// <summary>Adds a milestone, or changes one; its review follows its day as far as <see cref="ReviewDays"/> lets it.</summary>
    /// <param name="id">Null: a new one. The same one again, word for word, is one.</param>
    /// <param name="isReviewed">Whether the partners look back at it; a review that somebody has answered takes place.</param>
    public Task<Outcome<Guid>> Save(Guid actor, string slug, Guid? id, MilestoneInput input, bool isReviewed, CancellationToken cancel) => Change(actor, slug, async work =>
    {
        var living = work.Db.Milestones.Where(m => m.GroupId == work.Group.Id && m.RemovedAt == null);
        var milestone = id is null ? null : await living.SingleOrDefaultAsync(m => m.Id == id, cancel);
        var clean = id is not null && milestone is null ? Refusal.NotFound : PlanRules.Clean(input);
        if (clean.Refusal is { } refusal)
        {
            return refusal;
        }
        milestone ??= (await living.Where(m => m.Title == clean.Value.Title).ToListAsync(cancel)).Find(one => one.Input == clean.Value)
            ?? work.Db.Milestones.Add(new Milestone(work.Group.Id, clean.Value, actor, work.Now)).Entity;
        var isMoved = milestone.DueOn != clean.Value.DueOn;
        milestone.Change(clean.Value);
        // The review's row names the milestone's.
        await work.Db.SaveChangesAsync(cancel);
        return await Review(work, milestone, isMoved, isReviewed) is { } refused ? refused : milestone.Id;
    }, cancel);

    /// <summary>A milestone is reached today, or not after all.</summary>
    public Task<Outcome<Guid>> Reach(Guid actor, string slug, Guid id, bool isReached, CancellationToken cancel) => Change(actor, slug, async work =>
    {
        var milestone = await work.Db.Milestones.SingleOrDefaultAsync(m => m.Id == id && m.GroupId == work.Group.Id && m.RemovedAt == null, cancel);
        if (milestone is null)
        {
            return Refusal.NotFound;
        }
        milestone.Reach(isReached ? milestone.ReachedOn ?? work.Today : null);
        return id;
    }, cancel);

    /// <summary>Takes a milestone away with its review, unless somebody has answered that.</summary>
    public Task<Outcome<Guid>> Remove(Guid actor, string slug, Guid id, CancellationToken cancel) => Change(actor, slug, async work =>
    {
        var milestone = await work.Db.Milestones.SingleOrDefaultAsync(m => m.Id == id && m.GroupId == work.Group.Id, cancel);
        if (milestone is null || await Review(work, milestone, isMoved: false, isReviewed: false) is not null)
        {
            return milestone is null ? Refusal.NotFound : new Refusal(RefusalCode.Conflict, "plan.milestone.answered");
        }
        milestone.Remove(work.Now);
        await work.Db.Activities.Where(a => a.MilestoneId == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.MilestoneId, (Guid?)null), cancel);
        return id;
    }, cancel);

    private static async Task<Refusal?> Review(GroupWork work, Milestone milestone, bool isMoved, bool isReviewed)
    {
        var review = await work.Db.MilestoneReviews.FromSql($"select * from milestone_reviews where milestone_id = {milestone.Id} for update").SingleOrDefaultAsync(work.Cancel);
        var answered = review is not null && await work.Db.ReviewAnswers.AnyAsync(a => a.ReviewId == review.Id, work.Cancel);
        var days = ReviewDays.Around(milestone.DueOn, work.Today);
        if (!isReviewed)
        {
            review?.Cancel(work.Now);
            return answered ? Refusal.Invalid("review", "plan.milestone.answered") : null;
        }
        if (review is null)
        {
            work.Db.MilestoneReviews.Add(new MilestoneReview(work.Group.Id, milestone.Id, days.OpensOn, days.DueOn, work.Now));
            return null;
        }
        return review.CancelledAt is null && !isMoved ? null : Move(review, answered, days, work.Today);
    }

    /// <summary>A review that has opened stays open for who has begun to write, and one with answers is due no earlier than it was.</summary>
    private static Refusal? Move(MilestoneReview review, bool answered, (DateOnly OpensOn, DateOnly DueOn) days, DateOnly today)
    {
        if (answered && !review.IsSealedOn(today))
        {
            // What partners said stands as it is; the milestone itself may still move.
            return null;
        }
        if (answered && days.DueOn < review.DueOn)
        {
            return Refusal.Invalid("dueOn", "review.only-later");
        }
        review.Plan(review.OpensOn <= today && review.CancelledAt is null ? review.OpensOn : days.OpensOn, days.DueOn);
        return null;
    }

    private Task<Outcome<Guid>> Change(Guid actor, string slug, Func<GroupWork, Task<Outcome<Guid>>> change, CancellationToken cancel) =>
        desk.Change(actor, db => db.Groups.Where(g => g.Slug == slug), PlanService.What, change, cancel);
}
