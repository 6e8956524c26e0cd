using Microsoft.EntityFrameworkCore;
using Npgsql;
using TwinHub.Core.Calendar;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Networks;
using TwinHub.Core.Reminders;

namespace TwinHub.Core.Facilitation;

/// <summary>Whom to ask in every active group, and since when it has been silent; with the days on which each country works.</summary>
internal sealed class SilenceReader(TwinHubDb db, NpgsqlDataSource source)
{
    private ChaseCalendar _calendar = null!;

    /// <param name="groups">Only these; null: all.</param>
    public async Task<IReadOnlyList<SilentGroup>> Read(IReadOnlyCollection<Guid>? groups, CancellationToken cancel)
    {
        var active = await db.Groups.Where(g => g.Status == "active" && (groups == null || groups.Contains(g.Id))).AsNoTracking().ToListAsync(cancel);
        Guid[] ids = [.. active.Select(g => g.Id)];
        var networkIds = active.Select(g => g.NetworkId).Distinct().ToList();
        var networks = await db.Networks.Where(n => networkIds.Contains(n.Id)).AsNoTracking().ToDictionaryAsync(n => n.Id, cancel);
        _calendar = await ChaseCalendar.Read(db, cancel);
        var partners = await db.GroupPartners.Where(p => ids.Contains(p.GroupId)).Join(db.Organisations, p => p.OrganisationId, o => o.Id, (p, o) => new { p.GroupId, Organisation = o }).AsNoTracking().ToListAsync(cancel);
        var (people, last) = (await Answerable.Read(db, ids, cancel), await SignsOfLife.Last(source, ids, cancel));
        return [.. from partner in partners
                   join one in active on partner.GroupId equals one.Id
                   from person in people.All(one.Id, partner.Organisation.Id, Answerable.ForSilence)
                   select new SilentGroup(one.Id, networks[one.NetworkId], partner.Organisation, person, last.TryGetValue(one.Id, out var at) ? at : Began(one, networks[one.NetworkId]))];
    }

    public WorkingDays Working(SilentGroup one) => _calendar.Working(one.Network.Id, one.Organisation.Country);

    private static DateTimeOffset Began(TwinningGroup group, Network network) =>
        group.StartsOn is { } day && network.Midnight(day) is var start && start > group.CreatedAt ? start : group.CreatedAt;
}
