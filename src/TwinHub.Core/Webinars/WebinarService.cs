using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Live;
using TwinHub.Core.Networks;

namespace TwinHub.Core.Webinars;

/// <summary>The life of a webinar: drafted, scheduled, changed, moved, cancelled. Whatever reaches calendars leaves in the same transaction.</summary>
public sealed class WebinarService(IDbContextFactory<TwinHubDb> dbs, InvitationService invitations, InvitationPost post, WebinarReminders reminders, HubClock clock, Meetings meetings)
{
    /// <summary>Drafts a webinar, and schedules it when <paramref name="publish"/> is set: facilitators for their network, leads for their groups.</summary>
    public Task<Outcome<Webinar>> Create(Guid actor, string network, WebinarInput input, InviteList invite, bool publish, CancellationToken cancel)
    {
        var plan = input.Check(null);
        return CreateMany(actor, network, plan.Refusal is { } refusal ? refusal : new[] { plan.Value }, invite, null, publish ? TimeSpan.MaxValue : null, cancel);
    }

    /// <summary>Drafts webinars of one kind at several times: all, or none.</summary>
    /// <param name="plans">What is wrong with them is told to who may host there alone.</param>
    /// <param name="series">Null: there is but one.</param>
    /// <param name="ahead">Those that begin within this time are scheduled at once, the others so long before they begin; null: all stay drafts.</param>
    /// <returns>The first one.</returns>
    internal async Task<Outcome<Webinar>> CreateMany(Guid actor, string network, Outcome<WebinarPlan[]> plans, InviteList invite, SeriesPlan? series, TimeSpan? ahead, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var found = await Host(db, actor, network, cancel);
        if ((found.Refusal ?? plans.Refusal) is { } refusal)
        {
            return refusal;
        }
        var of = series is null ? null : db.WebinarSeries.Add(new(found.Value, actor, series.Pattern, clock.GetUtcNow())).Entity;
        var made = new List<Webinar>();
        foreach (var plan in plans.Value)
        {
            var one = await Make(db, new(found.Value, actor, meetings.UidDomain, plan, clock.GetUtcNow()), of?.Id, invite, ahead, cancel);
            if (one.Refusal is { } fault)
            {
                return fault;
            }
            made.Add(one.Value);
            await db.SaveAndTell(new(Notice.WebinarChanged, $"{one.Value.Id} created"), cancel);
        }
        await transaction.CommitAsync(cancel);
        return made[0];
    }

    /// <summary>Sends the invitations of a draft.</summary>
    /// <param name="version">The version the organiser saw.</param>
    public Task<Outcome<Webinar>> Schedule(Guid actor, Guid id, int? version, CancellationToken cancel) =>
        Change(actor, id, version, (db, webinar) => Publish(db, webinar, cancel), cancel);

    /// <summary>
    /// Changes what was announced. Another time is asked anew: every answer becomes <c>none</c>. Another text goes out as an
    /// update that keeps the answers. More seats go to who waits.
    /// </summary>
    public Task<Outcome<Webinar>> Edit(Guid actor, Guid id, int? version, WebinarInput input, CancellationToken cancel) =>
        Change(actor, id, version, (db, webinar) => Take(db, webinar, input, cancel), cancel);

    /// <summary>Changes a webinar and sends the invitations if it is still a draft: both, or neither.</summary>
    public Task<Outcome<Webinar>> EditAndSchedule(Guid actor, Guid id, int? version, WebinarInput input, CancellationToken cancel) =>
        Change(actor, id, version, async (db, webinar) =>
            await Take(db, webinar, input, cancel) ?? (webinar.State == Webinar.Draft ? await Publish(db, webinar, cancel) : null), cancel);

    /// <summary>Cancels a scheduled webinar, once, in every calendar; a draft simply ends.</summary>
    public Task<Outcome<Webinar>> Cancel(Guid actor, Guid id, int? version, CancellationToken cancel) =>
        Change(actor, id, version, async (db, webinar) =>
        {
            var asked = await Living(db, webinar, cancel);
            if (webinar.State == Webinar.Draft)
            {
                // Who was never asked could see nothing as cancelled; who was asked for a date learns it behind that link.
                (webinar.DatesAskedAt is null ? asked : []).ForEach(invitation => invitation.Remove(clock.GetUtcNow()));
                asked.Clear();
            }
            webinar.Cancel(clock.GetUtcNow());
            await reminders.Cancel(db, webinar.Id, null, cancel);
            await post.SendCalendar(db, webinar, asked, (letters, mail) => letters.Cancelled(mail), cancel);
            return null;
        }, cancel);

