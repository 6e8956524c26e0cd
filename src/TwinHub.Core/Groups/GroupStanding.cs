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

    /// <summary>The partner whose member the person is, a facilitator too; null: none.</summary>
    public Guid? OrganisationId => Membership?.OrganisationId;

    /// <summary>Leads a partner's side, or facilitates the network.</summary>
    public bool Leads => Facilitates || Has("lead");

    /// <summary>May write, whether or not the group is an archive by now.</summary>
    internal bool IsAuthor => Facilitates || IsWriter;

    private bool IsWriter => Membership?.Roles.Any(role => role != Observer) == true;

    /// <summary>The day it is for the group: in its network's zone.</summary>
    public DateOnly Day(DateTimeOffset now) => Network.Day(now);

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

    /// <summary>To look at the group of a slug; not found for who sees nothing of it.</summary>
    internal static Task<Outcome<GroupStanding>> Take(TwinHubDb db, Guid person, string slug, CancellationToken cancel) => Find(db, person, db.Groups.Where(g => g.Slug == slug), cancel);

    /// <summary>To change something there; not allowed for who only reads, closed in an archive.</summary>
    internal static Task<Outcome<GroupStanding>> TakeToWrite(TwinHubDb db, Guid person, string slug, CancellationToken cancel) => FindToWrite(db, person, db.Groups.Where(g => g.Slug == slug), cancel);

    /// <summary>As <see cref="TakeToWrite"/>, in the one of these groups that the person sees.</summary>
    internal static async Task<Outcome<GroupStanding>> FindToWrite(TwinHubDb db, Guid person, IQueryable<TwinningGroup> groups, CancellationToken cancel)
    {
        var standing = await Find(db, person, groups, cancel);
        return standing.Refusal is not null ? standing
            : !standing.Value.IsAuthor ? Refusal.NotAllowed
            : standing.Value.Group.IsClosed ? new Refusal(RefusalCode.Closed) : standing;
    }

    /// <summary>Writers of a group one after another, until the transaction in hand ends: a form sent twice finds its first row.</summary>
    internal Task Lock(TwinHubDb db, CancellationToken cancel) =>
        db.Database.ExecuteSqlAsync($"select 1 from twinning_groups where id = {Group.Id} for no key update", cancel);
}
