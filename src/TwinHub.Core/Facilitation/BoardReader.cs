using Microsoft.EntityFrameworkCore;
using Npgsql;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Networks;
using TwinHub.Core.Register;

namespace TwinHub.Core.Facilitation;

/// <summary>Reads the board of a network, with the same number of queries for any number of groups.</summary>
public sealed class BoardReader(IDbContextFactory<TwinHubDb> dbs, NpgsqlDataSource source, HubClock clock)
{
    private const int QuartersShown = 4;

    /// <summary>From so many groups on signs of life are not read at every look.</summary>
    private const int Large = 100;

    private volatile Known? _known;

    /// <param name="slug">The network; null: the first of those the person facilitates.</param>
    /// <param name="archive">Completed and ended groups too.</param>
    public Task<Outcome<Board>> Read(Guid actor, string? slug, bool archive, CancellationToken cancel) => Read(actor, slug, archive, null, cancel);

    /// <summary>The board with the row of one group alone, also of one in the archive; without a row where the network has no such group.</summary>
    public Task<Outcome<Board>> ReadOne(Guid actor, string slug, string group, CancellationToken cancel) => Read(actor, slug, archive: true, group, cancel);

    private async Task<Outcome<Board>> Read(Guid actor, string? slug, bool archive, string? only, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var found = await FacilitatedGroups.Network(db, actor, slug, cancel);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }
        var (network, mine) = found.Value;
        var groups = await db.Groups.Where(g => g.NetworkId == network.Id && (archive || (g.Status != "completed" && g.Status != "endedEarly")) && (only == null || g.Slug == only)).OrderBy(g => g.Slug).AsNoTracking().ToListAsync(cancel);
        var (now, ids) = (clock.GetUtcNow(), groups.Select(g => g.Id).ToArray());
        // The large readings go on beside the others: a facilitator of hundreds waits for the longest, not for the sum.
        var (signs, open) = (Signs(network, ids, now, cancel), OpenItemCounts.Read(source, ids, network.Day(now), network.MissedAfter, cancel));
        var views = await GroupService.Views(db, groups, cancel);
        var facts = await BoardFacts.Read(db, network, [.. ids], now, cancel);
        var webinar = await NextWebinar.Find(db, network.Id, now, cancel);
        return Of(new(network, mine, now), views, facts, webinar, await signs, await open);
    }

    /// <summary>How groups lived in twelve weeks and when they were last heard of; for a network of hundreds it is read once a minute.</summary>
    private async Task<LifeSigns> Signs(Network network, Guid[] ids, DateTimeOffset now, CancellationToken cancel)
    {
        var key = (network.Id, ids.Length, now.Ticks / TimeSpan.TicksPerMinute);
        if (ids.Length >= Large && _known is { } known && known.Key == key)
        {
            return known.Signs;
        }
        var (last, weeks) = (SignsOfLife.Last(source, ids, cancel), SignsOfLife.PerWeek(source, ids, now, cancel));
        var signs = new LifeSigns(await last, await weeks);
        _known = new(key, signs);
        return signs;
    }

    private static Board Of(
        BoardFrame frame, List<GroupView> views, BoardFacts facts, NextWebinar? webinar, LifeSigns signs, Dictionary<Guid, OpenItems> open)
    {
        var (network, mine, now) = frame;
        var (quarters, silence) = (Quarters(network, now), new int[SignsOfLife.Weeks]);
        return new(network, mine, now, network.Day(now), quarters, webinar?.Shown, [.. views.Select(view => new BoardRow(
            view, signs.Last.TryGetValue(view.Group.Id, out var at) ? at : null, signs.Weeks.GetValueOrDefault(view.Group.Id, silence), open.GetValueOrDefault(view.Group.Id, OpenItems.None),
            facts.States(view.Group.Id, quarters), facts.Review(view.Group.Id), facts.Tallies(view), webinar?.Of(view.Group.Id), facts.Wish(view.Group.Id)))]);
    }

    private sealed record LifeSigns(Dictionary<Guid, DateTimeOffset> Last, Dictionary<Guid, int[]> Weeks);

    private sealed record Known((Guid Network, int Groups, long Minute) Key, LifeSigns Signs);

    private sealed record BoardFrame(Network Network, IReadOnlyList<Network> Mine, DateTimeOffset Now);

    private static List<Quarter> Quarters(Network network, DateTimeOffset now)
    {
        var quarters = new List<Quarter> { Quarter.EndedBefore(network.Day(now), network.YearStartsIn) };
        while (quarters.Count < QuartersShown)
        {
            quarters.Insert(0, quarters[0].Previous);
        }
        return quarters;
    }
}
