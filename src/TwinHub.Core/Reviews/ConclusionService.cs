using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Groups;
using TwinHub.Core.Groups.Plan;
using TwinHub.Core.Live;
using TwinHub.Core.Data;
using TwinHub.Core.People;

namespace TwinHub.Core.Reviews;

/// <summary>What comes of a review: its conclusion, next steps in the plan, and with the final one the end of the twinning.</summary>
public sealed class ConclusionService(GroupDesk desk, TimeProvider time)
{
    /// <summary>Next steps of one conclusion.</summary>
    public const int MaxSteps = 10;

    /// <summary>
    /// Writes the conclusion once the answers are open, or writes it anew; each next step becomes an activity of the plan. The same
    /// again adds nothing.
    /// </summary>
    /// <param name="seen">When the conclusion that was seen had been written; null: there was none.</param>
    public Task<Outcome<Guid>> Conclude(Guid actor, Guid id, string? conclusion, DateTimeOffset? seen, IReadOnlyList<NextStep> steps, CancellationToken cancel) => desk.OfReview(actor, id, async (work, review) =>
    {
        if (!await ReviewAccess.Concludes(work.Db, work.Standing, cancel))
        {
            return Refusal.NotAllowed;
        }
        var text = review.IsSealedOn(work.Today) ? new Refusal(RefusalCode.Closed, "review.still-sealed") : AnswerInput.Text(conclusion, "conclusion", "review.conclusion.missing");
        if (text.Refusal is { } refusal)
        {
            return refusal;
        }
        if (review.ConcludedAt is null || review.Conclusion != text.Value)
        {
            if (review.ConcludedAt != seen)
            {
                return new Refusal(RefusalCode.Conflict, "review.conclusion.newer", "version");
            }
            review.Conclude(text.Value, actor, work.Now);
        }
        return await Plan(work, id, steps) is { } refused ? refused : id;
    }, cancel);

    /// <summary>Opens the final review of a group that has an end: due on its last day, and at least 14 days from today. Again it is the one there is.</summary>
    public Task<Outcome<Guid>> OpenFinal(Guid actor, string slug, CancellationToken cancel) => OfGroup(actor, slug, async work =>
    {
        var standing = await work.Db.MilestoneReviews.SingleOrDefaultAsync(r => r.GroupId == work.Group.Id && r.MilestoneId == null, cancel);
        if (!work.Standing.Leads || standing is { CancelledAt: null })
        {
            return work.Standing.Leads ? standing!.Id : Refusal.NotAllowed;
        }
        if (work.Group.EndsOn is not { } end)
        {
            return new Refusal(RefusalCode.Conflict, "review.final.no-end");
        }
        var due = ReviewDays.Later(end, work.Today.AddDays(ReviewDays.AtLeast));
        standing?.Plan(work.Today, due);
        return standing?.Id ?? work.Db.MilestoneReviews.Add(new MilestoneReview(work.Group.Id, null, work.Today, due, work.Now)).Entity.Id;
    }, cancel);

    /// <summary>Completes a group whose final review is concluded: from then on it is a read-only archive.</summary>
    public Task<Outcome<Guid>> Complete(Guid actor, string slug, CancellationToken cancel) => OfGroup(actor, slug, async work =>
    {
        if (!work.Standing.Leads)
        {
            return Refusal.NotAllowed;
        }
        if (!await work.Db.MilestoneReviews.AnyAsync(r => r.GroupId == work.Group.Id && r.MilestoneId == null && r.CancelledAt == null && r.ConcludedAt != null, cancel))
        {
            return new Refusal(RefusalCode.Conflict, "review.final.first");
        }
        work.Group.Become("completed");
        work.Db.Note(time, actor, "group.completed", slug);
        await work.Db.Tell(new(Notice.GroupChanged, $"{slug} status {work.Group.Id}"), cancel);
        return work.Group.Id;
    }, cancel);

    private static async Task<Refusal?> Plan(GroupWork work, Guid review, IReadOnlyList<NextStep> steps)
    {
        if (steps.Count > MaxSteps)
        {
            return Refusal.Invalid("steps", "review.steps.many");
        }
        for (var i = 0; i < steps.Count; i++)
        {
            var (step, members) = (steps[i], work.Db.Memberships.Where(m => m.GroupId == work.Group.Id && m.PersonId == steps[i].AssigneeId));
            var partner = await members.Select(m => (Guid?)m.OrganisationId).SingleOrDefaultAsync(work.Cancel);
            var clean = step.DueOn < work.Today && PlanRules.IsDay(step.DueOn) ? Refusal.Invalid("endsOn", "review.step.past")
                : await ActivityDesk.Clean(work, new(step.Title, step.Kind, PlanRules.IsDay(step.DueOn) ? work.Today : step.DueOn, step.DueOn, partner, step.AssigneeId, null, null));
            if (clean.Refusal is { } refusal)
            {
                return refusal with { Field = $"steps[{i}].{(refusal.Field == "startsOn" ? "endsOn" : refusal.Field)}" };
            }
            if (await ActivityDesk.Same(work, clean.Value, review) is null)
            {
                work.Db.Activities.Add(new Activity(work.Group.Id, clean.Value, work.Actor, work.Now, review));
            }
        }
        return null;
    }

    private Task<Outcome<Guid>> OfGroup(Guid actor, string slug, Func<GroupWork, Task<Outcome<Guid>>> change, CancellationToken cancel) =>
        desk.Change(actor, db => db.Groups.Where(g => g.Slug == slug), ReviewService.What, change, cancel);
}

/// <summary>What a review asks for next.</summary>
/// <param name="Kind">One of the network's kinds of activity.</param>
/// <param name="AssigneeId">Who does it, and so which partner leads it; null: all of them together.</param>
/// <param name="DueOn">By when; from today on.</param>
public sealed record NextStep(string Title, string Kind, Guid? AssigneeId, DateOnly DueOn);
