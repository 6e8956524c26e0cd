using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Networks;

namespace TwinHub.Core.Groups;

/// <summary>Where somebody sits in a group: for which partner, and what they may do there.</summary>
/// <param name="OrganisationId">The partner they answer for; null: a facilitator who is no member.</param>
/// <param name="Writes">Members but observers, and the network's facilitators.</param>
public sealed record GroupSeat(TwinningGroup Group, Network Network, Guid PersonId, Guid? OrganisationId, bool Writes, bool Facilitates)
{
    /// <summary>Whether they may change something now: a closed group is a read-only archive.</summary>
    public bool MayWrite => Writes && !Group.IsClosed;

    /// <summary>The day it is for the group: in its network's zone.</summary>
    public DateOnly Day(DateTimeOffset now) => Network.Day(now);

    /// <summary>Writers of a group one after another, until the transaction in hand ends: a form sent twice finds its first row.</summary>
    internal Task Lock(TwinHubDb db, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"select 1 from twinning_groups where id = {Group.Id} for no key update", cancel);

    /// <summary>To look; not found for who sees nothing of the group.</summary>
    internal static async Task<Outcome<GroupSeat>> Take(TwinHubDb db, Guid person, string slug, CancellationToken cancel)
    {
        var found = await GroupService.Visible(db, person).Where(g => g.Slug == slug)
            .Join(db.Networks, g => g.NetworkId, n => n.Id, (g, n) => new
            {
                Group = g, Network = n,
                Membership = db.Memberships.FirstOrDefault(m => m.GroupId == g.Id && m.PersonId == person),
                Facilitates = db.NetworkRoles.Any(r => r.NetworkId == n.Id && r.PersonId == person && r.Role == "facilitator"),
            }).AsNoTracking().SingleOrDefaultAsync(cancel);
        if (found is null)
        {
            return Refusal.NotFound;
        }
        var writes = found.Facilitates || (found.Membership is { } seat && !seat.Roles.TrueForAll(role => role == "observer"));
        return new GroupSeat(found.Group, found.Network, person, found.Membership?.OrganisationId, writes, found.Facilitates);
    }

    /// <summary>To change something; not allowed for who only reads, closed in an archive.</summary>
    internal static async Task<Outcome<GroupSeat>> TakeToWrite(TwinHubDb db, Guid person, string slug, CancellationToken cancel)
    {
        var seat = await Take(db, person, slug, cancel);
        return seat.Refusal is not null ? seat
            : !seat.Value.Writes ? Refusal.NotAllowed
            : seat.Value.Group.IsClosed ? new Refusal(RefusalCode.Closed) : seat;
    }
}
