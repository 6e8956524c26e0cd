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
        var (now, views) = (clock.GetUtcNow(), await GroupService.Views(db, groups, cancel));
        var facts = await BoardFacts.Read(db, network, [.. groups.Select(g => g.Id)], now, cancel);
        var webinar = await NextWebinar.Find(db, network.Id, now, cancel);
        return await Of(network, mine, now, views, facts, webinar, cancel);
    }

    private async Task<Board> Of(Network network, IReadOnlyList<Network> mine, DateTimeOffset now, List<GroupView> views, BoardFacts facts, NextWebinar? webinar, CancellationToken cancel)
    {
        Guid[] ids = [.. views.Select(view => view.Group.Id)];
        var (last, weeks) = (await SignsOfLife.Last(source, ids, cancel), await SignsOfLife.PerWeek(source, ids, now, cancel));
        var open = await OpenItemCounts.Read(source, ids, network.Day(now), network.MissedAfter, cancel);
        var quarters = Quarters(network, now);
        var silence = new int[SignsOfLife.Weeks];
        return new(network, mine, now, network.Day(now), quarters, webinar?.Shown, [.. views.Select(view => new BoardRow(
            view, last.TryGetValue(view.Group.Id, out var at) ? at : null, weeks.GetValueOrDefault(view.Group.Id, silence), open.GetValueOrDefault(view.Group.Id, OpenItems.None),
            facts.States(view.Group.Id, quarters), facts.Review(view.Group.Id), facts.Tallies(view), webinar?.Of(view.Group.Id), facts.Wish(view.Group.Id)))]);
    }

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
