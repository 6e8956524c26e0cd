using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Webinars.Rooms;

namespace TwinHub.Core.Webinars.Reports;

/// <summary>Reads who was at a webinar from what the room has noted and the organiser has corrected.</summary>
public sealed class AttendanceReader(IDbContextFactory<TwinHubDb> dbs, HubClock clock)
{
    /// <summary>For who runs the webinar; not allowed for who is only invited.</summary>
    public async Task<Outcome<Attendance>> Read(Guid person, Guid id, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (await WebinarAccess.Hidden(db, person, id, cancel) is { } refusal)
        {
            return refusal;
        }
        var webinar = await db.Webinars.AsNoTracking().SingleAsync(w => w.Id == id, cancel);
        var view = (await WebinarReader.Views(db, person, [webinar], cancel))[0];
        var people = await People(db, webinar, cancel);
        var slugs = people.Select(one => one.Group).OfType<string>().Distinct().ToList();
        var groups = await GroupService.Views(db, await db.Groups.Where(g => g.NetworkId == webinar.NetworkId && slugs.Contains(g.Slug)).AsNoTracking().ToListAsync(cancel), cancel);
        return new Attendance(view, [.. people.Where(one => one.Response is not null)], [.. people.Where(one => one.Response is null)],
            groups.ToDictionary(group => group.Group.Slug), Presence.Steps(people.Select(one => one.Presence).OfType<Presence>()));
    }

    private async Task<List<Attendee>> People(TwinHubDb db, Webinar webinar, CancellationToken cancel)
    {
        var (now, closes) = (clock.GetUtcNow(), webinar.EndsAt + RoomAccess.After);
        var visits = (await db.RoomVisits.Where(v => v.WebinarId == webinar.Id).AsNoTracking().ToListAsync(cancel)).ToLookup(v => v.PersonId);
        var invited = await db.Invitations.Where(i => i.WebinarId == webinar.Id && i.RemovedAt == null)
            .Select(i => new { i.PersonId, i.Response, Group = db.Groups.Where(g => g.Id == i.GroupId).Select(g => g.Slug).FirstOrDefault() }).ToDictionaryAsync(i => i.PersonId, cancel);
        var ids = invited.Keys.Union(visits.Select(one => one.Key)).ToList();
        var rows = await db.People.Where(p => ids.Contains(p.Id)).OrderBy(p => p.Name).ThenBy(p => p.Id).Select(p => new
        {
            p.Id, p.Name, p.Email, p.Guest,
            Home = db.OrganisationPeople.Where(op => op.PersonId == p.Id).Join(db.Organisations, op => op.OrganisationId, o => o.Id, (op, o) => new { op.Since, o.Id, o.Names })
                .OrderBy(o => o.Since).ThenBy(o => o.Id).Select(o => o.Names).FirstOrDefault(),
        }).ToListAsync(cancel);
        return [.. rows.Select(p => new Attendee(p.Id, p.Name, p.Email, p.Guest, p.Home, invited.GetValueOrDefault(p.Id)?.Response, invited.GetValueOrDefault(p.Id)?.Group,
            Presence.Of([.. visits[p.Id]], now < closes ? now : closes, now < closes)))];
    }
}
