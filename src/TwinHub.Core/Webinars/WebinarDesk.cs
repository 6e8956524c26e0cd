using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;

namespace TwinHub.Core.Webinars;

/// <summary>What lies on a person's desk about webinars, and what their pages ask beside the webinars themselves.</summary>
public sealed class WebinarDesk(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    private const int Most = 20;

    /// <summary>The webinars to come that concern the person, soonest first, at most twenty; those declined are left out.</summary>
    public async Task<Desk> Of(Guid person, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rows = await WebinarAccess.Visible(db, person).Where(ToCome(clock.GetUtcNow()))
            .Where(w => w.OrganiserId == person || db.Invitations.Any(i => i.WebinarId == w.Id && i.PersonId == person && i.RemovedAt == null && i.Response != Invitation.Declined))
            .OrderBy(w => w.StartsAt).ThenBy(w => w.Id).Take(Most).AsNoTracking().ToListAsync(cancel);
        var views = await WebinarReader.Views(db, person, rows, cancel);
        return new Desk([.. views.Where(view => view.Mine?.Response == Invitation.None)],
            [.. views.Where(view => view.Organiser.Id == person || view.Mine?.Response is Invitation.Accepted or Invitation.Tentative or Invitation.Waiting)]);
    }

    /// <summary>How many invitations wait for the person's answer.</summary>
    public async Task<int> Unanswered(Guid person, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await db.Invitations.Where(i => i.PersonId == person && i.RemovedAt == null && i.Response == Invitation.None)
            .Join(db.Webinars.Where(ToCome(clock.GetUtcNow())), i => i.WebinarId, w => w.Id, (i, w) => i).CountAsync(cancel);
    }

    /// <summary>Who organises the webinars a person sees.</summary>
    public async Task<IReadOnlyList<WebinarPerson>> Organisers(Guid person, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var ids = WebinarAccess.Visible(db, person).Select(w => w.OrganiserId).Distinct();
        return await db.People.Where(p => ids.Contains(p.Id)).Select(p => new WebinarPerson(p.Id, p.Name, p.TimeZone)).ToListAsync(cancel);
    }

    /// <summary>How an invitation stands beside the others.</summary>
    public async Task<Standing> Standing(Invitation invitation, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var before = invitation.WaitingSince is not { } since ? (int?)null
            : await WebinarAccess.Living(db).CountAsync(i => i.WebinarId == invitation.WebinarId && i.Response == Invitation.Waiting
                && (i.WaitingSince < since || (i.WaitingSince == since && i.Id < invitation.Id)), cancel);
        var moved = invitation.Response == Invitation.None
            && await db.InvitationLog.AnyAsync(l => l.InvitationId == invitation.Id && l.Outcome == "moved" && l.At >= invitation.InvitedAt, cancel);
        return new Standing(before + 1, moved);
    }

    private static System.Linq.Expressions.Expression<Func<Webinar, bool>> ToCome(DateTimeOffset now) =>
        webinar => webinar.State == Webinar.Scheduled && webinar.EndsAt > now;
}

/// <summary>A person's webinars to come.</summary>
/// <param name="Due">Those that wait for their answer.</param>
/// <param name="Coming">Those they organise, come to, may come to or wait for.</param>
public sealed record Desk(IReadOnlyList<WebinarView> Due, IReadOnlyList<WebinarView> Coming)
{
    public bool IsEmpty => Due.Count == 0 && Coming.Count == 0;
}

/// <summary>How an invitation stands beside the others.</summary>
/// <param name="Place">On the waiting list, from 1; null: not on it.</param>
/// <param name="Moved">The time has changed since the person was invited, and they have not answered that.</param>
public sealed record Standing(int? Place, bool Moved);
