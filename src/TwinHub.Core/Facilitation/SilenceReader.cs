using Microsoft.EntityFrameworkCore;
using Npgsql;
using TwinHub.Core.Calendar;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Networks;

namespace TwinHub.Core.Facilitation;

/// <summary>Whom to ask in every active group, and since when it has been silent; with the days on which each country works.</summary>
internal sealed class SilenceReader(TwinHubDb db, NpgsqlDataSource source)
{
    private ILookup<(Guid Network, string Country), (DateOnly Day, bool Closed)> _holidays = null!;

    /// <param name="groups">Only these; null: all.</param>
    public async Task<IReadOnlyList<SilentGroup>> Read(IReadOnlyCollection<Guid>? groups, CancellationToken cancel)
    {
        var active = await db.Groups.Where(g => g.Status == "active" && (groups == null || groups.Contains(g.Id))).AsNoTracking().ToListAsync(cancel);
        Guid[] ids = [.. active.Select(g => g.Id)];
        var networkIds = active.Select(g => g.NetworkId).Distinct().ToList();
        var networks = await db.Networks.Where(n => networkIds.Contains(n.Id)).AsNoTracking().ToDictionaryAsync(n => n.Id, cancel);
        _holidays = (await db.NetworkHolidays.Where(h => networkIds.Contains(h.NetworkId)).AsNoTracking().ToListAsync(cancel)).ToLookup(h => (h.NetworkId, h.Country), h => (h.Day, h.Closed));
        var partners = await db.GroupPartners.Where(p => ids.Contains(p.GroupId)).Join(db.Organisations, p => p.OrganisationId, o => o.Id, (p, o) => new { p.GroupId, Organisation = o }).AsNoTracking().ToListAsync(cancel);
        var (people, last) = (await Answerable.Read(db, ids, cancel), await SignsOfLife.Last(source, ids, cancel));
        return [.. from partner in partners
                   join one in active on partner.GroupId equals one.Id
                   from person in people.All(one.Id, partner.Organisation.Id, Answerable.ForSilence)
                   select new SilentGroup(one.Id, networks[one.NetworkId], partner.Organisation, person, last.TryGetValue(one.Id, out var at) ? at : Began(one, networks[one.NetworkId]))];
    }

    public WorkingDays Working(Network network, string? country) =>
        new(country, country is null ? null : _holidays[(network.Id, country)].ToDictionary(one => one.Day, one => one.Closed));

    private static DateTimeOffset Began(TwinningGroup group, Network network) =>
        group.StartsOn is { } day && network.Midnight(day) is var start && start > group.CreatedAt ? start : group.CreatedAt;
}
