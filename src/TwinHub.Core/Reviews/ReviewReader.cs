using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Groups.Plan;

namespace TwinHub.Core.Reviews;

/// <summary>Reviews as a member or facilitator may see them. Sealed answers of other partners are not read at all.</summary>
public sealed class ReviewReader(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    /// <summary>The reviews of a group; not found for who does not see it.</summary>
    public async Task<Outcome<GroupReviews>> List(Guid person, string slug, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var found = await GroupStanding.Find(db, person, db.Groups.Where(g => g.Slug == slug), cancel);
        if (found.Refusal is { } hidden)
        {
            return hidden;
        }
        var today = Today(found.Value);
        var reviews = await db.MilestoneReviews.Where(r => r.GroupId == found.Value.Group.Id && r.CancelledAt == null).OrderBy(r => r.DueOn).ThenBy(r => r.Id).AsNoTracking().ToListAsync(cancel);
        return new GroupReviews(found.Value, await Summaries(db, reviews, today, cancel), today);
    }

    /// <summary>One review; not found for who does not see its group, and when it was called off.</summary>
    public async Task<Outcome<ReviewView>> Find(Guid person, Guid id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var review = await db.MilestoneReviews.AsNoTracking().SingleOrDefaultAsync(r => r.Id == id && r.CancelledAt == null, cancel);
        var found = review is null ? Refusal.NotFound : await GroupStanding.Find(db, person, db.Groups.Where(g => g.Id == review.GroupId), cancel);
        if (found.Refusal is { } hidden)
        {
            return hidden;
        }
        var (standing, today) = (found.Value, Today(found.Value));
        var summary = (await Summaries(db, [review!], today, cancel))[0];
        var answers = await Answers(db, standing, summary, today, cancel);
        var rated = answers.SelectMany(one => one.Ratings.Keys).Distinct().ToList();
        var objectives = await db.Objectives.Where(o => o.GroupId == standing.Group.Id && (o.RemovedAt == null || rated.Contains(o.Id))).OrderBy(o => o.Id).AsNoTracking().ToListAsync(cancel);
        var steps = await db.Activities.Where(a => a.ReviewId == id).OrderBy(a => a.EndsOn).ThenBy(a => a.Id).AsNoTracking()
            .Select(a => new ActivityView(a, db.People.Where(p => p.Id == a.AssigneeId).Select(p => p.Name).FirstOrDefault())).ToListAsync(cancel);
        return new ReviewView(standing, summary, objectives, answers.FirstOrDefault(one => one.Organisation.Id == standing.BelongsTo), summary.IsSealed ? [] : answers, steps)
        {
            MayConclude = !summary.IsSealed && await ReviewAccess.Concludes(db, standing, cancel),
            ConcludedBy = await db.People.Where(p => p.Id == review!.ConcludedBy).Select(p => p.Name).SingleOrDefaultAsync(cancel),
        };
    }

    private DateOnly Today(GroupStanding standing) => standing.Network.Day(clock.GetUtcNow());

    /// <summary>The answers this person may read, in the order of the partners.</summary>
    private static async Task<List<AnswerView>> Answers(TwinHubDb db, GroupStanding standing, ReviewSummary summary, DateOnly today, CancellationToken cancel)
    {
        var readable = ReviewAccess.Readable(db, today, standing.BelongsTo).Where(a => a.ReviewId == summary.Review.Id);
        var answers = await readable.Join(db.People, a => a.PersonId, p => p.Id, (a, p) => new { Answer = a, p.Name }).AsNoTracking().ToListAsync(cancel);
        var ratings = (await db.ReviewRatings.Where(r => readable.Any(a => a.ReviewId == r.ReviewId && a.OrganisationId == r.OrganisationId)).AsNoTracking().ToListAsync(cancel)).ToLookup(r => r.OrganisationId);
        return [.. summary.Partners.SelectMany(partner => answers.Where(one => one.Answer.OrganisationId == partner.Organisation.Id).Select(one =>
            new AnswerView(one.Answer, partner.Organisation, partner.Hue, one.Name, ratings[partner.Organisation.Id].ToDictionary(r => r.ObjectiveId, r => r.Rating))))];
    }

    private static async Task<List<ReviewSummary>> Summaries(TwinHubDb db, List<MilestoneReview> reviews, DateOnly today, CancellationToken cancel)
    {
        var ids = reviews.Select(r => r.Id).ToList();
        var owed = await ReviewAccess.Owed(db, [.. reviews.Select(r => (r, r.IsSealedOn(today)))], cancel);
        var answered = (await db.ReviewAnswers.Where(a => ids.Contains(a.ReviewId)).Select(a => new { a.ReviewId, a.OrganisationId, a.Late }).ToListAsync(cancel)).ToLookup(a => a.ReviewId, a => (a.OrganisationId, a.Late));
        var partners = ids.SelectMany(id => owed[id].Union(answered[id].Select(a => a.OrganisationId))).Distinct().ToList();
        var organisations = await db.Organisations.Where(o => partners.Contains(o.Id)).AsNoTracking().ToDictionaryAsync(o => o.Id, cancel);
        var groups = reviews.Select(r => r.GroupId).Distinct().ToList();
        var hues = await db.GroupPartners.Where(p => groups.Contains(p.GroupId)).ToDictionaryAsync(p => (p.GroupId, p.OrganisationId), p => p.Hue, cancel);
        var milestones = await db.Milestones.Where(m => db.MilestoneReviews.Any(r => ids.Contains(r.Id) && r.MilestoneId == m.Id)).AsNoTracking().ToDictionaryAsync(m => m.Id, cancel);
        return [.. reviews.Select(review => new ReviewSummary(review, review.MilestoneId is { } milestone ? milestones[milestone] : null, [.. Of(review)], today))];

        IEnumerable<ReviewPartnerView> Of(MilestoneReview review) =>
            owed[review.Id].Union(answered[review.Id].Select(a => a.OrganisationId)).Select(id => new ReviewPartnerView(
                organisations[id], hues.GetValueOrDefault((review.GroupId, id)), answered[review.Id].Any(a => a.OrganisationId == id), answered[review.Id].Any(a => a.OrganisationId == id && a.Late)));
    }
}
