using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;

namespace TwinHub.Core.Reviews;

/// <summary>
/// Who reads, owes and concludes a review. What a partner answered is nobody else's before the answers open: not a facilitator's
/// either (domain, section 4, Reviews).
/// </summary>
internal static class ReviewAccess
{
    /// <summary>The answers a member of a partner may read today; the seal is judged in the statement that reads them.</summary>
    /// <param name="today">The day in the network's zone.</param>
    /// <param name="partner">Null: they belong to none.</param>
    public static IQueryable<ReviewAnswer> Readable(TwinHubDb db, DateOnly today, Guid? partner) => db.ReviewAnswers.Where(a =>
        a.OrganisationId == partner || db.MilestoneReviews.Any(r => r.Id == a.ReviewId && (r.CompleteAt != null || r.DueOn < today)));

    /// <summary>
    /// The partners that owe each review an answer, in the group's order: those written down at the first one, before that those
    /// of the group. Who has left the group owes nothing any more once the answers are open.
    /// </summary>
    public static async Task<ILookup<Guid, Guid>> Owed(TwinHubDb db, IReadOnlyCollection<(MilestoneReview Review, bool IsSealed)> reviews, CancellationToken cancel)
    {
        var (ids, groups) = (reviews.Select(one => one.Review.Id).ToList(), reviews.Select(one => one.Review.GroupId).Distinct().ToList());
        var written = (await db.ReviewPartners.Where(p => ids.Contains(p.ReviewId)).AsNoTracking().ToListAsync(cancel)).ToLookup(p => p.ReviewId, p => p.OrganisationId);
        var present = (await db.GroupPartners.Where(p => groups.Contains(p.GroupId)).OrderBy(p => p.Position).AsNoTracking().ToListAsync(cancel)).ToLookup(p => p.GroupId, p => p.OrganisationId);
        return reviews.SelectMany(one => Of(one.Review, one.IsSealed).Select(partner => (one.Review.Id, partner))).ToLookup(one => one.Id, one => one.partner);

        IEnumerable<Guid> Of(MilestoneReview review, bool isSealed)
        {
            var (here, first) = (present[review.GroupId], written[review.Id].ToHashSet());
            return first.Count == 0 ? here : isSealed ? here.Where(first.Contains).Union(first) : here.Where(first.Contains);
        }
    }

    /// <summary>Whether a person writes the conclusion: reviewers; where a group has none, who is responsible or leads; and facilitators.</summary>
    public static async Task<bool> Concludes(TwinHubDb db, GroupStanding standing, CancellationToken cancel)
    {
        if (!standing.MayWrite || standing.Facilitates || standing.Has("reviewer"))
        {
            return standing.MayWrite;
        }
        var isReviewed = await db.Memberships.AnyAsync(m => m.GroupId == standing.Group.Id && m.Roles.Contains("reviewer") && db.People.Any(p => p.Id == m.PersonId && p.DisabledAt == null), cancel);
        return !isReviewed && (standing.Has("responsible") || standing.Has("lead"));
    }
}
