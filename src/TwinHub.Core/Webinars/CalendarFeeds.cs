using System.Security.Cryptography;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Calendar;
using TwinHub.Core.Data;
using TwinHub.Core.People;
using TwinHub.Core.Text;

namespace TwinHub.Core.Webinars;

/// <summary>
/// A person's webinars as a calendar to subscribe to (invitations, rule 39): what they are asked to and have not declined, and
/// what they organise. The secret address is all that is needed to read it, so it shows nobody else and can be revoked.
/// </summary>
public sealed class CalendarFeeds(IDbContextFactory<TwinHubDb> dbs, ICalendarWriter writer, SignInOptions options, HubClock clock, TimeProvider time)
{
    /// <summary>So long a cancelled webinar is shown as cancelled; calendars that look rarely must see it too.</summary>
    public static readonly TimeSpan ShowCancelled = TimeSpan.FromDays(30);

    /// <summary>What is over for longer is left to the calendar's own memory.</summary>
    public static readonly TimeSpan ShowPast = TimeSpan.FromDays(365);

    private const int Most = 1_000;

    /// <summary>Makes a new address; the one before it works no more. This is the only time it can be read.</summary>
    public async Task<string> Renew(Guid person, CancellationToken cancel)
    {
        var token = Secret.New();
        await Replace(person, new CalendarFeed(Secret.Hash(Secret.Feed, token), person, time.GetUtcNow()), "feed.made", cancel);
        return $"{options.BaseUrl}/calendar/{token}.ics";
    }

    public Task Revoke(Guid person, CancellationToken cancel) => Replace(person, null, "feed.ended", cancel);

    /// <summary>Since when the person's address works; null: there is none.</summary>
    public async Task<DateTimeOffset?> Since(Guid person, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        return await db.CalendarFeeds.Where(f => f.PersonId == person && f.RevokedAt == null).Select(f => (DateTimeOffset?)f.CreatedAt).SingleOrDefaultAsync(cancel);
    }

    /// <summary>The calendar behind an address; not found when it is revoked or the account is closed.</summary>
    public async Task<Outcome<FeedContent>> Read(string token, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var hash = Secret.Hash(Secret.Feed, token);
        var person = await db.CalendarFeeds.Where(f => f.Hash == hash && f.RevokedAt == null)
            .Join(db.People.Where(p => p.DisabledAt == null), f => f.PersonId, p => p.Id, (f, p) => p).AsNoTracking().SingleOrDefaultAsync(cancel);
        if (person is null)
        {
            return Refusal.NotFound;
        }
        var shown = await Shown(db, person.Id, cancel);
        // Without the instant of writing two equal calendars have equal bytes.
        var tag = Convert.ToHexStringLower(SHA256.HashData(Write(person, shown, DateTimeOffset.UnixEpoch)))[..32];
        return new FeedContent(Write(person, shown, clock.GetUtcNow()), tag);
    }

    private async Task Replace(Guid person, CalendarFeed? next, string action, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        // Two at the same moment: the second replaces the first one's address.
        await db.Database.ExecuteSqlAsync($"select 1 from people where id = {person} for no key update", cancel);
        await db.CalendarFeeds.Where(f => f.PersonId == person && f.RevokedAt == null).ForEachAsync(feed => feed.Revoke(time.GetUtcNow()), cancel);
        await db.SaveChangesAsync(cancel);
        if (next is not null)
        {
            db.CalendarFeeds.Add(next);
        }
        db.Note(time, person, action);
        await db.SaveChangesAsync(cancel);
        await transaction.CommitAsync(cancel);
    }

    private async Task<List<(Webinar Webinar, string Tag)>> Shown(TwinHubDb db, Guid person, CancellationToken cancel)
    {
        var (past, cancelled) = (clock.GetUtcNow() - ShowPast, clock.GetUtcNow() - ShowCancelled);
        var rows = await db.Webinars.Where(w => w.ScheduledAt != null && w.EndsAt > past && (w.CancelledAt == null || (w.CancelledAt > cancelled && w.CancelledAt > w.ScheduledAt))
            && (w.OrganiserId == person || db.Invitations.Any(i => i.WebinarId == w.Id && i.PersonId == person && i.FirstEmailId != null && i.RemovedAt == null && i.Response != Invitation.Declined)))
            .Join(db.Networks, w => w.NetworkId, n => n.Id, (w, n) => new { Webinar = w, n.Tag })
            .OrderByDescending(x => x.Webinar.StartsAt).ThenBy(x => x.Webinar.Id).Take(Most).AsNoTracking().ToListAsync(cancel);
        return [.. rows.Select(row => (row.Webinar, row.Tag))];
    }

    private byte[] Write(Person person, List<(Webinar Webinar, string Tag)> shown, DateTimeOffset stamp) =>
        writer.Feed(Texts.Shared.For(person.Language)["feed.name"], shown.Select(one => new CalendarEvent
        {
            Uid = one.Webinar.Uid, Sequence = one.Webinar.Sequence, Stamp = stamp, Start = one.Webinar.StartsAt, End = one.Webinar.EndsAt,
            Summary = Webinar.FullTitle(one.Tag, one.Webinar.Title), Description = one.Webinar.Context, Location = one.Webinar.JoinUrl ?? one.Webinar.Location,
            Url = new Uri($"{options.BaseUrl}/webinars/{one.Webinar.Id}/room"), Cancelled = one.Webinar.State == Webinar.Cancelled,
        }));
}
