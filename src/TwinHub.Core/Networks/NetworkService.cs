using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Organisations;

namespace TwinHub.Core.Networks;

/// <summary>A network as a person sees it.</summary>
public sealed record NetworkView(Network Network, bool Facilitates, bool Maintains);

/// <summary>A person of a network with the organisation answered for.</summary>
public sealed record NetworkPerson(Guid Id, string Name, string Email, string Language, string TimeZone, Guid OrganisationId, LocalizedText Organisation, bool Disabled);

/// <summary>Reading networks: whoever belongs to one sees its members and groups, nobody else anything.</summary>
public sealed class NetworkService(IDbContextFactory<TwinHubDb> dbs)
{
    public async Task<List<NetworkView>> ForPerson(Guid person, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var networks = await Visible(db, person).OrderBy(n => n.Slug).AsNoTracking().ToListAsync(cancel);
        var roles = await db.NetworkRoles.Where(r => r.PersonId == person).AsNoTracking().ToListAsync(cancel);
        return [.. networks.Select(n => View(n, roles))];
    }

    /// <summary>One network, or not found for who does not belong to it.</summary>
    public async Task<Outcome<NetworkView>> Find(Guid person, string slug, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await Find(db, person, slug, cancel);
    }

    /// <summary>The organisations of a network by id; those after a cursor.</summary>
    public async Task<List<Organisation>> Organisations(Guid network, Guid? after, int limit, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await db.Organisations.Where(o => o.NetworkId == network && (after == null || o.Id > after))
            .OrderBy(o => o.Id).Take(limit).AsNoTracking().ToListAsync(cancel);
    }

    /// <summary>The people of a network by id; those after a cursor. One row a person: the organisation joined first.</summary>
    public async Task<List<NetworkPerson>> People(Guid network, Guid? after, int limit, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rows = await db.People.Where(p => after == null || p.Id > after)
            .Select(p => new
            {
                Person = p,
                Organisation = db.OrganisationPeople.Where(op => op.PersonId == p.Id)
                    .Join(db.Organisations.Where(o => o.NetworkId == network), op => op.OrganisationId, o => o.Id, (op, o) => new { op.Since, o.Id, o.Names })
                    .OrderBy(o => o.Since).ThenBy(o => o.Id).FirstOrDefault(),
            })
            .Where(row => row.Organisation != null).OrderBy(row => row.Person.Id).Take(limit).AsNoTracking().ToListAsync(cancel);
        return [.. rows.Select(row => new NetworkPerson(row.Person.Id, row.Person.Name, row.Person.Email, row.Person.Language, row.Person.TimeZone,
            row.Organisation!.Id, row.Organisation.Names, row.Person.DisabledAt is not null))];
    }

    /// <summary>All groups of a network, by slug: their partners and themes are no secret inside the network.</summary>
    public async Task<List<GroupView>> Groups(Guid network, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var groups = await db.Groups.Where(g => g.NetworkId == network).OrderBy(g => g.Slug).AsNoTracking().ToListAsync(cancel);
        return await GroupService.Views(db, groups, cancel);
    }

    internal static async Task<Outcome<NetworkView>> Find(TwinHubDb db, Guid person, string slug, CancellationToken cancel)
    {
        var network = await Visible(db, person).AsNoTracking().SingleOrDefaultAsync(n => n.Slug == slug, cancel);
        if (network is null)
        {
            return Refusal.NotFound;
        }
        return View(network, await db.NetworkRoles.Where(r => r.PersonId == person).AsNoTracking().ToListAsync(cancel));
    }

    private static NetworkView View(Network network, List<NetworkRole> roles) =>
        new(network, roles.Any(r => r.NetworkId == network.Id && r.Role == "facilitator"), roles.Any(r => r.NetworkId == network.Id && r.Role == "maintainer"));

    internal static IQueryable<Network> Visible(TwinHubDb db, Guid person) => db.Networks.Where(n =>
        db.NetworkRoles.Any(r => r.NetworkId == n.Id && r.PersonId == person)
        || db.OrganisationPeople.Any(p => p.PersonId == person && db.Organisations.Any(o => o.Id == p.OrganisationId && o.NetworkId == n.Id))
        || db.Memberships.Any(m => m.PersonId == person && db.Groups.Any(g => g.Id == m.GroupId && g.NetworkId == n.Id)));
}
