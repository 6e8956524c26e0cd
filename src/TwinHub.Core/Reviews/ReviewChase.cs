using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Mail;
using TwinHub.Core.People;
using TwinHub.Core.Reminders;
using TwinHub.Core.Text;

namespace TwinHub.Core.Reviews;

/// <summary>Reminds each partner of the answer it owes a review: one person a partner (domain, section 5, last line).</summary>
public sealed class ReviewChase(Unsubscriptions unsubscriptions, SignInOptions options, HubClock clock) : IChase
{
    /// <summary>Most days a network may let pass until an item counts as missed (schema), and one for zones.</summary>
    private const int Longest = 91;

    public const string KindName = "review";

    public string Kind => KindName;

    public async Task<IReadOnlyList<Owed>> Outstanding(TwinHubDb db, IReadOnlyCollection<Guid>? subjects, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var day = DateOnly.FromDateTime(now.UtcDateTime);
        var (from, until) = (day.AddDays(-Longest), day.AddDays(1));
        var near = await db.MilestoneReviews.Where(r => r.CancelledAt == null && r.CompleteAt == null && r.OpensOn <= until && r.DueOn >= from && (subjects == null || subjects.Contains(r.Id)))
            .Join(db.Groups.Where(g => g.Status == "active"), r => r.GroupId, g => g.Id, (r, g) => new { Review = r, g.NetworkId })
            .Join(db.Networks, r => r.NetworkId, n => n.Id, (r, n) => new { r.Review, Network = n }).AsNoTracking().ToListAsync(cancel);
        var open = near.Where(one => one.Network.Day(now) is var today && today >= one.Review.OpensOn && today < one.Review.DueOn.AddDays(one.Network.MissedAfter))
            .OrderBy(one => one.Review.DueOn).ThenBy(one => one.Review.Id).ToList();
        var reviews = open.Select(one => (one.Review, IsSealed: one.Review.IsSealedOn(one.Network.Day(now)))).ToList();
        var (owed, answered) = (await ReviewAccess.Owed(db, reviews, cancel), await Answered(db, [.. reviews.Select(one => one.Review.Id)], cancel));
        var who = await Correspondents.OfReviews(db, [.. reviews.Select(one => one.Review.GroupId).Distinct()], cancel);
        var titles = await Titles(db, [.. reviews.Select(one => one.Review.MilestoneId).OfType<Guid>()], cancel);
        return [.. from one in open
                   from partner in who[one.Review.GroupId]
                   where owed[one.Review.Id].Contains(partner.Organisation.Id) && !answered.Contains((one.Review.Id, partner.Organisation.Id))
                   select new Owed(one.Review.Id, one.Review.GroupId, one.Review.OpensOn, one.Review.DueOn, one.Network, partner.Organisation.Id, partner.Organisation.Country, partner.Person,
                       one.Review.MilestoneId is { } milestone ? titles[milestone] : "")];
    }

    public async Task<Letter> Write(TwinHubDb db, Owed owed, string step, CancellationToken cancel)
    {
        var (person, words) = (owed.Person!, Texts.Shared.For(owed.Person!.Language));
        var group = (await GroupService.Views(db, await db.Groups.Where(g => g.Id == owed.GroupId).AsNoTracking().ToListAsync(cancel), cancel))[0];
        var partner = await db.Organisations.AsNoTracking().SingleAsync(o => o.Id == owed.OrganisationId, cancel);
        return new ReviewLetter(words, owed, group, options.BaseUrl).Write(step, partner.Names.In(words.Language), owed.Network.Day(clock.GetUtcNow())) with
        {
            Unsubscribe = new(words["register-mail.stop"], unsubscriptions.Link(db, person.Id, Unsubscriptions.ReviewReminders)),
        };
    }

    private static async Task<HashSet<(Guid Review, Guid Partner)>> Answered(TwinHubDb db, List<Guid> reviews, CancellationToken cancel) =>
        [.. (await db.ReviewAnswers.Where(a => reviews.Contains(a.ReviewId)).Select(a => new { a.ReviewId, a.OrganisationId }).ToListAsync(cancel)).Select(a => (a.ReviewId, a.OrganisationId))];

    private static Task<Dictionary<Guid, string>> Titles(TwinHubDb db, List<Guid> milestones, CancellationToken cancel) =>
        db.Milestones.Where(m => milestones.Contains(m.Id)).Select(m => new { m.Id, m.Title }).ToDictionaryAsync(m => m.Id, m => m.Title, cancel);
}
