using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Networks;

namespace TwinHub.Core.Webinars;

/// <summary>
/// Who sees and runs a webinar. The network's facilitators and the organiser run it; who is invited sees it once it is
/// scheduled; for everybody else there is none.
/// </summary>
internal static class WebinarAccess
{
    /// <summary>The webinars a person runs.</summary>
    public static IQueryable<Webinar> RunBy(TwinHubDb db, Guid person) => db.Webinars.Where(w =>
        w.OrganiserId == person || db.NetworkRoles.Any(r => r.NetworkId == w.NetworkId && r.PersonId == person && r.Role == "facilitator"));

    /// <summary>The webinars a person sees.</summary>
    public static IQueryable<Webinar> Visible(TwinHubDb db, Guid person) => db.Webinars.Where(w =>
        w.OrganiserId == person
        || db.NetworkRoles.Any(r => r.NetworkId == w.NetworkId && r.PersonId == person && r.Role == "facilitator")
        || (w.State != Webinar.Draft && db.Invitations.Any(i => i.WebinarId == w.Id && i.PersonId == person && i.RemovedAt == null)));

    /// <summary>The invitations that stand: not taken off, and the person's account is open.</summary>
    public static IQueryable<Invitation> Living(TwinHubDb db) =>
        db.Invitations.Where(i => i.RemovedAt == null && db.People.Any(p => p.Id == i.PersonId && p.DisabledAt == null));

    /// <summary>Why a person may not look behind a webinar: not found, or not allowed for who is only invited; null: they run it.</summary>
    public static async Task<Refusal?> Hidden(TwinHubDb db, Guid person, Guid id, CancellationToken cancel) =>
        await RunBy(db, person).AnyAsync(w => w.Id == id, cancel) ? null
        : await Visible(db, person).AnyAsync(w => w.Id == id, cancel) ? Refusal.NotAllowed : Refusal.NotFound;

    /// <summary>A webinar to change, its row locked; not found, or not allowed for who is only invited.</summary>
    public static async Task<Outcome<Webinar>> Lock(TwinHubDb db, Guid actor, Guid id, CancellationToken cancel)
    {
        if (await Hidden(db, actor, id, cancel) is { } refusal)
        {
            return refusal;
        }
        return await db.Webinars.FromSql($"select * from webinars where id = {id} for update").SingleAsync(cancel);
    }

    /// <summary>Whom a person may ask: everybody in the network for its facilitators, their own groups for leads.</summary>
    public static async Task<Outcome<Host>> Host(TwinHubDb db, Guid actor, Guid network, CancellationToken cancel)
    {
        if (await db.NetworkRoles.AnyAsync(r => r.NetworkId == network && r.PersonId == actor && r.Role == "facilitator", cancel))
        {
            return new Host(network, null);
        }
        var led = await db.Memberships.Where(m => m.PersonId == actor && m.Roles.Contains("lead"))
            .Join(db.Groups.Where(g => g.NetworkId == network), m => m.GroupId, g => g.Id, (m, g) => g.Id).ToListAsync(cancel);
        if (led.Count > 0)
        {
            return new Host(network, led);
        }
        return await NetworkService.Visible(db, actor).AnyAsync(n => n.Id == network, cancel) ? Refusal.NotAllowed : Refusal.NotFound;
    }
}

/// <summary>Who may ask whom.</summary>
/// <param name="Groups">The groups a lead leads; null: a facilitator, who may ask everybody in the network.</param>
internal sealed record Host(Guid NetworkId, IReadOnlyList<Guid>? Groups)
{
    public IQueryable<TwinningGroup> AllGroups(TwinHubDb db) =>
        Groups is null ? db.Groups.Where(g => g.NetworkId == NetworkId) : db.Groups.Where(g => Groups.Contains(g.Id));
}
