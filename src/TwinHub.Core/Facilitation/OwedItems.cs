using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Networks;
using TwinHub.Core.People;

namespace TwinHub.Core.Facilitation;

/// <summary>Something a partner owes, and who would be asked.</summary>
/// <param name="Label">The quarter, <c>2026-Q3</c>, or the milestone's title; null: the final review.</param>
/// <param name="Person">Null: nobody of the partner can be asked.</param>
public sealed record OwedItem(GroupView Group, NudgeSubject Subject, string? Label, DateOnly DueOn, PartnerView Partner, Person? Person)
{
    /// <summary>How forms name it.</summary>
    public string Key => $"{Subject.About}:{Subject.Id}:{Partner.Organisation.Id}";
}

/// <summary>Who owes what now: updates from their opening on until they count as missed, answers to reviews likewise.</summary>
internal static class OwedItems
{
    /// <param name="groups">All of one network.</param>
    public static async Task<List<OwedItem>> Read(TwinHubDb db, Network network, IReadOnlyList<GroupView> groups, DateOnly today, CancellationToken cancel)
    {
        var (ids, missed) = (groups.Select(view => view.Group.Id).ToList(), today.AddDays(-network.MissedAfter));
        var people = await Answerable.Read(db, ids, cancel);
        var byId = groups.ToDictionary(view => view.Group.Id);
        var updates = await db.QuarterlyUpdates.Where(u => ids.Contains(u.GroupId) && u.SubmittedAt == null && u.OpensOn <= today && u.DueOn > missed)
            .OrderBy(u => u.DueOn).Select(u => new { u.Id, u.GroupId, u.Quarter, u.DueOn }).ToListAsync(cancel);
        var items = updates.SelectMany(u => byId[u.GroupId].Partners, (u, partner) => new OwedItem(byId[u.GroupId], new(NudgeSubject.Register, u.Id), u.Quarter, u.DueOn, partner,
            people.One(u.GroupId, partner.Organisation.Id, Answerable.ForRegister)));
        return [.. items, .. await Reviews(db, ids, byId, people, today, missed, cancel)];
    }

    /// <summary>At the first answer it is written down who owes one; until then it is every partner.</summary>
    private static async Task<List<OwedItem>> Reviews(TwinHubDb db, List<Guid> ids, Dictionary<Guid, GroupView> byId, Answerable people, DateOnly today, DateOnly missed, CancellationToken cancel)
    {
        var reviews = await db.MilestoneReviews.Where(r => ids.Contains(r.GroupId) && r.CancelledAt == null && r.CompleteAt == null && r.ConcludedAt == null && r.OpensOn <= today && r.DueOn > missed)
            .OrderBy(r => r.DueOn).Select(r => new { r.Id, r.GroupId, r.DueOn, Title = db.Milestones.Where(m => m.Id == r.MilestoneId).Select(m => m.Title).FirstOrDefault() }).ToListAsync(cancel);
        var open = reviews.Select(r => r.Id).ToList();
        var owing = (await db.ReviewPartners.Where(p => open.Contains(p.ReviewId)).AsNoTracking().ToListAsync(cancel)).ToLookup(p => p.ReviewId, p => p.OrganisationId);
        var answered = (await db.ReviewAnswers.Where(a => open.Contains(a.ReviewId)).Select(a => new { a.ReviewId, a.OrganisationId }).ToListAsync(cancel)).Select(a => (a.ReviewId, a.OrganisationId)).ToHashSet();
        return [.. from review in reviews
                   from partner in byId[review.GroupId].Partners
                   let organisation = partner.Organisation.Id
                   where !answered.Contains((review.Id, organisation)) && (!owing.Contains(review.Id) || owing[review.Id].Contains(organisation))
                   select new OwedItem(byId[review.GroupId], new(NudgeSubject.Review, review.Id), review.Title, review.DueOn, partner, people.One(review.GroupId, organisation, Answerable.ForReview))];
    }
}