    /// <summary>The network in which the actor may host.</summary>
    private static async Task<Outcome<Guid>> Host(TwinHubDb db, Guid actor, string network, CancellationToken cancel)
    {
        var found = await NetworkService.Find(db, actor, network, cancel);
        if (found.Refusal is { } hidden)
        {
            return hidden;
        }
        var host = await WebinarAccess.Host(db, actor, found.Value.Network.Id, cancel);
        return host.Refusal is { } refusal ? refusal : found.Value.Network.Id;
    }

    private async Task<Outcome<Webinar>> Make(TwinHubDb db, Webinar webinar, Guid? series, InviteList invite, TimeSpan? ahead, CancellationToken cancel)
    {
        var now = clock.GetUtcNow();
        var isNow = ahead is { } time && webinar.StartsAt - now <= time;
        db.Webinars.Add(series is { } id ? webinar.InSeries(id, isNow || ahead is null ? null : webinar.StartsAt - ahead.Value) : webinar);
        await db.SaveChangesAsync(cancel);
        var added = await invitations.Add(db, webinar.OrganiserId, webinar, invite, cancel);
        return (added.Refusal ?? (isNow ? await Publish(db, webinar, cancel) : null)) is { } refusal ? refusal : webinar;
    }

    private async Task<Outcome<Webinar>> Change(Guid actor, Guid id, int? version, Func<TwinHubDb, Webinar, Task<Refusal?>> change, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var found = await WebinarAccess.Lock(db, actor, id, cancel);
        if (found.Refusal is { } hidden)
        {
            return hidden;
        }
        var webinar = found.Value;
        if (version is not null && version != webinar.Version)
        {
            return new Refusal(RefusalCode.Conflict, "error.webinar.changed", "version");
        }
        if (webinar.Closed(clock.GetUtcNow()) is { } closed)
        {
            return closed;
        }
        if (await change(db, webinar) is { } refusal)
        {
            return refusal;
        }
        await db.SaveAndTell(new(Notice.WebinarChanged, $"{webinar.Id} changed"), cancel);
        await transaction.CommitAsync(cancel);
        return webinar;
    }

    private async Task<Refusal?> Take(TwinHubDb db, Webinar webinar, WebinarInput input, CancellationToken cancel)
    {
        var plan = input.Check(webinar);
        if (plan.Refusal is { } refusal)
        {
            return refusal;
        }
        var before = webinar.Said;
        var moved = webinar.Change(plan.Value);
        if (webinar.State == Webinar.Scheduled)
        {
            if (moved && webinar.StartsAt <= clock.GetUtcNow())
            {
                return Refusal.Invalid("startsAt", "error.webinar.past");
            }
            await TellInvitees(db, webinar, moved, before != webinar.Said, cancel);
        }
        return null;
    }

    private async Task<Refusal?> Publish(TwinHubDb db, Webinar webinar, CancellationToken cancel)
    {
        if (webinar.State != Webinar.Draft)
        {
            return new Refusal(RefusalCode.Conflict, "error.webinar.changed");
        }
        if (webinar.StartsAt <= clock.GetUtcNow())
        {
            return Refusal.Invalid("startsAt", "error.webinar.past");
        }
        if (meetings.Room(webinar, await db.Networks.AsNoTracking().SingleAsync(n => n.Id == webinar.NetworkId, cancel)) is { } room)
        {
            webinar.MeetAt(room);
        }
        webinar.Publish(clock.GetUtcNow());
        await db.SaveChangesAsync(cancel);
        await invitations.Ask(db, webinar, await Living(db, webinar, cancel), cancel);
        return null;
    }

    private async Task TellInvitees(TwinHubDb db, Webinar webinar, bool moved, bool said, CancellationToken cancel)
    {
        var living = await Living(db, webinar, cancel);
        if (moved)
        {
            db.InvitationLog.AddRange(living.Select(i => new InvitationLogEntry(webinar.Id, i.Id, clock.GetUtcNow(), "moved") { Response = i.Response }));
            living.ForEach(invitation => invitation.Moved(webinar.Sequence));
            await reminders.Cancel(db, webinar.Id, null, cancel);
            await db.SaveChangesAsync(cancel);
            await post.SendCalendar(db, webinar, living, (letters, mail) => letters.Moved(mail), cancel);
            await reminders.Plan(db, webinar, [.. living.Select(i => i.PersonId)], cancel);
        }
        else if (said)
        {
            await post.SendCalendar(db, webinar, living, (letters, mail) => letters.Changed(mail), cancel);
        }
        await Seats.Fill(db, post, webinar, clock.GetUtcNow(), cancel);
    }

    private static Task<List<Invitation>> Living(TwinHubDb db, Webinar webinar, CancellationToken cancel) =>
        WebinarAccess.Living(db).Where(i => i.WebinarId == webinar.Id).OrderBy(i => i.Id).ToListAsync(cancel);
}
