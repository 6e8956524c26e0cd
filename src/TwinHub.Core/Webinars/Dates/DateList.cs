using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;

namespace TwinHub.Core.Webinars.Dates;

/// <summary>The dates and the people of a draft whose date is being found, and who of them is to be asked.</summary>
internal static class DateList
{
    /// <summary>Outcomes in the log.</summary>
    public const string Proposed = "dates-proposed", Asked = "dates-asked", Answered = "dates-answered";

    /// <summary>So long nobody is asked again, unless a date has been added.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromDays(1);

    public static IQueryable<ProposedDate> Dates(TwinHubDb db, Guid webinar) =>
        db.ProposedDates.Where(d => d.WebinarId == webinar).OrderBy(d => d.StartsAt);

    public static IQueryable<ProposedDate> Ahead(TwinHubDb db, Guid webinar, DateTimeOffset now) => Dates(db, webinar).Where(d => d.StartsAt > now);

    /// <summary>Those on the list whose account lives.</summary>
    public static IQueryable<Invitation> People(TwinHubDb db, Guid webinar) =>
        WebinarAccess.Living(db).Where(i => i.WebinarId == webinar);

    /// <summary>What the people on the list have answered.</summary>
    public static IQueryable<DateAnswer> Answers(TwinHubDb db, Guid webinar)
    {
        var people = People(db, webinar);
        return db.DateAnswers.Where(a => people.Any(i => i.Id == a.InvitationId) && db.ProposedDates.Any(d => d.Id == a.DateId && d.WebinarId == webinar));
    }

    /// <summary>Those who were not asked since they stand on the list.</summary>
    public static IQueryable<Invitation> Fresh(TwinHubDb db, Guid webinar) =>
        People(db, webinar).Where(i => !db.InvitationLog.Any(l => l.InvitationId == i.Id && l.Outcome == Asked && l.At >= i.InvitedAt));

    /// <summary>The fresh ones and those who owe an answer to a date ahead, if it is not a day since they were asked for all there is.</summary>
    public static async Task<IQueryable<Invitation>> Silent(TwinHubDb db, Guid webinar, DateTimeOffset now, CancellationToken cancel)
    {
        var newest = await db.InvitationLog.Where(l => l.WebinarId == webinar && l.Outcome == Proposed).MaxAsync(l => (DateTimeOffset?)l.At, cancel);
        var since = newest > now - Pause ? newest.Value : now - Pause;
        var fresh = Fresh(db, webinar);
        return People(db, webinar).Where(i => fresh.Any(one => one.Id == i.Id)
            || (db.ProposedDates.Any(d => d.WebinarId == webinar && d.StartsAt > now && !db.DateAnswers.Any(a => a.DateId == d.Id && a.InvitationId == i.Id))
                && !db.InvitationLog.Any(l => l.InvitationId == i.Id && l.Outcome == Asked && l.At >= since)));
    }
}
