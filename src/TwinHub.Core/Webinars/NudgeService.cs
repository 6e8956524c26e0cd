using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Live;

namespace TwinHub.Core.Webinars;

/// <summary>A friendly word to those who have not answered: at most once a day and person.</summary>
public sealed class NudgeService(IDbContextFactory<TwinHubDb> dbs, InvitationPost post, HubClock clock)
{
    private const string Nudged = "nudged";
    private static readonly TimeSpan Pause = TimeSpan.FromDays(1);

    /// <summary>How many would get a nudge now; nobody for who does not run the webinar.</summary>
    public async Task<int> Waiting(Guid actor, Guid id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await WebinarAccess.RunBy(db, actor).AnyAsync(w => w.Id == id && w.State == Webinar.Scheduled, cancel) ? await Due(db, id).CountAsync(cancel) : 0;
    }

    /// <summary>Writes to everybody who was asked, has not answered and got no nudge in the last day.</summary>
    /// <returns>To how many.</returns>
    public async Task<Outcome<int>> Nudge(Guid actor, Guid id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var found = await WebinarAccess.Lock(db, actor, id, cancel);
        if (found.Refusal is { } hidden)
        {
            return hidden;
        }
        var webinar = found.Value;
        if (webinar.State == Webinar.Draft)
        {
            return new Refusal(RefusalCode.Closed, "error.webinar.draft");
        }
        if (webinar.Closed(clock.GetUtcNow()) is { } closed)
        {
            return closed;
        }
        var due = await Due(db, id).OrderBy(i => i.Id).ToListAsync(cancel);
        await post.Send(db, webinar, due, (letters, mail) => letters.Nudge(mail), cancel);
        db.InvitationLog.AddRange(due.Select(i => new InvitationLogEntry(id, i.Id, clock.GetUtcNow(), Nudged)));
        await db.SaveAndTell(new(Notice.WebinarChanged, $"{id} invitations"), cancel);
        await transaction.CommitAsync(cancel);
        return due.Count;
    }

    private IQueryable<Invitation> Due(TwinHubDb db, Guid id)
    {
        var since = clock.GetUtcNow() - Pause;
        return WebinarAccess.Living(db).Where(i => i.WebinarId == id && i.Response == Invitation.None && i.EmailId != null
            && !db.InvitationLog.Any(l => l.InvitationId == i.Id && l.Outcome == Nudged && l.At > since));
    }
}
