using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Live;

namespace TwinHub.Core.Lessons;

/// <summary>
/// What a group learned, good practices and decisions: marked where they were said, or written by hand (domain, section 4).
/// Members who may write and the network's facilitators do it.
/// </summary>
public sealed class LessonService(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    /// <summary>Marks a message as it stands. One that is marked so already stays as it is.</summary>
    /// <returns>The lesson.</returns>
    public async Task<Outcome<Guid>> Mark(Guid person, string slug, Guid message, string? kind, CancellationToken cancel)
    {
        if (!Lesson.Kinds.Contains(kind))
        {
            return Refusal.Invalid("kind");
        }
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var seat = await GroupStanding.TakeToWrite(db, person, slug, cancel);
        if (seat.Refusal is { } refusal)
        {
            return refusal;
        }
        var now = clock.GetUtcNow();
        var marked = await LessonSources.Find(db, seat.Value, new(LessonSource.Message, message), now, cancel);
        if (marked is null)
        {
            return Refusal.NotFound;
        }
        return await Keep(db, slug, new(seat.Value.Group.Id, kind!, marked.Text, marked.Source, marked.OrganisationId, person, marked.HappenedAt, now), cancel);
    }

    /// <summary>Writes one down, of a review or webinar or of its own. The same id again is the same lesson.</summary>
    /// <returns>The lesson; <c>conflict</c> where the review or webinar has one of this kind in other words.</returns>
    public async Task<Outcome<Guid>> Write(Guid person, string slug, LessonInput input, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var seat = await GroupStanding.TakeToWrite(db, person, slug, cancel);
        if (seat.Refusal is { } refusal)
        {
            return refusal;
        }
        var text = LessonText.Clean(input.Text);
        if (text.Refusal is { } wrong)
        {
            return wrong;
        }
        if (!Lesson.Kinds.Contains(input.Kind))
        {
            return Refusal.Invalid("kind", "lessons.choose-kind");
        }
        var now = clock.GetUtcNow();
        var source = input.Source is null ? null : await LessonSources.Find(db, seat.Value, input.Source, now, cancel);
        if (input.Source is not null && source is null)
        {
            return Refusal.NotFound;
        }
        var organisation = source is null ? seat.Value.OrganisationId : source.OrganisationId;
        return await Keep(db, slug, new(seat.Value.Group.Id, input.Kind!, text.Value, input.Source, organisation, person, source?.HappenedAt ?? now, now, input.Id), cancel);
    }

    /// <summary>Other words for it; what it came from stays as it was said.</summary>
    public Task<Outcome<Guid>> Rewrite(Guid person, string slug, Guid id, string? text, CancellationToken cancel)
    {
        var clean = LessonText.Clean(text);
        return Change(person, slug, id, lesson => lesson.RemovedAt is not null ? Refusal.NotFound : clean.Refusal is { } wrong ? wrong : Done(() => lesson.Rewrite(clean.Value)), cancel);
    }

    /// <summary>Takes it off the list, and the mark off its message. Taken off twice is taken off once.</summary>
    public Task<Outcome<Guid>> Remove(Guid person, string slug, Guid id, CancellationToken cancel) =>
        Change(person, slug, id, lesson => Done(() => lesson.Remove(clock.GetUtcNow())), cancel);

    /// <summary>Takes a kind of mark off a message; where there is none, nothing happens.</summary>
    public async Task<Outcome<bool>> Unmark(Guid person, string slug, Guid message, string? kind, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var seat = await GroupStanding.TakeToWrite(db, person, slug, cancel);
        if (seat.Refusal is { } refusal)
        {
            return refusal;
        }
        var lesson = await db.Lessons.SingleOrDefaultAsync(l => l.GroupId == seat.Value.Group.Id && l.SourceId == message && l.Kind == kind && l.RemovedAt == null, cancel);
        if (lesson is not null)
        {
            lesson.Remove(clock.GetUtcNow());
            await db.SaveAndTell(Hint(slug, lesson), cancel);
        }
        return true;
    }

    /// <summary>What groups watch for: the message whose mark changed, or the lesson.</summary>
    private static Notice Hint(string slug, Lesson lesson) => new(Notice.GroupChanged, $"{slug} lessons {lesson.SourceId ?? lesson.Id}");

    private static Refusal? Done(Action change)
    {
        change();
        return null;
    }

    private async Task<Outcome<Guid>> Change(Guid person, string slug, Guid id, Func<Lesson, Refusal?> change, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var seat = await GroupStanding.TakeToWrite(db, person, slug, cancel);
        if (seat.Refusal is { } refusal)
        {
            return refusal;
        }
        var lesson = await db.Lessons.SingleOrDefaultAsync(l => l.Id == id && l.GroupId == seat.Value.Group.Id, cancel);
        if (lesson is null)
        {
            return Refusal.NotFound;
        }
        if (change(lesson) is { } wrong)
        {
            return wrong;
        }
        await db.SaveAndTell(Hint(slug, lesson), cancel);
        return lesson.Id;
    }

    /// <summary>One statement decides between two who mark the same: the second finds the first one's.</summary>
    private static async Task<Outcome<Guid>> Keep(TwinHubDb db, string slug, Lesson lesson, CancellationToken cancel)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var made = await db.Database.ExecuteSqlAsync($"""
            insert into lessons (id, group_id, kind, text, source_kind, source_id, organisation_id, person_id, happened_at, created_at)
            values ({lesson.Id}, {lesson.GroupId}, {lesson.Kind}, {lesson.Text}, {lesson.SourceKind}, {lesson.SourceId}, {lesson.OrganisationId}, {lesson.PersonId}, {lesson.HappenedAt}, {lesson.CreatedAt})
            on conflict do nothing
            """, cancel);
        if (made == 1)
        {
            await db.Tell(Hint(slug, lesson), cancel);
            await transaction.CommitAsync(cancel);
            return lesson.Id;
        }
        var known = await db.Lessons.AsNoTracking().FirstOrDefaultAsync(l => l.GroupId == lesson.GroupId
            && (l.Id == lesson.Id || (lesson.SourceId != null && l.SourceId == lesson.SourceId && l.Kind == lesson.Kind && l.RemovedAt == null)), cancel);
        return known is null ? new Refusal(RefusalCode.Conflict)
            : known.SourceKind == LessonSource.Message || known.Text == lesson.Text || known.Id == lesson.Id ? known.Id
            : new Refusal(RefusalCode.Conflict, "lessons.there-already", "text");
    }
}

/// <summary>What somebody writes down.</summary>
/// <param name="Id">Made with the form, so that it is kept once however often it is sent.</param>
/// <param name="Kind">One of <see cref="Lesson.Kinds"/>.</param>
/// <param name="Text">1 to 4,000 characters.</param>
/// <param name="Source">The review or webinar it comes from; null: by hand.</param>
public sealed record LessonInput(Guid Id, string? Kind, string? Text, LessonSource? Source = null);
