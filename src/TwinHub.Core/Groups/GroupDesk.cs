using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Live;

namespace TwinHub.Core.Groups;

/// <summary>
/// Takes in what members and facilitators change in a group: judged by who asks, one after the other under the group's row, told
/// to whoever looks on.
/// </summary>
public sealed class GroupDesk(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    /// <summary>A change in the one of these groups that the actor sees. Not found, then not allowed, then closed; else what the change says.</summary>
    /// <param name="what">As the notice names it: <c>plan</c>, <c>reviews</c>.</param>
    /// <param name="change">Gives back the id of what it changed; it is saved here.</param>
    internal async Task<Outcome<Guid>> Change(
        Guid actor, Func<TwinHubDb, IQueryable<TwinningGroup>> groups, string what, Func<GroupWork, Task<Outcome<Guid>>> change, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var begun = await Begin(db, actor, groups(db), cancel);
        var changed = begun.Refusal is { } refusal ? refusal : await change(begun.Value);
        if (changed.Refusal is null)
        {
            await db.SaveAndTell(new(Notice.GroupChanged, $"{begun.Value.Group.Slug} {what} {changed.Value}"), cancel);
            await transaction.CommitAsync(cancel);
        }
        return changed;
    }

    private async Task<Outcome<GroupWork>> Begin(TwinHubDb db, Guid actor, IQueryable<TwinningGroup> groups, CancellationToken cancel)
    {
        var found = await GroupStanding.Find(db, actor, groups, cancel);
        if (found.Refusal is not null || !found.Value.IsAuthor)
        {
            return found.Refusal ?? Refusal.NotAllowed;
        }
        // Rows that name the group may still be added meanwhile: only who changes its plan waits.
        var group = await db.Groups.FromSql($"select * from twinning_groups where id = {found.Value.Group.Id} for no key update").SingleAsync(cancel);
        return group.IsClosed ? new Refusal(RefusalCode.Closed) : new GroupWork(db, actor, found.Value with { Group = group }, clock.GetUtcNow(), cancel);
    }
}

/// <summary>A change of a group in hand.</summary>
internal sealed record GroupWork(TwinHubDb Db, Guid Actor, GroupStanding Standing, DateTimeOffset Now, CancellationToken Cancel)
{
    public TwinningGroup Group => Standing.Group;

    /// <summary>The day it is in the network's own zone.</summary>
    public DateOnly Today => Standing.Network.Day(Now);
}
