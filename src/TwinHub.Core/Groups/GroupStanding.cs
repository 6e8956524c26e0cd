using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Networks;

namespace TwinHub.Core.Groups;

/// <summary>What a person is in a group that they see.</summary>
/// <param name="Membership">Null: they see it as a facilitator of its network alone.</param>
public sealed record GroupStanding(TwinningGroup Group, Network Network, Membership? Membership, bool Facilitates)
{
    private const string Observer = "observer";

    /// <summary>Observers read, never write (contract, Common rules); nobody writes in an archive.</summary>
    public bool MayWrite => (Facilitates || IsWriter) && !Group.IsClosed;

    /// <summary>The partner the person may speak for; null: none, as with observers and facilitators.</summary>
    public Guid? SpeaksFor => IsWriter ? BelongsTo : null;

    /// <summary>
    /// The partner whose own matters the person reads; null: none. A facilitator is no partner's, even as a member: whoever adds
    /// members could otherwise read along by adding themselves.
    /// </summary>
    public Guid? BelongsTo => Facilitates ? null : Membership?.OrganisationId;

    /// <summary>Leads a partner's side, or facilitates the network.</summary>
    public bool Leads => Facilitates || Has("lead");

    /// <summary>May write, whether or not the group is an archive by now.</summary>
    internal bool IsAuthor => Facilitates || IsWriter;

    private bool IsWriter => Membership?.Roles.Any(role => role != Observer) == true;

    public bool Has(string role) => Membership?.Roles.Contains(role) == true;

    /// <summary>The standing in the one of these groups that the person sees; not found where they see none.</summary>
    internal static async Task<Outcome<GroupStanding>> Find(TwinHubDb db, Guid person, IQueryable<TwinningGroup> groups, CancellationToken cancel)
    {
        var found = await GroupService.Visible(db, person).Where(g => groups.Any(one => one.Id == g.Id)).Join(db.Networks, g => g.NetworkId, n => n.Id, (g, n) => new
        {
            Group = g,
            Network = n,
            Membership = db.Memberships.FirstOrDefault(m => m.GroupId == g.Id && m.PersonId == person),
            Facilitates = db.NetworkRoles.Any(r => r.NetworkId == n.Id && r.PersonId == person && r.Role == "facilitator"),
        }).AsNoTracking().SingleOrDefaultAsync(cancel);
        return found is null ? Refusal.NotFound : new GroupStanding(found.Group, found.Network, found.Membership, found.Facilitates);
    }
}
