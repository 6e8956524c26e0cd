using System.Globalization;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Calendar;
using TwinHub.Core.Data;
using TwinHub.Core.Live;

namespace TwinHub.Core.Webinars.Dates;

/// <summary>Finding a date together: a draft's dates are proposed, its people asked by mail, the best becomes the webinar's time.</summary>
public sealed class DatePollService(IDbContextFactory<TwinHubDb> dbs, InvitationPost post, WebinarService webinars, HubClock clock)
{
    public const int Fewest = 2, Most = 12;

    /// <summary>
    /// Takes over the dates ahead, as wall times in the webinar's zone such as <c>2027-03-29T10:00</c>. What is not named any
    /// more goes with its answers; what has passed stays.
    /// </summary>
    /// <returns>How many were added; <c>invalid</c> with the field <c>dates</c> or <c>dates[i]</c>, <c>closed</c> for what is no draft.</returns>
    public Task<Outcome<int>> Propose(Guid actor, Guid id, IReadOnlyList<string> dates, CancellationToken cancel) =>
        Change(actor, id, null, async (db, webinar) =>
        {
            var wanted = Check(webinar, dates);
            return wanted.Refusal is { } refusal ? refusal : await Take(db, webinar, wanted.Value, cancel);
        }, cancel);

    /// <summary>Asks by mail who has not been asked yet, and with <paramref name="again"/> also who owes an answer.</summary>
    /// <param name="version">The version the organiser saw: a second click asks nobody twice.</param>
    /// <returns>How many are written to.</returns>
    public Task<Outcome<int>> Ask(Guid actor, Guid id, int version, bool again, CancellationToken cancel) =>
        Change(actor, id, version, async (db, webinar) =>
        {
            var now = clock.GetUtcNow();
            var dates = await DateList.Ahead(db, id, now).ToListAsync(cancel);
            if (dates.Count == 0 || !await DateList.People(db, id).AnyAsync(cancel))
            {
                return dates.Count == 0 ? Refusal.Invalid("dates", "error.dates.none") : Refusal.Invalid("invite", "organiser.nobody");
            }
            var due = await (again ? await DateList.Silent(db, id, now, cancel) : DateList.Fresh(db, id)).OrderBy(i => i.Id).ToListAsync(cancel);
            webinar.AskDates(now);
            await post.SendDates(db, webinar, due, dates, cancel);
            db.InvitationLog.AddRange(due.Select(i => new InvitationLogEntry(id, i.Id, now, DateList.Asked)));
            return due.Count;
        }, cancel);

    /// <summary>
    /// A proposed date becomes the webinar's time, and the invitations go out: both, or neither. Who said yes to the date is
    /// asked as everybody else is.
    /// </summary>
    /// <param name="version">The version the organiser saw: of two who choose at once, the second is told.</param>
    public async Task<Outcome<Webinar>> Choose(Guid actor, Guid id, int version, Guid date, CancellationToken cancel)
    {
        var wall = await WallTime(actor, id, date, cancel);
        return wall.Refusal is { } refusal ? refusal : await webinars.EditAndSchedule(actor, id, version, new(StartsAt: wall.Value), cancel);
    }

    private async Task<Outcome<string>> WallTime(Guid actor, Guid id, Guid date, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await WebinarAccess.Hidden(db, actor, id, cancel) is { } hidden)
        {
            return hidden;
        }
        var webinar = await db.Webinars.AsNoTracking().SingleAsync(w => w.Id == id, cancel);
        var chosen = await DateList.Dates(db, id).AsNoTracking().SingleOrDefaultAsync(d => d.Id == date, cancel);
        var refusal = Decided(webinar) ?? (chosen is null ? Refusal.NotFound : await DateList.People(db, id).AnyAsync(cancel) ? null : Refusal.Invalid("invite", "organiser.nobody"));
        // The instant is what people answered; by now the webinar may be kept in another zone.
        return refusal is not null ? refusal
            : TimeZoneInfo.ConvertTime(chosen!.StartsAt, TimeZoneInfo.FindSystemTimeZoneById(webinar.TimeZone)).ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture);
    }

    private async Task<Outcome<int>> Change(Guid actor, Guid id, int? version, Func<TwinHubDb, Webinar, Task<Outcome<int>>> change, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var found = await WebinarAccess.Lock(db, actor, id, cancel);
        if ((found.Refusal ?? Decided(found.Value)) is { } refusal)
        {
            return refusal;
        }
        var done = version is not null && version != found.Value.Version ? new Refusal(RefusalCode.Conflict, "error.webinar.changed", "version") : await change(db, found.Value);
        if (done.Refusal is null)
        {
            await db.SaveAndTell(new(Notice.WebinarChanged, $"{id} dates"), cancel);
            await transaction.CommitAsync(cancel);
        }
        return done;
    }

    private Refusal? Decided(Webinar webinar) =>
        webinar.State == Webinar.Draft ? null : webinar.Closed(clock.GetUtcNow()) ?? new Refusal(RefusalCode.Closed, "error.dates.decided");

    private Outcome<IReadOnlyList<(DateTime Local, DateTimeOffset At)>> Check(Webinar webinar, IReadOnlyList<string> dates)
    {
        var (zone, wanted) = (TimeZoneInfo.FindSystemTimeZoneById(webinar.TimeZone), new List<(DateTime Local, DateTimeOffset At)>());
        for (var i = 0; i < dates.Count; i++)
        {
            var local = WebinarInput.WallTime(dates[i]);
            var at = local is null ? default : ZonedTime.Instant(local.Value, zone).ToUniversalTime();
            if (local is null || at <= clock.GetUtcNow() || wanted.Any(one => one.At == at))
            {
                return Refusal.Invalid($"dates[{i}]", local is null ? "error.webinar.starts" : at <= clock.GetUtcNow() ? "error.webinar.past" : "error.dates.twice");
            }
            wanted.Add((local.Value, at));
        }
        return wanted.Count is >= Fewest and <= Most ? wanted : Refusal.Invalid("dates", "error.dates.count");
    }

    private async Task<Outcome<int>> Take(TwinHubDb db, Webinar webinar, IReadOnlyList<(DateTime Local, DateTimeOffset At)> wanted, CancellationToken cancel)
    {
        var present = await DateList.Ahead(db, webinar.Id, clock.GetUtcNow()).ToListAsync(cancel);
        var fresh = wanted.Where(one => present.All(date => date.StartsAt != one.At)).Select(one => new ProposedDate(webinar.Id, one.Local, one.At)).ToList();
        db.ProposedDates.RemoveRange(present.Where(date => wanted.All(one => one.At != date.StartsAt)));
        db.ProposedDates.AddRange(fresh);
        if (fresh.Count > 0)
        {
            db.InvitationLog.Add(new(webinar.Id, null, clock.GetUtcNow(), DateList.Proposed));
        }
        return fresh.Count;
    }
}
