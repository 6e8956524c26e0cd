using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;

namespace TwinHub.Core.Facilitation;

/// <summary>A group as its facilitator looks after it: who owes what, and who had a nudge when.</summary>
/// <param name="Nudged">When each person was last nudged about each subject.</param>
public sealed record OwedDeskView(GroupView View, DateOnly Today, IReadOnlyList<OwedItem> Owed, IReadOnlyDictionary<(Guid Person, Guid Subject), DateTimeOffset> Nudged);

/// <summary>Reads who owes what in one group.</summary>
public sealed class OwedDesk(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    public async Task<Outcome<OwedDeskView>> Read(Guid actor, string slug, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var found = await FacilitatedGroups.Find(db, actor, [slug], cancel);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }
        var view = (await GroupService.Views(db, found.Value, cancel))[0];
        var today = view.Network.Day(clock.GetUtcNow());
        var owed = view.Group.IsClosed ? [] : await OwedItems.Read(db, view.Network, [view], today, cancel);
        var subjects = owed.Select(item => item.Subject.Id).ToList();
        var nudges = await db.Nudges.Where(n => subjects.Contains(n.SubjectId)).GroupBy(n => new { n.PersonId, n.SubjectId }).Select(of => new { of.Key.PersonId, of.Key.SubjectId, At = of.Max(n => n.SentAt) }).ToListAsync(cancel);
        return new OwedDeskView(view, today, owed, nudges.ToDictionary(n => (n.PersonId, n.SubjectId), n => n.At));
    }
}
