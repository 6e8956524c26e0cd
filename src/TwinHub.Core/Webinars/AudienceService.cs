using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Networks;

namespace TwinHub.Core.Webinars;

/// <summary>Tells an organiser, before anything is sent, whom a list reaches and what the time is for them.</summary>
public sealed class AudienceService(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    /// <summary>For a webinar that is not saved yet.</summary>
    /// <returns>What <see cref="WebinarService.Create"/> would refuse about the time or those invited is refused here too.</returns>
    public Task<Outcome<Audience>> Preview(Guid actor, string network, WebinarInput input, InviteList invite, CancellationToken cancel) =>
        Tried(async db =>
        {
            var found = await NetworkService.Find(db, actor, network, cancel);
            return found.Refusal is { } hidden ? hidden : await Of(db, actor, found.Value.Network.Id, null, Time(input), invite, cancel);
        }, cancel);

    /// <summary>For a saved one: those invited already, and those who would come to them.</summary>
    public Task<Outcome<Audience>> Preview(Guid actor, Guid id, WebinarInput input, InviteList invite, CancellationToken cancel) =>
        Tried(async db =>
        {
            var found = await WebinarAccess.Lock(db, actor, id, cancel);
            return found.Refusal is { } hidden ? hidden : await Of(db, actor, found.Value.NetworkId, found.Value, Time(input), invite, cancel);
        }, cancel);

    /// <summary>A list is tried out for real, guests and limits included; the transaction ends without having happened.</summary>
    private async Task<Outcome<Audience>> Tried(Func<TwinHubDb, Task<Outcome<Audience>>> look, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        return await look(db);
    }

    /// <summary>Only the time matters here: a title may still be missing.</summary>
    private static Outcome<WebinarPlan> Time(WebinarInput input) =>
        new WebinarInput("–", input.StartsAt ?? "", input.TimeZone ?? "", input.DurationMinutes ?? 0).Check(null);

    private async Task<Outcome<Audience>> Of(TwinHubDb db, Guid actor, Guid network, Webinar? webinar, Outcome<WebinarPlan> plan, InviteList invite, CancellationToken cancel)
    {
        var more = await More(db, actor, network, webinar?.OrganiserId ?? actor, invite, cancel);
        if ((plan.Refusal ?? more.Refusal) is { } refusal)
        {
            return refusal;
        }
        var people = await Invited(db, webinar, cancel);
        people.UnionWith(more.Value.Select(one => one.PersonId));
        return AudienceTimes.Of(plan.Value, await Living(db, people, cancel), await Overlaps(db, actor, people, webinar?.Id, plan.Value, cancel));
    }

    private async Task<Outcome<IReadOnlyList<Invitee>>> More(TwinHubDb db, Guid actor, Guid network, Guid organiserId, InviteList invite, CancellationToken cancel)
    {
        var host = await WebinarAccess.Host(db, actor, network, cancel);
        if (host.Refusal is { } refusal)
        {
            return refusal;
        }
        var organiser = await db.People.SingleAsync(p => p.Id == organiserId, cancel);
        return await new InviteListResolver(db, host.Value, organiser, clock.GetUtcNow()).Resolve(invite, cancel);
    }

    private static async Task<HashSet<Guid>> Invited(TwinHubDb db, Webinar? webinar, CancellationToken cancel) =>
        webinar is null ? [] : [.. await db.Invitations.Where(i => i.WebinarId == webinar.Id && i.RemovedAt == null).Select(i => i.PersonId).ToListAsync(cancel)];

    /// <summary>Where people live: zone, and country and city of the organisation they have been with longest.</summary>
    internal static async Task<List<AudiencePerson>> Living(TwinHubDb db, HashSet<Guid> ids, CancellationToken cancel)
    {
        var rows = await db.People.Where(p => ids.Contains(p.Id) && p.DisabledAt == null).OrderBy(p => p.Id).Select(p => new
        {
            p.TimeZone,
            Home = db.OrganisationPeople.Where(op => op.PersonId == p.Id).Join(db.Organisations, op => op.OrganisationId, o => o.Id, (op, o) => new { op.Since, o.Id, o.Country, o.City, o.Names })
                .OrderBy(o => o.Since).ThenBy(o => o.Id).FirstOrDefault(),
        }).AsNoTracking().ToListAsync(cancel);
        return [.. rows.Select(row => new AudiencePerson(row.TimeZone, row.Home?.Country, row.Home?.City ?? row.Home?.Names))];
    }

    /// <summary>Other announced webinars at that time to which some of the same people were asked and have not said no.</summary>
    internal static async Task<List<AudienceWarning>> Overlaps(TwinHubDb db, Guid actor, HashSet<Guid> people, Guid? self, WebinarPlan plan, CancellationToken cancel)
    {
        var (start, end) = (plan.StartsAt, plan.EndsAt);
        var others = await db.Webinars.Where(w => w.State == Webinar.Scheduled && w.StartsAt < end && w.EndsAt > start && w.Id != self).OrderBy(w => w.StartsAt).Select(w => new
        {
            w.Id, w.Title, Tag = db.Networks.Where(n => n.Id == w.NetworkId).Select(n => n.Tag).First(),
            People = db.Invitations.Count(i => i.WebinarId == w.Id && i.RemovedAt == null && i.Response != Invitation.Declined && people.Contains(i.PersonId)),
        }).Where(w => w.People > 0).ToListAsync(cancel);
        var ids = others.Select(w => w.Id).ToList();
        var known = await WebinarAccess.Visible(db, actor).Where(w => ids.Contains(w.Id)).Select(w => w.Id).ToListAsync(cancel);
        return [.. others.Select(w => new AudienceWarning("overlap", w.People) { Title = known.Contains(w.Id) ? Webinar.FullTitle(w.Tag, w.Title) : null })];
    }
}
