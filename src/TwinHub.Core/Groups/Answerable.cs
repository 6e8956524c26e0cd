using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.People;

namespace TwinHub.Core.Groups;

/// <summary>Who answers for each partner of some groups: people with an open account who may write, the longest member first.</summary>
internal sealed class Answerable
{
    /// <summary>Whom to ask about the register (domain, section 5): the correspondent, else who is responsible, else the lead, else the longest member.</summary>
    public static readonly IReadOnlyList<string> ForRegister = ["correspondent", "responsible", "lead"];

    /// <summary>Whom to ask about a review: who reports and evaluates, else as above.</summary>
    public static readonly IReadOnlyList<string> ForReview = ["reviewer", "responsible", "lead"];

    /// <summary>Whom to ask how it goes: the lead, else who is responsible, else the longest member.</summary>
    public static readonly IReadOnlyList<string> ForSilence = ["lead", "responsible"];

    private readonly ILookup<(Guid Group, Guid Organisation), (Membership Membership, Person Person)> _members;

    private Answerable(IEnumerable<(Membership Membership, Person Person)> members) =>
        _members = members.ToLookup(one => (one.Membership.GroupId, one.Membership.OrganisationId));

    /// <param name="withFacilitators">False: who facilitates the network answers for nobody, even as a member.</param>
    public static async Task<Answerable> Read(TwinHubDb db, IReadOnlyCollection<Guid> groups, CancellationToken cancel, bool withFacilitators = true)
    {
        var answering = db.Memberships.Where(m => groups.Contains(m.GroupId)
            && (withFacilitators || !db.NetworkRoles.Any(r => r.PersonId == m.PersonId && r.Role == "facilitator" && db.Groups.Any(g => g.Id == m.GroupId && g.NetworkId == r.NetworkId))));
        var rows = await answering.Join(db.People.Where(p => p.DisabledAt == null), m => m.PersonId, p => p.Id, (m, p) => new { m, p })
            .OrderBy(row => row.m.Since).ThenBy(row => row.p.Id).AsNoTracking().ToListAsync(cancel);
        return new(rows.Where(row => row.m.Roles.Any(role => role != "observer")).Select(row => (row.m, row.p)));
    }

    /// <summary>The first of a partner with the first of these roles that somebody has; null: the partner has nobody.</summary>
    public Person? One(Guid group, Guid organisation, IReadOnlyList<string> roles) => All(group, organisation, roles).FirstOrDefault();

    /// <summary>Everybody of a partner with the first of these roles that somebody has, else the longest member alone.</summary>
    public IEnumerable<Person> All(Guid group, Guid organisation, IReadOnlyList<string> roles)
    {
        var members = _members[(group, organisation)].ToList();
        var role = roles.FirstOrDefault(role => members.Any(one => one.Membership.Roles.Contains(role)));
        return role is null ? members.Take(1).Select(one => one.Person) : members.Where(one => one.Membership.Roles.Contains(role)).Select(one => one.Person);
    }

    public IEnumerable<(Membership Membership, Person Person)> Everybody => _members.SelectMany(of => of);
}
