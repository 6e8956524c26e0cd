using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Live;
using TwinHub.Core.Networks;
using TwinHub.Core.People;
using TwinHub.Core.Reminders;
using TwinHub.Core.Text;

namespace TwinHub.Core.Register;

/// <summary>Keeps and submits the quarterly updates of groups.</summary>
public sealed class RegisterService(IDbContextFactory<TwinHubDb> dbs, ChasePlan chase, SubmissionPost post, HubClock clock)
{
    /// <summary>So long a submission can be taken back.</summary>
    public const int UndoDays = 7;

    /// <summary>Keeps what somebody wrote of a quarter, or submits it; a submitted one may be added to and stays submitted.</summary>
    /// <returns>Not found for who is not in the network or a quarter the group has not seen the end of; conflict for an old version.</returns>
    public Task<Outcome<QuarterlyUpdate>> Save(Guid person, string slug, string quarter, UpdateDraft draft, CancellationToken cancel) => Change(person, slug, quarter, draft.Check(), async (db, seat, update) =>
    {
        if (draft.Version is { } seen && seen != update.Version)
        {
            return new Refusal(RefusalCode.Conflict, "register.error.conflict");
        }
        await Apply(db, seat, update, person, draft, cancel);
        return true;
    }, cancel);

    /// <summary>Submits the draft as it stands; one that was submitted meanwhile stays as it is.</summary>
    public Task<Outcome<QuarterlyUpdate>> File(Guid person, string slug, string quarter, UpdateDraft draft, CancellationToken cancel) => Change(person, slug, quarter, null, async (db, seat, update) =>
    {
        if (update.SubmittedAt is not null)
        {
            return false;
        }
        await Apply(db, seat, update, person, draft, cancel);
        return true;
    }, cancel);

    /// <summary>Takes a submission back within <see cref="UndoDays"/>: what was read from records is read anew, and what is still to be said of it is said.</summary>
    public Task<Outcome<QuarterlyUpdate>> Undo(Guid person, string slug, string quarter, CancellationToken cancel) => Change(person, slug, quarter, null, async (db, _, update) =>
    {
        var now = clock.GetUtcNow();
        if (!MayUndo(update, now))
        {
            return update.SubmittedAt is null ? false : new Refusal(RefusalCode.Closed, "register.error.undo");
        }
        update.Undo(now);
        await db.UpdateItems.Where(i => i.UpdateId == update.Id && i.PersonId == null).ExecuteDeleteAsync(cancel);
        db.UpdateLog.Add(new(update.Id, now, person, "undone", "page"));
        db.Note(clock, person, "register.undone", $"{slug} {quarter}");
        return true;
    }, cancel);

    /// <summary>Whether a submission can still be taken back.</summary>
    public static bool MayUndo(QuarterlyUpdate update, DateTimeOffset now) => update.SubmittedAt is { } at && now - at <= TimeSpan.FromDays(UndoDays);

    /// <summary>A change of one update, under its row, told to whoever looks on.</summary>
    /// <param name="wrong">What of the request cannot be taken; who may not write is told that first.</param>
    /// <param name="change">Gives back whether anything is different: only then it is saved and told.</param>
    private async Task<Outcome<QuarterlyUpdate>> Change(
        Guid person, string slug, string quarter, Refusal? wrong, Func<TwinHubDb, RegisterSeat, QuarterlyUpdate, Task<Outcome<bool>>> change, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var seat = await RegisterAccess.Write(db, person, slug, cancel);
        var update = (seat.Refusal ?? wrong) is { } refused ? refused : await Lock(db, seat.Value, quarter, cancel);
        var changed = update.Refusal is { } locked ? locked : await change(db, seat.Value, update.Value);
        if (changed.Refusal is { } refusal)
        {
            return refusal;
        }
        if (changed.Value)
        {
            await db.SaveAndTell(new(Notice.GroupChanged, $"{slug} register {quarter}"), cancel);
            await transaction.CommitAsync(cancel);
        }
        return update;
    }

    /// <summary>The update's row, locked; made where the quarter is over, the group was there and nobody had opened it.</summary>
    private async Task<Outcome<QuarterlyUpdate>> Lock(TwinHubDb db, RegisterSeat seat, string label, CancellationToken cancel)
    {
        var (network, group) = (seat.Network, seat.Group);
        if (Quarter.Parse(label, network.YearStartsIn) is not { } quarter || quarter.EndsOn < (group.StartsOn ?? network.Day(group.CreatedAt)))
        {
            return Refusal.NotFound;
        }
        if (network.Day(clock.GetUtcNow()) < quarter.OpensOn)
        {
            return Refusal.Invalid("quarter", "register.error.future");
        }
        await Insert(db, new(group.Id, quarter, clock.GetUtcNow()), cancel);
        return await db.QuarterlyUpdates.FromSql($"select * from quarterly_updates where group_id = {group.Id} and quarter = {label} for update").SingleAsync(cancel);
    }

    /// <summary>Makes the row where there is none.</summary>
    /// <returns>Whether it was made.</returns>
    internal static async Task<bool> Insert(TwinHubDb db, QuarterlyUpdate update, CancellationToken cancel) => await db.Database.ExecuteSqlAsync($"""
        insert into quarterly_updates (id, group_id, quarter, starts_on, opens_on, due_on, opened_at, changed_at)
        values ({update.Id}, {update.GroupId}, {update.Quarter}, {update.StartsOn}, {update.OpensOn}, {update.DueOn}, {update.OpenedAt}, {update.ChangedAt})
        on conflict (group_id, quarter) do nothing
        """, cancel) > 0;

    private async Task Apply(TwinHubDb db, RegisterSeat seat, QuarterlyUpdate update, Guid person, UpdateDraft draft, CancellationToken cancel)
    {
        var (now, first, submits) = (clock.GetUtcNow(), update.SubmittedAt is null, draft.Submit || draft.NoChange);
        var lines = await DraftReader.Lines(db, update, seat.Network, cancel);
        if (!draft.NoChange)
        {
            update.Write(draft.Texts ?? new(update.Summary, update.BestPractices, update.LessonsLearned, update.Contacts), now);
            await new LineKeeper(db, update, person).Keep(lines, draft, Texts.Shared.For(draft.Language), NetworkTemplate.Of(seat.Network.Template), all: submits || !first, cancel);
        }
        if (submits && (first || update.NoChange != draft.NoChange))
        {
            update.Submit(person, draft.Via, draft.NoChange, now);
        }
        var what = submits && first ? "submitted" : "changed";
        db.UpdateLog.Add(new(update.Id, now, person, what, draft.Via));
        db.Note(clock, person, $"register.{what}", $"{seat.Group.Slug} {update.Quarter}{(draft.Via == "mail" ? " by mail link" : "")}");
        if (submits && first)
        {
            await chase.Close(db, RegisterChase.KindName, update.Id, null, cancel);
            await post.Send(db, seat, update, person, cancel);
        }
    }
}
