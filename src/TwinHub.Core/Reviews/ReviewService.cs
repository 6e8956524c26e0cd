using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Groups;

namespace TwinHub.Core.Reviews;

/// <summary>
/// What partners answer in reviews. An answer belongs to the partner: any of its members who may write gives it or changes it
/// while the review is sealed. Afterwards answers are fixed, and one that comes late is fixed at once (domain, section 4).
/// </summary>
public sealed class ReviewService(GroupDesk desk)
{
    internal const string What = "reviews";

    /// <summary>Gives the answer of the actor's partner, or changes it. The same answer again changes nothing, also where it was the last one.</summary>
    /// <returns>Not allowed for who speaks for no partner that owes one; closed before the review opens and for another answer once they are open; a conflict where a colleague answered meanwhile.</returns>
    public Task<Outcome<Guid>> Answer(Guid actor, Guid id, AnswerInput input, CancellationToken cancel) => Change(actor, id, async (work, review) =>
    {
        var isSealed = review.IsSealedOn(work.Today);
        var owed = (await ReviewAccess.Owed(work.Db, [(review, isSealed)], cancel))[id].ToHashSet();
        if (work.Standing.SpeaksFor is not { } partner || !owed.Contains(partner))
        {
            return Refusal.NotAllowed;
        }
        var clean = work.Today < review.OpensOn ? new Refusal(RefusalCode.Closed, "review.early") : input.Clean(await Rated(work));
        if (clean.Refusal is { } refusal)
        {
            return refusal;
        }
        return await Take(work, review, partner, clean.Value, isSealed) is { } refused ? refused : await Count(work, review, owed);
    }, cancel);

    /// <summary>Gives the partners more time, or before the first answer another day. It never opens answers earlier.</summary>
    public Task<Outcome<Guid>> Postpone(Guid actor, Guid id, DateOnly dueOn, CancellationToken cancel) => Change(actor, id, async (work, review) =>
    {
        var answered = await work.Db.ReviewAnswers.AnyAsync(a => a.ReviewId == id, cancel);
        if (dueOn != review.DueOn && (Groups.Plan.PlanRules.IsDay(dueOn) ? ReviewDays.Hindrance(review, answered, dueOn, work.Today) : Refusal.Invalid("dueOn", "plan.day")) is { } refusal)
        {
            return refusal;
        }
        review.Plan(review.OpensOn, dueOn);
        return id;
    }, cancel);

    /// <summary>The objectives that every answer rates.</summary>
    private static Task<List<Guid>> Rated(GroupWork work) =>
        work.Db.Objectives.Where(o => o.GroupId == work.Group.Id && o.RemovedAt == null).Select(o => o.Id).ToListAsync(work.Cancel);

    private static async Task<Refusal?> Take(GroupWork work, MilestoneReview review, Guid partner, AnswerInput input, bool isSealed)
    {
        var (db, cancel) = (work.Db, work.Cancel);
        var answer = await db.ReviewAnswers.SingleOrDefaultAsync(a => a.ReviewId == review.Id && a.OrganisationId == partner, cancel);
        var ratings = await db.ReviewRatings.Where(r => r.ReviewId == review.Id && r.OrganisationId == partner).ToListAsync(cancel);
        if (answer is not null && Says(answer, ratings, input))
        {
            return null;
        }
        if (answer is not null && !isSealed)
        {
            return new Refusal(RefusalCode.Closed, "review.fixed");
        }
        if (input.Version != (answer?.Version ?? 0))
        {
            return new Refusal(RefusalCode.Conflict, "review.newer", "version");
        }
        answer?.Change(work.Actor, input.WentWell!, input.Strengthen!, work.Now);
        if (answer is null)
        {
            db.ReviewAnswers.Add(new(review.Id, partner, work.Actor, input.WentWell!, input.Strengthen!, !isSealed, work.Now));
        }
        db.ReviewRatings.RemoveRange(ratings);
        // The ratings' rows name the answer's, and take the places of those before.
        await db.SaveChangesAsync(cancel);
        db.ReviewRatings.AddRange(input.Ratings.Select(rating => new ReviewRating(review.Id, partner, rating.Key, rating.Value)));
        return null;
    }

    private static bool Says(ReviewAnswer answer, List<ReviewRating> ratings, AnswerInput input) =>
        (answer.WentWell, answer.Strengthen) == (input.WentWell, input.Strengthen)
        && ratings.Count == input.Ratings.Count && ratings.All(rating => input.Ratings.GetValueOrDefault(rating.ObjectiveId, -1) == rating.Rating);

    /// <summary>The first answer writes down who owes one; the last one opens them all.</summary>
    private static async Task<Outcome<Guid>> Count(GroupWork work, MilestoneReview review, HashSet<Guid> owed)
    {
        if (!await work.Db.ReviewPartners.AnyAsync(p => p.ReviewId == review.Id, work.Cancel))
        {
            work.Db.ReviewPartners.AddRange(owed.Select(partner => new ReviewPartner(review.Id, partner)));
        }
        var answered = await work.Db.ReviewAnswers.Where(a => a.ReviewId == review.Id).Select(a => a.OrganisationId).ToListAsync(work.Cancel);
        if (owed.IsSubsetOf(answered))
        {
            review.Complete(work.Now);
        }
        return review.Id;
    }

    private Task<Outcome<Guid>> Change(Guid actor, Guid id, Func<GroupWork, MilestoneReview, Task<Outcome<Guid>>> change, CancellationToken cancel) =>
        desk.OfReview(actor, id, change, cancel);
}

/// <summary>Changes of one review, under its row.</summary>
internal static class ReviewDesk
{
    /// <summary>As the group's desk; a review that was called off is not found.</summary>
    public static Task<Outcome<Guid>> OfReview(this GroupDesk desk, Guid actor, Guid id, Func<GroupWork, MilestoneReview, Task<Outcome<Guid>>> change, CancellationToken cancel) =>
        desk.Change(actor, db => db.Groups.Where(g => db.MilestoneReviews.Any(r => r.Id == id && r.GroupId == g.Id && r.CancelledAt == null)), ReviewService.What, async work =>
        {
            var review = await work.Db.MilestoneReviews.FromSql($"select * from milestone_reviews where id = {id} for update").SingleAsync(cancel);
            return review.CancelledAt is null ? await change(work, review) : Refusal.NotFound;
        }, cancel);
}
