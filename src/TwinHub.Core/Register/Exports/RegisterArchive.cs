using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Groups.Plan;
using TwinHub.Core.Networks;

namespace TwinHub.Core.Register.Exports;

/// <summary>Whole entries with all their quarters, as they leave the hub; as many queries for one as for five hundred.</summary>
public sealed class RegisterArchive(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    /// <summary>The entries a filter means, by slug; not found for who does not belong to the network.</summary>
    public async Task<Outcome<ArchivedRegister>> Read(Guid person, string network, RegisterFilter filter, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var view = await NetworkService.Find(db, person, network, cancel);
        if (view.Refusal is { } refusal)
        {
            return refusal;
        }
        var groups = await RegisterSearch.Entries(db, view.Value.Network.Id, filter).AsNoTracking().ToListAsync(cancel);
        groups.Sort((one, other) => string.CompareOrdinal(one.Slug, other.Slug));
        return new ArchivedRegister(view.Value.Network, await Entries(db, view.Value.Network, groups, cancel));
    }

    private async Task<List<ArchivedEntry>> Entries(TwinHubDb db, Network network, List<TwinningGroup> groups, CancellationToken cancel)
    {
        var ids = groups.Select(g => g.Id).ToList();
        var views = await GroupService.Views(db, groups, cancel);
        var texts = (await db.RegisterTexts.Where(t => ids.Contains(t.GroupId)).AsNoTracking().ToListAsync(cancel)).ToLookup(t => t.GroupId);
        var activities = (await db.Activities.Where(a => ids.Contains(a.GroupId) && (a.State == Activity.Begun || a.State == Activity.Done))
            .OrderByDescending(a => a.StartsOn).ThenBy(a => a.Id).AsNoTracking().ToListAsync(cancel)).ToLookup(a => a.GroupId);
        var noted = (await NotedLesson.Of(db, network, ids, cancel)).ToLookup(one => one.GroupId);
        var contacts = await RegisterContacts.Of(db, views, cancel);
        var quarters = await Quarters(db, network, ids, cancel);
        return [.. views.Select(view => new ArchivedEntry(view, texts[view.Group.Id].ToDictionary(t => t.Field, t => t.Text),
            [.. activities[view.Group.Id]], [.. noted[view.Group.Id]], contacts[view.Group.Id], [.. quarters[view.Group.Id]]))];
    }

    private async Task<ILookup<Guid, ArchivedQuarter>> Quarters(TwinHubDb db, Network network, List<Guid> groups, CancellationToken cancel)
    {
        var quarters = await RegisteredQuarter.All(db, network, groups, clock.GetUtcNow(), cancel);
        var submitted = db.QuarterlyUpdates.Where(u => groups.Contains(u.GroupId) && u.SubmittedAt != null);
        var texts = await submitted.Select(u => new { u.Id, Texts = new UpdateTexts(u.Summary, u.BestPractices, u.LessonsLearned, u.Contacts) }).ToDictionaryAsync(u => u.Id, u => u.Texts, cancel);
        var items = (await db.UpdateItems.Where(i => i.Included && submitted.Any(u => u.Id == i.UpdateId)).OrderBy(i => i.Position).ThenBy(i => i.SourceId).AsNoTracking().ToListAsync(cancel)).ToLookup(i => i.UpdateId);
        return quarters.SelectMany(group => group).ToLookup(one => one.GroupId, one => new ArchivedQuarter(one, texts.GetValueOrDefault(one.UpdateId), [.. items[one.UpdateId]]));
    }
}

/// <summary>Entries of one network.</summary>
public sealed record ArchivedRegister(Network Network, IReadOnlyList<ArchivedEntry> Entries);

/// <summary>One entry, its lists as in <see cref="RegisterEntry"/>.</summary>
/// <param name="Texts">By field; unwritten ones are missing.</param>
public sealed record ArchivedEntry(GroupView View, IReadOnlyDictionary<string, string> Texts, IReadOnlyList<Activity> Activities, IReadOnlyList<NotedLesson> Noted,
    IReadOnlyList<RegisterContact> Contacts, IReadOnlyList<ArchivedQuarter> Quarters);

/// <summary>One quarter; what a draft holds is not told.</summary>
/// <param name="Texts">Null: it was not submitted.</param>
public sealed record ArchivedQuarter(RegisteredQuarter Facts, UpdateTexts? Texts, IReadOnlyList<UpdateItem> Items);
