using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Networks;

namespace TwinHub.Core.Register;

/// <summary>A group's quarter as its network sees it: whether it is in and who sent it, never what a draft holds.</summary>
/// <param name="State">As <see cref="QuarterlyUpdate.StateOn(DateOnly, int)"/>.</param>
/// <param name="SubmittedOn">The day in the network's zone.</param>
public sealed record RegisteredQuarter(Guid GroupId, Guid UpdateId, Quarter Quarter, string State, DateOnly DueOn, bool NoChange, DateTimeOffset? SubmittedAt, DateOnly? SubmittedOn, string? SubmittedBy)
{
    public bool IsSubmitted => State == "submitted";

    /// <summary>It came in after the due day.</summary>
    public bool CameLate => SubmittedOn > DueOn;

    /// <summary>The state with what else people ask: <c>submitted-late</c> after the due day, <c>no-change</c> when there was nothing to report.</summary>
    public string Word => !IsSubmitted ? State : NoChange ? "no-change" : CameLate ? "submitted-late" : State;

    /// <summary>Every quarter of a group that has opened, newest first.</summary>
    internal static async Task<List<RegisteredQuarter>> History(TwinHubDb db, Network network, Guid group, DateTimeOffset now, CancellationToken cancel) =>
        await Read(db, db.QuarterlyUpdates.Where(u => u.GroupId == group).OrderByDescending(u => u.StartsOn), network, now, cancel);

    /// <summary>The newest quarter of each group.</summary>
    internal static async Task<Dictionary<Guid, RegisteredQuarter>> Newest(TwinHubDb db, Network network, Guid[] groups, DateTimeOffset now, CancellationToken cancel) =>
        (await Read(db, db.QuarterlyUpdates.FromSql($"select distinct on (group_id) * from quarterly_updates where group_id = any({groups}) order by group_id, starts_on desc"), network, now, cancel))
            .ToDictionary(quarter => quarter.GroupId);

    /// <summary>All quarters of some groups, newest first.</summary>
    internal static async Task<ILookup<Guid, RegisteredQuarter>> All(TwinHubDb db, Network network, IReadOnlyCollection<Guid> groups, DateTimeOffset now, CancellationToken cancel) =>
        (await Read(db, db.QuarterlyUpdates.Where(u => groups.Contains(u.GroupId)).OrderByDescending(u => u.StartsOn), network, now, cancel)).ToLookup(quarter => quarter.GroupId);

    private static async Task<List<RegisteredQuarter>> Read(TwinHubDb db, IQueryable<QuarterlyUpdate> updates, Network network, DateTimeOffset now, CancellationToken cancel)
    {
        var today = network.Day(now);
        var rows = await updates.Select(u => new
        {
            u.GroupId, u.Id, u.Quarter, u.StartsOn, u.OpensOn, u.DueOn, u.NoChange, u.SubmittedAt, By = db.People.Where(p => p.Id == u.SubmittedBy).Select(p => p.Name).FirstOrDefault(),
        }).ToListAsync(cancel);
        return [.. rows.Select(u => new RegisteredQuarter(u.GroupId, u.Id, Register.Quarter.Stored(u.Quarter, u.StartsOn), QuarterlyUpdate.StateOn(u.SubmittedAt is not null, u.OpensOn, u.DueOn, today, network.MissedAfter),
            u.DueOn, u.NoChange, u.SubmittedAt, u.SubmittedAt is { } at ? network.Day(at) : null, u.By))];
    }
}
