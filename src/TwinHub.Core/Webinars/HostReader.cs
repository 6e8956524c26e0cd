using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Networks;
using TwinHub.Core.Organisations;

namespace TwinHub.Core.Webinars;

/// <summary>A network in which a person may host, and whom they may ask there.</summary>
/// <param name="Everyone">How many belong to the groups that live, each counted once, the person not counted.</param>
public sealed record HostView(Network Network, bool Facilitates, IReadOnlyList<HostGroup> Groups, IReadOnlyList<HostOrganisation> Organisations, int Everyone);

/// <summary>A group that may be asked, with the number of its living members.</summary>
public sealed record HostGroup(GroupView View, int People);

/// <summary>An organisation that may be asked, with the number of its living people.</summary>
public sealed record HostOrganisation(Organisation Organisation, int People);

/// <summary>Where a person may host webinars: facilitators in their network, leads with their groups.</summary>
public sealed class HostReader(IDbContextFactory<TwinHubDb> dbs)
{
    /// <summary>The networks in which a person may host, by slug.</summary>
    public async Task<IReadOnlyList<Network>> Networks(Guid person, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await db.Networks.Where(n => db.NetworkRoles.Any(r => r.NetworkId == n.Id && r.PersonId == person && r.Role == "facilitator")
            || db.Memberships.Any(m => m.PersonId == person && m.Roles.Contains("lead") && db.Groups.Any(g => g.Id == m.GroupId && g.NetworkId == n.Id)))
            .OrderBy(n => n.Slug).AsNoTracking().ToListAsync(cancel);
    }

    /// <summary>What a person may do in a network; not found where it is hidden, not allowed for who may not host there.</summary>
    public async Task<Outcome<HostView>> Find(Guid person, string network, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var found = await NetworkService.Find(db, person, network, cancel);
        if (found.Refusal is { } hidden)
        {
            return hidden;
        }
        var host = await WebinarAccess.Host(db, person, found.Value.Network.Id, cancel);
        return host.Refusal is { } refusal ? refusal : await View(db, person, found.Value.Network, host.Value, cancel);
    }

    private static async Task<HostView> View(TwinHubDb db, Guid person, Network network, Host host, CancellationToken cancel)
    {
        var groups = await host.AllGroups(db).Where(g => g.Status != "completed" && g.Status != "endedEarly").OrderBy(g => g.Slug).AsNoTracking().ToListAsync(cancel);
        var ids = groups.Select(g => g.Id).ToList();
        var members = await db.Memberships.Where(m => ids.Contains(m.GroupId) && m.PersonId != person && db.People.Any(p => p.Id == m.PersonId && p.DisabledAt == null))
            .Select(m => new { m.GroupId, m.PersonId }).ToListAsync(cancel);
        var inGroup = members.ToLookup(m => m.GroupId);
        var organisations = await Organisations(db, person, host, cancel);
        return new(network, host.Groups is null, [.. (await GroupService.Views(db, groups, cancel)).Select(view => new HostGroup(view, inGroup[view.Group.Id].Count()))],
            organisations, members.Select(m => m.PersonId).Distinct().Count());
    }

    private static async Task<List<HostOrganisation>> Organisations(TwinHubDb db, Guid person, Host host, CancellationToken cancel)
    {
        var reach = db.Organisations.Where(o => o.NetworkId == host.NetworkId);
        if (host.Groups is { } led)
        {
            reach = reach.Where(o => db.GroupPartners.Any(p => p.OrganisationId == o.Id && led.Contains(p.GroupId)));
        }
        var rows = await reach.OrderBy(o => o.Id).Select(o => new
        {
            Organisation = o,
            People = db.OrganisationPeople.Count(op => op.OrganisationId == o.Id && op.PersonId != person && db.People.Any(p => p.Id == op.PersonId && p.DisabledAt == null)),
        }).AsNoTracking().ToListAsync(cancel);
        return [.. rows.Where(row => row.People > 0).Select(row => new HostOrganisation(row.Organisation, row.People))];
    }
}
