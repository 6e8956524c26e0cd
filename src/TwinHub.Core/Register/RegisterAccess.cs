using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Networks;

namespace TwinHub.Core.Register;

/// <summary>Who reads the register: whoever belongs to the network reads all its entries, nobody else knows of them (domain, section 5).</summary>
public static class RegisterAccess
{
    /// <summary>A group has an entry from the day it became active, for good.</summary>
    public static readonly IReadOnlyList<string> Statuses = ["active", "paused", "completed", "endedEarly"];

    /// <summary>Whoever has no other role reads only.</summary>
    private static readonly string[] Observing = ["observer"];

    internal static IQueryable<TwinningGroup> Entries(TwinHubDb db, Guid network) => db.Groups.Where(g => g.NetworkId == network && Statuses.Contains(g.Status));

    /// <summary>One entry's group, or not found.</summary>
    internal static async Task<Outcome<TwinningGroup>> Find(TwinHubDb db, Guid person, string slug, CancellationToken cancel)
    {
        var networks = NetworkService.Visible(db, person);
        var group = await db.Groups.AsNoTracking().SingleOrDefaultAsync(g => g.Slug == slug && Statuses.Contains(g.Status) && networks.Any(n => n.Id == g.NetworkId), cancel);
        return group is null ? Refusal.NotFound : group;
    }

    /// <summary>Who edits an entry: its members who may write, and the network's facilitators and maintainers of the register.</summary>
    internal static Task<bool> MayWrite(TwinHubDb db, Guid person, TwinningGroup group, CancellationToken cancel) => db.Networks.AnyAsync(n => n.Id == group.NetworkId
        && (db.NetworkRoles.Any(r => r.NetworkId == n.Id && r.PersonId == person && (r.Role == "facilitator" || r.Role == "maintainer"))
            || db.Memberships.Any(m => m.GroupId == group.Id && m.PersonId == person && !m.Roles.All(role => Observing.Contains(role)))), cancel);
}
