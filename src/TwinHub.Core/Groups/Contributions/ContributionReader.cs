using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Register;

namespace TwinHub.Core.Groups.Contributions;

/// <summary>Reciprocity as it is read: two tallies a partner, given and gained, never one net score (domain, section 4).</summary>
public sealed class ContributionReader(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    /// <summary>How many quarters are drawn, the one under way included.</summary>
    public const int Quarters = 8;

    /// <summary>A group's contributions, the newest first, with what its records propose.</summary>
    public async Task<Outcome<ContributionPage>> Find(Guid person, string slug, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var seat = await GroupStanding.Take(db, person, slug, cancel);
        if (seat.Refusal is { } refusal)
        {
            return refusal;
        }
        var group = seat.Value.Group.Id;
        var stored = await db.Contributions.Where(c => c.GroupId == group).OrderByDescending(c => c.HappenedOn).ThenByDescending(c => c.Id).AsNoTracking().ToListAsync(cancel);
        var proposed = await ContributionProposals.Of(db, seat.Value, clock.GetUtcNow(), cancel);
        var people = stored.SelectMany(c => new[] { c.ProposedBy, c.SettledBy }).OfType<Guid>().Distinct().ToList();
        var names = await db.People.Where(p => people.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.Name, cancel);
        return new ContributionPage(seat.Value, stored, [.. proposed.Where(one => !stored.Exists(one.IsSame))], names, Confirmed(stored), OverTime(stored, seat.Value));
    }

    /// <summary>Confirmed contributions of groups, by group and partner; who neither gave nor gained has no entry. One query for any number.</summary>
    public static async Task<IReadOnlyDictionary<(Guid Group, Guid Organisation), Tally>> Tallies(TwinHubDb db, IReadOnlyCollection<Guid> groups, CancellationToken cancel)
    {
        var counts = await db.Contributions.Where(c => groups.Contains(c.GroupId) && c.State == Contribution.Confirmed)
            .GroupBy(c => new { c.GroupId, c.GiverId, c.ReceiverId }).Select(c => new { c.Key.GroupId, c.Key.GiverId, c.Key.ReceiverId, Count = c.Count() }).ToListAsync(cancel);
        return Sum(counts.SelectMany(c => new[] { ((c.GroupId, c.GiverId), new Tally(c.Count, 0)), ((c.GroupId, c.ReceiverId), new Tally(0, c.Count)) }));
    }

    private static Dictionary<Guid, Tally> Confirmed(IEnumerable<Contribution> stored) =>
        Sum(stored.Where(c => c.State == Contribution.Confirmed).SelectMany(c => new[] { (c.GiverId, new Tally(1, 0)), (c.ReceiverId, new Tally(0, 1)) }));

    /// <summary>The newest quarters of the network's year, the oldest first; what lies before them is only in the whole tally.</summary>
    private List<QuarterTallies> OverTime(List<Contribution> stored, GroupStanding seat)
    {
        var year = seat.Network.YearStartsIn;
        var quarter = Quarter.Of(seat.Day(clock.GetUtcNow()), year);
        var quarters = new List<QuarterTallies>();
        for (var i = 0; i < Quarters; i++, quarter = quarter.Previous)
        {
            quarters.Insert(0, new(quarter, Confirmed(stored.Where(c => Quarter.Of(c.HappenedOn, year) == quarter))));
        }
        return quarters;
    }

    private static Dictionary<T, Tally> Sum<T>(IEnumerable<(T Key, Tally Tally)> parts) where T : notnull =>
        parts.GroupBy(part => part.Key, part => part.Tally).ToDictionary(part => part.Key, part => part.Aggregate((a, b) => new(a.Given + b.Given, a.Gained + b.Gained)));
}

/// <summary>How often a partner gave and gained.</summary>
public sealed record Tally(int Given, int Gained)
{
    public static readonly Tally None = new(0, 0);
}

/// <summary>Tallies by partner in a quarter, by when it happened.</summary>
public sealed record QuarterTallies(Quarter Quarter, IReadOnlyDictionary<Guid, Tally> Partners);

/// <summary>All a group's page of contributions shows.</summary>
/// <param name="Stored">Written by hand or answered, the newest first.</param>
/// <param name="Proposed">What records say and nobody has answered, the newest first.</param>
/// <param name="People">Names of who proposed and settled.</param>
/// <param name="Tallies">Confirmed ones, by partner.</param>
public sealed record ContributionPage(
    GroupStanding Seat, IReadOnlyList<Contribution> Stored, IReadOnlyList<ProposedContribution> Proposed, IReadOnlyDictionary<Guid, string> People,
    IReadOnlyDictionary<Guid, Tally> Tallies, IReadOnlyList<QuarterTallies> OverTime);
