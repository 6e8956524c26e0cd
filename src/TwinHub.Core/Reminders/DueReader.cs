using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;

namespace TwinHub.Core.Reminders;

/// <summary>Something a group owes, and whose turn it is.</summary>
/// <param name="Kind"><c>register</c> or <c>review</c>.</param>
public sealed record DueItem(string Kind, Owed Owed, GroupView Group);

/// <summary>What is due now: from a person, for the desk, and in a group, for its header.</summary>
public sealed class DueReader(IDbContextFactory<TwinHubDb> dbs, IEnumerable<IChase> chases)
{
    /// <summary>What is due from a person, the earliest first.</summary>
    public async Task<IReadOnlyList<DueItem>> From(Guid person, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var groups = await db.Memberships.Where(m => m.PersonId == person).Select(m => m.GroupId).ToListAsync(cancel);
        var owed = (await Owed(db, groups, cancel)).Where(one => one.Owed.Person?.Id == person).OrderBy(one => one.Owed.DueOn).ToList();
        var ids = owed.Select(one => one.Owed.GroupId).Distinct().ToList();
        var views = ids.Count == 0 ? [] : (await GroupService.Views(db, await db.Groups.Where(g => ids.Contains(g.Id)).AsNoTracking().ToListAsync(cancel), cancel)).ToDictionary(view => view.Group.Id);
        return [.. owed.Select(one => new DueItem(one.Kind, one.Owed, views[one.Owed.GroupId]))];
    }

    /// <summary>The next thing due in a group, as it stands to a person: their own turn comes before others'; null: nothing is.</summary>
    public async Task<(string Kind, Owed Owed)?> Next(Guid person, Guid group, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var owed = await Owed(db, [group], cancel);
        return owed.Count == 0 ? null : owed.OrderBy(one => one.Owed.DueOn).ThenBy(one => one.Owed.Person?.Id != person).First();
    }

    private async Task<List<(string Kind, Owed Owed)>> Owed(TwinHubDb db, List<Guid> groups, CancellationToken cancel)
    {
        var subjects = groups.Count == 0 ? [] : await db.QuarterlyUpdates.Where(u => groups.Contains(u.GroupId) && u.SubmittedAt == null).Select(u => u.Id)
            .Concat(db.MilestoneReviews.Where(r => groups.Contains(r.GroupId) && r.CancelledAt == null && r.CompleteAt == null).Select(r => r.Id)).ToListAsync(cancel);
        var all = new List<(string, Owed)>();
        foreach (var chase in subjects.Count == 0 ? [] : chases)
        {
            all.AddRange((await chase.Outstanding(db, subjects, cancel)).Select(one => (chase.Kind, one)));
        }
        return all;
    }
}
