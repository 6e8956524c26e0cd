using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Networks;

namespace TwinHub.Core.Register;

/// <summary>How a person stands to a group's register entry.</summary>
/// <param name="IsInside">Member of the group, or facilitator or maintainer of the network: sees drafts.</param>
/// <param name="MayWrite">Inside and not only observing.</param>
public sealed record RegisterSeat(TwinningGroup Group, Network Network, bool IsInside, bool MayWrite);

/// <summary>
/// Everybody in the network reads the entries of its groups, nobody else does (domain, section 5). Members who may write, the
/// facilitators and the maintainers of the register write them.
/// </summary>
public static class RegisterAccess
{
    /// <summary>A group has an entry from the day it became active, for good.</summary>
    public static readonly IReadOnlyList<string> Statuses = ["active", "paused", "completed", "endedEarly"];

    internal static IQueryable<TwinningGroup> Entries(TwinHubDb db, Guid network) => db.Groups.Where(g => g.NetworkId == network && Statuses.Contains(g.Status));

    /// <summary>Not found for who does not belong to the network; a group that is only proposed has no entry for those outside it.</summary>
    internal static async Task<Outcome<RegisterSeat>> Find(TwinHubDb db, Guid person, string slug, CancellationToken cancel)
    {
        var found = await db.Groups.Where(g => g.Slug == slug).Join(NetworkService.Visible(db, person), g => g.NetworkId, n => n.Id, (g, n) => new { Group = g, Network = n })
            .AsNoTracking().SingleOrDefaultAsync(cancel);
        if (found is null)
        {
            return Refusal.NotFound;
        }
        var roles = await db.Memberships.Where(m => m.GroupId == found.Group.Id && m.PersonId == person).Select(m => m.Roles).SingleOrDefaultAsync(cancel);
        var keeps = await db.NetworkRoles.AnyAsync(r => r.NetworkId == found.Network.Id && r.PersonId == person && (r.Role == "facilitator" || r.Role == "maintainer"), cancel);
        var isInside = roles is not null || keeps;
        return !isInside && found.Group.Status == "proposed" ? Refusal.NotFound
            : new RegisterSeat(found.Group, found.Network, isInside, keeps || roles?.Any(role => role != "observer") == true);
    }

    /// <summary>As <see cref="Find"/>, for who writes: not allowed for readers, closed for a group that has ended.</summary>
    internal static async Task<Outcome<RegisterSeat>> Write(TwinHubDb db, Guid person, string slug, CancellationToken cancel)
    {
        var seat = await Find(db, person, slug, cancel);
        return seat.Refusal is not null ? seat
            : !seat.Value.MayWrite ? Refusal.NotAllowed
            : seat.Value.Group.IsClosed ? new Refusal(RefusalCode.Closed) : seat;
    }
}
