using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Networks;

namespace TwinHub.Core.Register;

/// <summary>A network's register as its people read and search it. The number of queries is the same for three groups and for five hundred.</summary>
public sealed class RegisterReader(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    /// <summary>The entries a filter means, by slug; not found for who does not belong to the network.</summary>
    /// <param name="after">The slug after which the page begins; null: at the first.</param>
    /// <param name="limit">Rows a page, 1 or more.</param>
    public async Task<Outcome<RegisterPage>> List(Guid person, string network, RegisterFilter filter, string? after, int limit, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var view = await NetworkService.Find(db, person, network, cancel);
        if (view.Refusal is { } refusal)
        {
            return refusal;
        }
        var slugs = await RegisterSearch.Entries(db, view.Value.Network.Id, filter).Select(g => g.Slug).ToListAsync(cancel);
        slugs.Sort(StringComparer.Ordinal);
        var page = slugs.Where(slug => after is null || string.CompareOrdinal(slug, after) > 0).Take(limit).ToList();
        var isEmpty = slugs.Count == 0 && !await RegisterAccess.Entries(db, view.Value.Network.Id).AnyAsync(cancel);
        return new RegisterPage(await Rows(db, view.Value.Network, page, cancel), slugs.Count,
            page.Count > 0 && page[^1] != slugs[^1] ? page[^1] : null, isEmpty);
    }

    /// <summary>What the filters can be set to.</summary>
    public async Task<RegisterChoices> Choices(Guid network, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var entries = RegisterAccess.Entries(db, network);
        var countries = await db.Organisations.Where(o => o.NetworkId == network && o.Country != null && db.GroupPartners.Any(p => p.OrganisationId == o.Id && entries.Any(g => g.Id == p.GroupId)))
            .Select(o => o.Country!).Distinct().OrderBy(country => country).ToListAsync(cancel);
        var first = await entries.MinAsync(g => g.StartsOn, cancel);
        return new(countries, first?.Year ?? clock.GetUtcNow().Year);
    }

    private async Task<List<RegisterRow>> Rows(TwinHubDb db, Network network, List<string> slugs, CancellationToken cancel)
    {
        var groups = await db.Groups.Where(g => slugs.Contains(g.Slug)).AsNoTracking().ToListAsync(cancel);
        groups.Sort((one, other) => string.CompareOrdinal(one.Slug, other.Slug));
        var views = await GroupService.Views(db, groups, cancel);
        var newest = await RegisteredQuarter.Newest(db, network, [.. groups.Select(g => g.Id)], clock.GetUtcNow(), cancel);
        return [.. views.Select(one => new RegisterRow(one, newest.GetValueOrDefault(one.Group.Id)))];
    }
}
