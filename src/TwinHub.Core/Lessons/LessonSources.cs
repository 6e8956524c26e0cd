using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Channels;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Webinars.Reports;

namespace TwinHub.Core.Lessons;

/// <summary>What can be marked: messages of the group, its reviews once their answers are open, webinars it was asked to that took place.</summary>
internal static class LessonSources
{
    /// <summary>Where a lesson comes from, as it can be marked now; null: nothing of this group, or not yet.</summary>
    public static Task<MarkedSource?> Find(TwinHubDb db, GroupStanding seat, LessonSource source, DateTimeOffset now, CancellationToken cancel) => source.Kind switch
    {
        LessonSource.Message => Message(db, seat, source, cancel),
        LessonSource.Review => Review(db, seat, source, now, cancel),
        LessonSource.Webinar => Webinar(db, seat, source, now, cancel),
        _ => Task.FromResult<MarkedSource?>(null),
    };

    /// <summary>The webinars a group was asked to: through it, or with a slot of its own.</summary>
    public static IQueryable<Webinars.Webinar> WebinarsOf(TwinHubDb db, Guid group) => db.Webinars.Where(w => w.State == Webinars.Webinar.Scheduled
        && (db.Invitations.Any(i => i.WebinarId == w.Id && i.GroupId == group && i.RemovedAt == null) || db.AgendaSlots.Any(s => s.WebinarId == w.Id && s.GroupId == group)));

    private static async Task<MarkedSource?> Message(TwinHubDb db, GroupStanding seat, LessonSource source, CancellationToken cancel)
    {
        var found = await db.Set<Message>().Where(m => m.Id == source.Id && !m.Deleted && db.Channels.Any(c => c.Id == m.ChannelId && c.GroupId == seat.Group.Id))
            .Select(m => new { m.Body, m.SentAt, m.OrganisationId, m.Posted }).SingleOrDefaultAsync(cancel);
        return found is null ? null
            : new(source, LongText.Beginning(MessageHtml.Plain(found.Body), LessonText.MaxLength), found.SentAt, found.OrganisationId, "");
    }

    private static async Task<MarkedSource?> Review(TwinHubDb db, GroupStanding seat, LessonSource source, DateTimeOffset now, CancellationToken cancel)
    {
        var found = await db.MilestoneReviews.AsNoTracking().SingleOrDefaultAsync(r => r.Id == source.Id && r.GroupId == seat.Group.Id && r.CancelledAt == null, cancel);
        if (found is null || found.IsSealedOn(seat.Day(now)))
        {
            return null;
        }
        var title = await db.Milestones.Where(m => m.Id == found.MilestoneId).Select(m => m.Title).SingleOrDefaultAsync(cancel) ?? "";
        var opened = found.CompleteAt ?? seat.Network.Midnight(found.DueOn.AddDays(1));
        return new(source, LongText.Beginning(found.Conclusion, LessonText.MaxLength), found.ConcludedAt ?? opened, null, title);
    }

    private static async Task<MarkedSource?> Webinar(TwinHubDb db, GroupStanding seat, LessonSource source, DateTimeOffset now, CancellationToken cancel)
    {
        var found = await WebinarsOf(db, seat.Group.Id).Where(w => w.Id == source.Id && w.EndsAt <= now).Select(w => new { w.Title, w.EndsAt }).SingleOrDefaultAsync(cancel);
        return found is null ? null : new(source, "", found.EndsAt, null, found.Title);
    }
}

/// <summary>Something that can be marked.</summary>
/// <param name="Text">What it says, shortened to a lesson's length; may be empty: then somebody has to write it.</param>
/// <param name="OrganisationId">Whose it is; null: of all partners.</param>
/// <param name="Title">Of a review's milestone (empty: the final review) or of a webinar.</param>
public sealed record MarkedSource(LessonSource Source, string Text, DateTimeOffset HappenedAt, Guid? OrganisationId, string Title);

/// <summary>A lesson's words.</summary>
internal static class LessonText
{
    /// <summary>UTF-16 units.</summary>
    public const int MaxLength = 4_000;

    public static Outcome<string> Clean(string? text)
    {
        var clean = LongText.Clean(text, MaxLength, "text");
        return clean.Refusal is null && clean.Value.Length == 0 ? Refusal.Invalid("text", "lessons.say-something")
            : clean.Refusal is { Code: RefusalCode.TooLong } ? new Refusal(RefusalCode.TooLong, "lessons.too-long", "text") : clean;
    }
}
