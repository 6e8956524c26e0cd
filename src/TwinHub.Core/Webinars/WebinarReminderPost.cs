using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Reminders;
using TwinHub.Core.Webinars.Rooms;

namespace TwinHub.Core.Webinars;

/// <summary>Asks again whether a due reminder is still worth saying, and writes its mail.</summary>
public sealed class WebinarReminderPost(InvitationPost post, Unsubscriptions unsubscriptions, RoomDoor rooms, HubClock clock)
{
    /// <summary>Said later than this, a reminder does not tell how long it still is.</summary>
    private static readonly TimeSpan OnTime = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Settles claimed rows: not worth saying any more, too late, or said in a mail. The caller holds their locks and saves
    /// afterwards.
    /// </summary>
    /// <param name="late">Rows that have waited too long, or whose next step is due too.</param>
    internal async Task Settle(TwinHubDb db, IReadOnlyList<Reminder> due, IReadOnlySet<Guid> late, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        foreach (var rows in due.GroupBy(r => r.SubjectId))
        {
            var webinar = await db.Webinars.AsNoTracking().SingleAsync(w => w.Id == rows.Key, cancel);
            var asked = webinar.Closed(now) is null ? await Asked(db, webinar.Id, [.. rows.Select(r => r.PersonId)], cancel) : [];
            var worth = rows.ToLookup(r => asked.ContainsKey(r.PersonId));
            worth[false].ToList().ForEach(reminder => reminder.Cancel(now));
            var tooLate = worth[true].ToLookup(r => late.Contains(r.Id) || webinar.StartsAt <= now);
            tooLate[true].ToList().ForEach(reminder => reminder.Miss(now));
            await Say(db, webinar, [.. tooLate[false]], asked, cancel);
        }
    }

    /// <summary>The living invitations of those who have not declined and want to be reminded.</summary>
    private static Task<Dictionary<Guid, Invitation>> Asked(TwinHubDb db, Guid webinar, List<Guid> people, CancellationToken cancel) =>
        WebinarAccess.Living(db).Where(i => i.WebinarId == webinar && people.Contains(i.PersonId) && i.Response != Invitation.Declined
            && !db.Unsubscribed.Any(u => u.PersonId == i.PersonId && u.Kind == Unsubscriptions.WebinarReminders)).AsNoTracking().ToDictionaryAsync(i => i.PersonId, cancel);

    private async Task Say(TwinHubDb db, Webinar webinar, IReadOnlyList<Reminder> rows, Dictionary<Guid, Invitation> asked, CancellationToken cancel)
    {
        var (now, due) = (clock.GetUtcNow(), rows.ToDictionary(r => r.PersonId));
        var mails = await post.Send(db, webinar, [.. rows.Select(r => asked[r.PersonId])], (letters, mail) =>
            letters.Reminder(mail, due[mail.Invitee.Id].Step, rooms.Link(db, mail.Invitation.Id), unsubscriptions.Link(db, mail.Invitation.Id), isLate: due[mail.Invitee.Id].DueAt < now - OnTime), cancel);
        for (var i = 0; i < rows.Count; i++)
        {
            rows[i].Sent(now, mails[i]);
        }
    }
}
