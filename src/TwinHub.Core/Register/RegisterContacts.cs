using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;

namespace TwinHub.Core.Register;

/// <summary>
/// Whom the register names at each partner: its correspondent, else the person responsible, else the lead (domain, sections 2
/// and 5); of two the one who has been there longer. A closed account is nobody's contact.
/// </summary>
internal static class RegisterContacts
{
    private static readonly string[] Roles = ["correspondent", "responsible", "lead"];

    /// <summary>By group, one a partner; one query for any number of groups.</summary>
    public static async Task<Dictionary<Guid, IReadOnlyList<RegisterContact>>> Of(TwinHubDb db, IReadOnlyList<GroupView> views, CancellationToken cancel)
    {
        var groups = views.Select(view => view.Group.Id).ToList();
        var members = await db.Memberships.Where(m => groups.Contains(m.GroupId) && m.Roles.Any(role => Roles.Contains(role)))
            .Join(db.People.Where(p => p.DisabledAt == null), m => m.PersonId, p => p.Id, (m, p) => new { m.GroupId, m.OrganisationId, m.Roles, m.Since, p.Id, p.Name, p.Email }).ToListAsync(cancel);
        var named = members.OrderBy(m => Array.FindIndex(Roles, m.Roles.Contains)).ThenBy(m => m.Since).ThenBy(m => m.Id).ToLookup(m => (m.GroupId, m.OrganisationId));
        return views.ToDictionary(view => view.Group.Id, IReadOnlyList<RegisterContact> (view) => [.. view.Partners.Select(partner =>
            named[(view.Group.Id, partner.Organisation.Id)].FirstOrDefault() is { } one ? new RegisterContact(partner, one.Name, one.Email) : new RegisterContact(partner, null, null))]);
    }
}
