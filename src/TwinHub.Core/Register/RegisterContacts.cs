using TwinHub.Core.Data;
using TwinHub.Core.Groups;

namespace TwinHub.Core.Register;

/// <summary>Whom the register names at each partner: who answers for it (domain, sections 2 and 5).</summary>
internal static class RegisterContacts
{
    /// <summary>By group, one a partner; the same queries for any number of groups.</summary>
    public static async Task<Dictionary<Guid, IReadOnlyList<RegisterContact>>> Of(TwinHubDb db, IReadOnlyList<GroupView> views, CancellationToken cancel)
    {
        var who = await Correspondents.OfRegister(db, [.. views.Select(view => view.Group.Id)], cancel);
        return views.ToDictionary(view => view.Group.Id, IReadOnlyList<RegisterContact> (view) => [.. view.Partners.Select(partner =>
            who[view.Group.Id].First(one => one.Organisation.Id == partner.Organisation.Id).Person is { } person ? new RegisterContact(partner, person.Name, person.Email) : new RegisterContact(partner, null, null))]);
    }
}
