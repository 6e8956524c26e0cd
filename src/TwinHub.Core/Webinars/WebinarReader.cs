using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.People;

namespace TwinHub.Core.Webinars;

/// <summary>Reading webinars: who runs one sees everybody who is asked, who is invited sees the webinar and their own answer.</summary>
public sealed class WebinarReader(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    /// <summary>The webinars a person sees, soonest first where they are to come, else newest first; those after a cursor.</summary>
    public async Task<IReadOnlyList<WebinarView>> List(Guid person, WebinarFilter filter, WebinarCursor? after, int limit, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var rows = Filter(db, WebinarAccess.Visible(db, person), filter, clock.GetUtcNow());
        var rest = after is null ? rows
            : filter.Upcoming == true ? rows.Where(w => w.StartsAt > after.StartsAt || (w.StartsAt == after.StartsAt && w.Id > after.Id))
            : rows.Where(w => w.StartsAt < after.StartsAt || (w.StartsAt == after.StartsAt && w.Id < after.Id));
        return await Views(db, person, await Ordered(rest, filter).Take(limit).AsNoTracking().ToListAsync(cancel), cancel);
    }

    /// <summary>One webinar, or not found when it is not the person's to see.</summary>
    public async Task<Outcome<WebinarView>> Find(Guid person, Guid id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var webinar = await WebinarAccess.Visible(db, person).AsNoTracking().SingleOrDefaultAsync(w => w.Id == id, cancel);
        return webinar is null ? Refusal.NotFound : (await Views(db, person, [webinar], cancel))[0];
    }

    /// <summary>Who is invited, for who runs the webinar: by name; those after a cursor.</summary>
    public async Task<Outcome<IReadOnlyList<InvitationView>>> Invitations(Guid person, Guid id, Guid? after, int limit, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await WebinarAccess.Hidden(db, person, id, cancel) is { } refusal)
        {
            return refusal;
        }
        return await Invited(db, db.Invitations.Where(i => i.WebinarId == id && (after == null || i.Id > after)), limit, cancel);
    }

    /// <summary>The person's own invitation; not allowed for who sees the webinar without being asked.</summary>
    public async Task<Outcome<InvitationView>> Mine(Guid person, Guid id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (!await WebinarAccess.Visible(db, person).AnyAsync(w => w.Id == id, cancel))
        {
            return Refusal.NotFound;
        }
        var mine = await Invited(db, db.Invitations.Where(i => i.WebinarId == id && i.PersonId == person), 1, cancel);
        return mine.Count == 0 ? Refusal.NotAllowed : mine[0];
    }

    /// <summary>What happened to the invitations, newest first, for who runs the webinar.</summary>
    public async Task<Outcome<IReadOnlyList<InvitationLogView>>> Log(Guid person, Guid id, int limit, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await WebinarAccess.Hidden(db, person, id, cancel) is { } refusal)
        {
            return refusal;
        }
        var rows = await db.InvitationLog.Where(l => l.WebinarId == id).OrderByDescending(l => l.Id).Take(limit)
            .Select(l => new { Entry = l, Name = db.Invitations.Where(i => i.Id == l.InvitationId).Join(db.People, i => i.PersonId, p => p.Id, (i, p) => p.Name).FirstOrDefault() })
            .AsNoTracking().ToListAsync(cancel);
        return rows.Select(row => new InvitationLogView(row.Entry, row.Name)).ToList();
    }

    /// <summary>The invitation a mailed link is for; not found when the person was taken off or the account is closed.</summary>
    public async Task<Outcome<AnswerPage>> ByLink(string token, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var hash = Secret.Hash(Secret.Answer, token);
        var found = await db.InvitationLinks.Where(l => l.Hash == hash)
            .Join(WebinarAccess.Living(db), l => l.InvitationId, i => i.Id, (l, i) => i)
            .Join(db.People, i => i.PersonId, p => p.Id, (i, p) => new { Invitation = i, Person = p })
            .Join(db.Webinars, x => x.Invitation.WebinarId, w => w.Id, (x, w) => new { x.Invitation, x.Person, Webinar = w })
            .AsNoTracking().SingleOrDefaultAsync(cancel);
        if (found is null)
        {
            return Refusal.NotFound;
        }
        var view = (await Views(db, found.Person.Id, [found.Webinar], cancel))[0];
        return new AnswerPage(view, found.Invitation, found.Person.Name, found.Person.Language, found.Person.TimeZone, found.Webinar.StateAt(clock.GetUtcNow()));
    }

    private static async Task<List<InvitationView>> Invited(TwinHubDb db, IQueryable<Invitation> invitations, int limit, CancellationToken cancel)
    {
        var rows = await (from i in invitations
                          join p in db.People on i.PersonId equals p.Id
                          where i.RemovedAt == null
                          orderby i.Id
                          select new
                          {
                              Invitation = i, Person = p,
                              Organisation = db.OrganisationPeople.Where(op => op.PersonId == p.Id).Join(db.Organisations, op => op.OrganisationId, o => o.Id, (op, o) => new { op.Since, o.Id, o.Names, o.Country })
                                  .OrderBy(o => o.Since).ThenBy(o => o.Id).FirstOrDefault(),
                              Group = db.Groups.Where(g => g.Id == i.GroupId).Select(g => g.Slug).FirstOrDefault(),
                              Mail = db.Emails.Where(e => e.Id == i.EmailId).Select(e => new { e.State, e.LastError }).FirstOrDefault(),
                          }).Take(limit).AsNoTracking().ToListAsync(cancel);
        return [.. rows.Select(row => new InvitationView(row.Invitation, row.Person.Email, row.Person.Name, row.Person.Language, row.Person.TimeZone, row.Person.Guest,
            row.Organisation?.Country, row.Organisation?.Names, row.Group, MailState(row.Mail?.State), row.Mail?.LastError))];
    }

    /// <summary>A mail that goes no more counts as missed; one under way is still queued for who looks.</summary>
    private static string? MailState(string? state) => state switch { "sending" => "queued", "cancelled" => "missed", _ => state };

    private static IQueryable<Webinar> Filter(TwinHubDb db, IQueryable<Webinar> rows, WebinarFilter filter, DateTimeOffset now)
    {
        rows = filter.Network is null ? rows : rows.Where(w => db.Networks.Any(n => n.Id == w.NetworkId && n.Slug == filter.Network));
        rows = filter.Group is null ? rows : rows.Where(w => db.Invitations.Any(i => i.WebinarId == w.Id && i.RemovedAt == null && db.Groups.Any(g => g.Id == i.GroupId && g.Slug == filter.Group)));
        rows = filter.Organiser is null ? rows : rows.Where(w => w.OrganiserId == filter.Organiser);
        rows = filter.From is null ? rows : rows.Where(w => w.EndsAt >= filter.From);
        rows = filter.Until is null ? rows : rows.Where(w => w.StartsAt < filter.Until);
        rows = filter.Text is not { Length: > 0 } text ? rows
            : rows.Where(w => EF.Functions.ILike(w.Title, Like(text), "\\") || EF.Functions.ILike(w.Context, Like(text), "\\") || EF.Functions.ILike(w.Audience, Like(text), "\\"));
        rows = filter.Upcoming switch
        {
            true => rows.Where(w => w.EndsAt > now),
            false => rows.Where(w => w.EndsAt <= now),
            null => rows,
        };
        return filter.State switch
        {
            null => rows,
            "live" => rows.Where(w => w.State == Webinar.Scheduled && w.StartsAt <= now && w.EndsAt > now),
            "ended" => rows.Where(w => w.State == Webinar.Scheduled && w.EndsAt <= now),
            "scheduled" => rows.Where(w => w.State == Webinar.Scheduled && w.StartsAt > now),
            var state => rows.Where(w => w.State == state),
        };
    }

    private static IQueryable<Webinar> Ordered(IQueryable<Webinar> rows, WebinarFilter filter) =>
        filter.Upcoming == true ? rows.OrderBy(w => w.StartsAt).ThenBy(w => w.Id) : rows.OrderByDescending(w => w.StartsAt).ThenByDescending(w => w.Id);

    private static string Like(string text) =>
        $"%{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";

    internal static async Task<List<WebinarView>> Views(TwinHubDb db, Guid person, List<Webinar> webinars, CancellationToken cancel)
    {
        if (webinars.Count == 0)
        {
            return [];
        }
        var ids = webinars.Select(w => w.Id).ToList();
        var (networkIds, organiserIds) = (webinars.Select(w => w.NetworkId).Distinct().ToList(), webinars.Select(w => w.OrganiserId).Distinct().ToList());
        var networks = await db.Networks.Where(n => networkIds.Contains(n.Id)).AsNoTracking().ToDictionaryAsync(n => n.Id, cancel);
        var organisers = await db.People.Where(p => organiserIds.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => new WebinarPerson(p.Id, p.Name, p.TimeZone), cancel);
        var run = await WebinarAccess.RunBy(db, person).Where(w => ids.Contains(w.Id)).Select(w => w.Id).ToListAsync(cancel);
        var mine = await db.Invitations.Where(i => ids.Contains(i.WebinarId) && i.PersonId == person && i.RemovedAt == null).AsNoTracking().ToDictionaryAsync(i => i.WebinarId, cancel);
        var counts = await db.Invitations.Where(i => ids.Contains(i.WebinarId) && i.RemovedAt == null).GroupBy(i => i.WebinarId)
            .Select(g => new { g.Key, All = g.Count(), Accepted = g.Count(i => i.Response == Invitation.Accepted) }).ToDictionaryAsync(c => c.Key, cancel);
        return [.. webinars.Select(w => new WebinarView(w, networks[w.NetworkId], organisers[w.OrganiserId], run.Contains(w.Id), mine.GetValueOrDefault(w.Id),
            counts.GetValueOrDefault(w.Id)?.All ?? 0, counts.GetValueOrDefault(w.Id)?.Accepted ?? 0))];
    }
}
