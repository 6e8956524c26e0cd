using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Live;

namespace TwinHub.Core.Lessons;

/// <summary>
/// Who at home must hear of a lesson, by when, and that it happened (seed 001, dissemination). Members look after what their
/// own partner owes its people, facilitators after everybody's.
/// </summary>
public sealed class DisseminationService(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    private const int MaxAudience = 300, MaxNote = 1_000, MaxYears = 5;

    /// <summary>Names who must hear of it. The same id again is the same row.</summary>
    public async Task<Outcome<Guid>> Name(Guid person, string slug, Guid lesson, DisseminationInput input, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var seat = await Seat(db, person, slug, lesson, cancel);
        if (seat.Refusal is { } refusal)
        {
            return refusal;
        }
        var checkedInput = await Check(db, seat.Value, input, cancel);
        if (checkedInput.Refusal is { } wrong)
        {
            return wrong;
        }
        var (home, audience) = checkedInput.Value;
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        await seat.Value.Lock(db, cancel);
        if (await db.Disseminations.AnyAsync(d => d.Id == input.Id, cancel))
        {
            return input.Id;
        }
        db.Disseminations.Add(new(lesson, home, audience, input.DueOn!.Value, person, clock.GetUtcNow(), input.Id));
        await db.SaveAndTell(Hint(slug, lesson), cancel);
        await transaction.CommitAsync(cancel);
        return input.Id;
    }

    /// <summary>It happened: on a day that is not to come, perhaps with a note; without a day: today.</summary>
    public Task<Outcome<Guid>> Tell(Guid person, string slug, Guid id, DateOnly? day, string? note, CancellationToken cancel) => Change(person, slug, id, (seat, row, _) =>
    {
        var today = seat.Day(clock.GetUtcNow());
        if (day > today || day < today.AddYears(-MaxYears))
        {
            return Refusal.Invalid("doneOn", "lessons.done-day");
        }
        var words = Webinars.Reports.LongText.Clean(note, MaxNote, "note");
        if (words.Refusal is { } wrong)
        {
            return wrong;
        }
        row.Done(day ?? row.DoneOn ?? today, person, words.Value);
        return null;
    }, cancel);

    /// <summary>It has not happened after all.</summary>
    public Task<Outcome<Guid>> TakeBack(Guid person, string slug, Guid id, CancellationToken cancel) => Change(person, slug, id, (_, row, _) =>
    {
        row.Done(null, null, "");
        return null;
    }, cancel);

    /// <summary>Nobody need hear of it after all; what has happened stays on record.</summary>
    public Task<Outcome<Guid>> Drop(Guid person, string slug, Guid id, CancellationToken cancel) => Change(person, slug, id, (_, row, db) =>
    {
        if (row.DoneOn is not null)
        {
            return new Refusal(RefusalCode.Conflict, "lessons.done-stays");
        }
        db.Disseminations.Remove(row);
        return null;
    }, cancel);

    private static Notice Hint(string slug, Guid lesson) => new(Notice.GroupChanged, $"{slug} lessons {lesson}");

    private static async Task<Outcome<GroupStanding>> Seat(TwinHubDb db, Guid person, string slug, Guid lesson, CancellationToken cancel)
    {
        var seat = await GroupStanding.TakeToWrite(db, person, slug, cancel);
        return seat.Refusal is not null || await db.Lessons.AnyAsync(l => l.Id == lesson && l.GroupId == seat.Value.Group.Id && l.RemovedAt == null, cancel) ? seat : Refusal.NotFound;
    }

    private async Task<Outcome<(Guid Home, string Audience)>> Check(TwinHubDb db, GroupStanding seat, DisseminationInput input, CancellationToken cancel)
    {
        if (input.Organisation is not { } home || !await db.GroupPartners.AnyAsync(p => p.GroupId == seat.Group.Id && p.OrganisationId == home, cancel))
        {
            return Refusal.Invalid("organisation", "lessons.choose-home");
        }
        if (!seat.Facilitates && home != seat.OrganisationId)
        {
            return Refusal.NotAllowed;
        }
        if (Names.Clean(input.Audience, MaxAudience) is not { } audience)
        {
            return Refusal.Invalid("audience", "lessons.name-somebody");
        }
        var today = seat.Day(clock.GetUtcNow());
        return input.DueOn is { } day && day >= today && day <= today.AddYears(MaxYears) ? (home, audience) : Refusal.Invalid("dueOn", "lessons.due-day");
    }

    /// <returns>The lesson.</returns>
    private async Task<Outcome<Guid>> Change(Guid person, string slug, Guid id, Func<GroupStanding, Dissemination, TwinHubDb, Refusal?> change, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var row = await db.Disseminations.SingleOrDefaultAsync(d => d.Id == id, cancel);
        var seat = await Seat(db, person, slug, row?.LessonId ?? Guid.Empty, cancel);
        if (seat.Refusal is { } refusal)
        {
            return refusal;
        }
        if (!seat.Value.Facilitates && row!.OrganisationId != seat.Value.OrganisationId)
        {
            return Refusal.NotAllowed;
        }
        if (change(seat.Value, row!, db) is { } wrong)
        {
            return wrong;
        }
        await db.SaveAndTell(Hint(slug, row!.LessonId), cancel);
        return row.LessonId;
    }
}

/// <summary>Who must hear of a lesson.</summary>
/// <param name="Id">Made with the form, so that it is kept once however often it is sent.</param>
/// <param name="Organisation">At whose home; a partner of the group.</param>
/// <param name="Audience">1 to 300 characters.</param>
/// <param name="DueOn">Today or later, at most five years on.</param>
public sealed record DisseminationInput(Guid Id, Guid? Organisation, string? Audience, DateOnly? DueOn);
