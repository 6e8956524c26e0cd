using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Groups.Plan;
using TwinHub.Core.Networks;

namespace TwinHub.Core.Register;

/// <summary>Reads one entry of the register.</summary>
public sealed class RegisterEntryReader(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    /// <summary>An entry, or not found for who does not belong to its network.</summary>
    /// <param name="quarter">The label of a submitted quarter, such as 2026-Q3 (any other is not found); null: the newest.</param>
    public async Task<Outcome<RegisterEntry>> Find(Guid person, string slug, string? quarter, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var seat = await RegisterAccess.Find(db, person, slug, cancel);
        if (seat.Refusal is not null || !RegisterAccess.Statuses.Contains(seat.Value.Group.Status))
        {
            return Refusal.NotFound;
        }
        var view = (await GroupService.Views(db, [seat.Value.Group], cancel))[0];
        var quarters = await RegisteredQuarter.History(db, view.Network, view.Group.Id, clock.GetUtcNow(), cancel);
        var shown = quarters.FirstOrDefault(one => one.IsSubmitted && (quarter is null || one.Quarter.Label == quarter));
        if (quarter is not null && shown is null)
        {
            return Refusal.NotFound;
        }
        return new RegisterEntry(view, !view.Group.IsClosed && seat.Value.MayWrite)
        {
            Texts = await Texts(db, view, cancel),
            Activities = await Activities(db, view.Group.Id, cancel),
            Noted = await NotedLesson.Of(db, view.Network, [view.Group.Id], cancel),
            Contacts = (await RegisterContacts.Of(db, [view], cancel))[view.Group.Id],
            Quarters = quarters,
            Shown = shown is null ? null : await Submitted(db, shown, quarters, cancel),
        };
    }

    private static async Task<List<FieldText>> Texts(TwinHubDb db, GroupView view, CancellationToken cancel)
    {
        var written = await db.RegisterTexts.Where(t => t.GroupId == view.Group.Id).ToDictionaryAsync(t => t.Field, t => t.Text, cancel);
        return [.. RegisterEntry.Written(NetworkTemplate.Of(view.Network.Template)).Select(field => new FieldText(field, written.GetValueOrDefault(field.Key, "")))];
    }

    private static Task<List<Activity>> Activities(TwinHubDb db, Guid group, CancellationToken cancel) =>
        db.Activities.Where(a => a.GroupId == group && (a.State == Activity.Begun || a.State == Activity.Done))
            .OrderByDescending(a => a.DoneOn ?? a.BegunOn ?? a.StartsOn).ThenBy(a => a.Id).AsNoTracking().ToListAsync(cancel);

    private static async Task<SubmittedQuarter> Submitted(TwinHubDb db, RegisteredQuarter shown, List<RegisteredQuarter> quarters, CancellationToken cancel)
    {
        var texts = await db.QuarterlyUpdates.Where(u => u.Id == shown.UpdateId).Select(u => new UpdateTexts(u.Summary, u.BestPractices, u.LessonsLearned, u.Contacts)).SingleAsync(cancel);
        var items = await db.UpdateItems.Where(i => i.UpdateId == shown.UpdateId && i.Included).OrderBy(i => i.Position).ThenBy(i => i.SourceId).AsNoTracking().ToListAsync(cancel);
        return new(shown, quarters.Count(one => one.IsSubmitted && one.Quarter.StartsOn <= shown.Quarter.StartsOn), texts, items);
    }
}
