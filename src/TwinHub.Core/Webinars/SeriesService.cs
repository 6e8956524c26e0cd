using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Live;

namespace TwinHub.Core.Webinars;

/// <summary>
/// Series: several webinars at once, each of its own afterwards. Twelve invitations on one day would be unkind, so each
/// webinar's go out by themselves four weeks before it.
/// </summary>
public sealed class SeriesService(IDbContextFactory<TwinHubDb> dbs, WebinarService webinars, HubClock clock)
{
    private static readonly TimeSpan Ahead = TimeSpan.FromDays(28);

    /// <summary>Makes all webinars of a series, or none.</summary>
    /// <returns>The first one.</returns>
    public Task<Outcome<Webinar>> Create(Guid actor, string network, WebinarInput input, InviteList invite, SeriesPlan series, bool publish, CancellationToken cancel)
    {
        var first = input.Check(null);
        Outcome<WebinarPlan[]> plans = (series.Fault ?? first.Refusal) is { } refusal ? refusal : series.Dates(first.Value.StartsLocal).Select(start => first.Value with { StartsLocal = start }).ToArray();
        return webinars.CreateMany(actor, network, plans, invite, series, publish ? Ahead : null, cancel);
    }

    /// <summary>The webinars of a series that a person sees, in their order.</summary>
    public async Task<IReadOnlyList<Webinar>> Of(Guid person, Guid series, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await WebinarAccess.Visible(db, person).Where(w => w.SeriesId == series).OrderBy(w => w.StartsAt).AsNoTracking().ToListAsync(cancel);
    }

    /// <summary>Sends the planned invitations whose time has come; safe to run twice and beside others.</summary>
    public async Task<int> PublishDue(CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var due = await db.Webinars.Where(w => w.PublishAt <= clock.GetUtcNow()).OrderBy(w => w.PublishAt).Select(w => new { w.Id, w.OrganiserId }).ToListAsync(cancel);
        foreach (var one in due)
        {
            var sent = await webinars.Schedule(one.OrganiserId, one.Id, null, cancel);
            if (sent.Refusal is not null)
            {
                // It is over, or its organiser may not invite any more: a draft that waits for somebody's hand.
                await db.Database.ExecuteSqlAsync($"update webinars set publish_at = null where id = {one.Id} and state = {Webinar.Draft}", cancel);
                await db.Tell(new(Notice.WebinarChanged, $"{one.Id} changed"), cancel);
            }
        }
        return due.Count;
    }
}
