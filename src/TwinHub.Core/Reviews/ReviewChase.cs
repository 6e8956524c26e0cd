using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Mail;
using TwinHub.Core.People;
using TwinHub.Core.Reminders;
using TwinHub.Core.Text;

namespace TwinHub.Core.Reviews;

/// <summary>Reminds each partner of the answer it owes a review: one person a partner (domain, section 5, last line).</summary>
public sealed class ReviewChase(SignInOptions options, HubClock clock) : IChase
{
    /// <summary>Most days a network may let pass until an item counts as missed (schema), and one for zones.</summary>
    private const int Longest = 91;

    /// <summary>Who is asked first; then the partner's longest member.</summary>
    private static readonly string[] Order = ["reviewer", "responsible", "lead"];

    public string Kind => "review";

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
        var people = await People(db, [.. reviews.Select(one => one.Review.GroupId).Distinct()], cancel);
        return [.. from one in open
                   from partner in owed[one.Review.Id]
                   where !answered.Contains((one.Review.Id, partner))
                   let found = people[(one.Review.GroupId, partner)].FirstOrDefault()
                   where found is not null
                   select new Owed(one.Review.Id, one.Review.GroupId, one.Review.OpensOn, one.Review.DueOn, one.Network, partner, found.Country, found.Person)];
    }

    public async Task<Letter> Write(TwinHubDb db, Owed owed, string step, CancellationToken cancel)
    {
        var words = Texts.Shared.For(owed.Person.Language);
        var group = (await GroupService.Views(db, await db.Groups.Where(g => g.Id == owed.GroupId).AsNoTracking().ToListAsync(cancel), cancel))[0];
        var milestone = await db.Milestones.Where(m => db.MilestoneReviews.Any(r => r.Id == owed.SubjectId && r.MilestoneId == m.Id)).Select(m => m.Title).SingleOrDefaultAsync(cancel);
        var partner = await db.Organisations.AsNoTracking().SingleAsync(o => o.Id == owed.OrganisationId, cancel);
        return new ReviewLetter(words, owed, group, milestone, options.BaseUrl).Write(step, partner.Names.In(words.Language), owed.Network.Day(clock.GetUtcNow()));
    }

    private static async Task<HashSet<(Guid Review, Guid Partner)>> Answered(TwinHubDb db, List<Guid> reviews, CancellationToken cancel) =>
        [.. (await db.ReviewAnswers.Where(a => reviews.Contains(a.ReviewId)).Select(a => new { a.ReviewId, a.OrganisationId }).ToListAsync(cancel)).Select(a => (a.ReviewId, a.OrganisationId))];

    /// <summary>Who may be asked for each partner, first choice first: they may answer for it, and their account is open.</summary>
    private static async Task<ILookup<(Guid Group, Guid Partner), Asked>> People(TwinHubDb db, List<Guid> groups, CancellationToken cancel)
    {
        var answering = db.Memberships.Where(m => groups.Contains(m.GroupId)
            && !db.NetworkRoles.Any(r => r.PersonId == m.PersonId && r.Role == "facilitator" && db.Groups.Any(g => g.Id == m.GroupId && g.NetworkId == r.NetworkId)));
        var members = await answering.Join(db.People.Where(p => p.DisabledAt == null), m => m.PersonId, p => p.Id, (m, p) => new { Member = m, Person = p })
            .Join(db.Organisations, m => m.Member.OrganisationId, o => o.Id, (m, o) => new { m.Member, m.Person, o.Country }).AsNoTracking().ToListAsync(cancel);
        return members.Where(one => one.Member.Roles.Any(role => role != "observer"))
            .OrderBy(one => Rank(one.Member.Roles)).ThenBy(one => one.Member.Since).ThenBy(one => one.Person.Id)
            .ToLookup(one => (one.Member.GroupId, one.Member.OrganisationId), one => new Asked(one.Person, one.Country));
    }

    private static int Rank(List<string> roles) => Array.FindIndex(Order, roles.Contains) is >= 0 and var rank ? rank : Order.Length;

    private sealed record Asked(Person Person, string? Country);
}
