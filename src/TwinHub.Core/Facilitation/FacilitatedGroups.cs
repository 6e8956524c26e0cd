using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Networks;

namespace TwinHub.Core.Facilitation;

/// <summary>What a facilitator looks after. Who may see a group but does not facilitate it is told so; for everybody else there is none.</summary>
internal static class FacilitatedGroups
{
    public static IQueryable<Network> Networks(TwinHubDb db, Guid person) =>
        db.Networks.Where(n => db.NetworkRoles.Any(r => r.NetworkId == n.Id && r.PersonId == person && r.Role == "facilitator"));

    /// <summary>One network by its slug, or the first one; null slug of who facilitates none: not allowed.</summary>
    public static async Task<Outcome<(Network Network, IReadOnlyList<Network> All)>> Network(TwinHubDb db, Guid actor, string? slug, CancellationToken cancel)
    {
        var mine = await Networks(db, actor).OrderBy(n => n.Slug).AsNoTracking().ToListAsync(cancel);
        if (mine.FirstOrDefault(n => slug is null || n.Slug == slug) is { } network)
        {
            return (network, mine);
        }
        return slug is null || await NetworkService.Visible(db, actor).AnyAsync(n => n.Slug == slug, cancel) ? Refusal.NotAllowed : Refusal.NotFound;
    }

    /// <summary>These groups, all of them, by slug.</summary>
    public static async Task<Outcome<List<TwinningGroup>>> Find(TwinHubDb db, Guid actor, IReadOnlyCollection<string> slugs, CancellationToken cancel)
    {
        var wanted = slugs.Distinct().ToList();
        var groups = await GroupService.Visible(db, actor).Where(g => wanted.Contains(g.Slug)).OrderBy(g => g.Slug).AsNoTracking().ToListAsync(cancel);
        if (groups.Count == 0 || groups.Count < wanted.Count)
        {
            return Refusal.NotFound;
        }
        var networks = groups.Select(g => g.NetworkId).Distinct().ToList();
        return await Networks(db, actor).CountAsync(n => networks.Contains(n.Id), cancel) == networks.Count ? groups : Refusal.NotAllowed;
    }
}
