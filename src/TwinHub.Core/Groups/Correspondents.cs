using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Organisations;
using TwinHub.Core.People;

namespace TwinHub.Core.Groups;

/// <summary>Who answers for a partner of a group; null: nobody there may write or has an open account.</summary>
public sealed record Correspondent(Guid GroupId, Organisation Organisation, Person? Person);

/// <summary>
/// One person a partner (domain, section 5, who): whoever has the role; where nobody has it the person responsible, then the
/// lead, then the partner's longest member. Who only observes answers for nobody.
/// </summary>
public static class Correspondents
{
    public const string Register = "correspondent", Review = "reviewer";

    /// <summary>One a partner, by group and in the order of the partners; two queries for any number of groups.</summary>
    /// <param name="role">The role to look for first.</param>
    /// <param name="withFacilitators">False: who facilitates the network answers for nobody, even as a member.</param>
    public static async Task<ILookup<Guid, Correspondent>> Pick(TwinHubDb db, IReadOnlyCollection<Guid> groups, string role, CancellationToken cancel, bool withFacilitators = true)
    {
        var partners = await db.GroupPartners.Where(p => groups.Contains(p.GroupId))
            .Join(db.Organisations, p => p.OrganisationId, o => o.Id, (p, o) => new { p.GroupId, p.Position, Organisation = o }).AsNoTracking().ToListAsync(cancel);
        var members = (await db.Memberships.Where(m => groups.Contains(m.GroupId)
                && (withFacilitators || !db.NetworkRoles.Any(r => r.PersonId == m.PersonId && r.Role == "facilitator" && db.Groups.Any(g => g.Id == m.GroupId && g.NetworkId == r.NetworkId))))
            .Join(db.People.Where(p => p.DisabledAt == null), m => m.PersonId, p => p.Id, (m, p) => new Member(m, p)).AsNoTracking().ToListAsync(cancel))
            .Where(m => m.MayWrite).ToLookup(m => (m.Membership.GroupId, m.Membership.OrganisationId));
        return partners.OrderBy(p => p.Position).ToLookup(p => p.GroupId, p => new Correspondent(p.GroupId, p.Organisation,
            members[(p.GroupId, p.Organisation.Id)].OrderBy(m => m.Rank(role)).ThenBy(m => m.Membership.Since).ThenBy(m => m.Person.Id).FirstOrDefault()?.Person));
    }

    private sealed record Member(Membership Membership, Person Person)
    {
        public bool MayWrite => Membership.Roles.Any(role => role != "observer");

        public int Rank(string role) => Membership.Roles.Contains(role) ? 0 : Membership.Roles.Contains("responsible") ? 1 : Membership.Roles.Contains("lead") ? 2 : 3;
    }
}
