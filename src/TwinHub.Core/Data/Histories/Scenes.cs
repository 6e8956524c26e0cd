using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Groups;
using TwinHub.Core.Webinars;

namespace TwinHub.Core.Data.Histories;

/// <summary>Reads the demo as it stands before its history: one query for each kind of row, however many groups.</summary>
internal static class Scenes
{
    public static async Task<List<Scene>> Read(TwinHubDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var networks = await db.Networks.ToDictionaryAsync(n => n.Id, cancel);
        var groups = (await db.Groups.Where(g => g.Status == "active" || g.Status == "paused" || g.Status == "completed").ToListAsync(cancel)).OrderBy(g => g.Slug, StringComparer.Ordinal).ToList();
        var (correspondents, actors) = (await Correspondents.OfRegister(db, [.. groups.Select(g => g.Id)], cancel), await Actors(db, cancel));
        var (talk, webinars) = (await Talk(db, cancel), await Webinars(db, now, cancel));
        var facilitators = (await db.NetworkRoles.Where(r => r.Role == "facilitator").ToListAsync(cancel)).GroupBy(r => r.NetworkId).ToDictionary(r => r.Key, r => r.First().PersonId);
        return [.. groups.Select(group =>
        {
            var network = networks[group.NetworkId];
            var answering = correspondents[group.Id].ToList();
            return new Scene(network, group, DemoStory.Of(group.Slug, network.Slug), [.. answering.Select(one => one.Organisation)], [.. actors[group.Id]], answering,
                [.. talk[group.Id]], [.. webinars[group.Id]], facilitators[network.Id], now);
        })];
    }

    private static async Task<ILookup<Guid, Actor>> Actors(TwinHubDb db, CancellationToken cancel) =>
        (await db.Memberships.Join(db.People, m => m.PersonId, p => p.Id, (m, p) => new { Member = m, Person = p }).ToListAsync(cancel))
            .Where(one => one.Member.Roles.Any(role => role != "observer")).OrderBy(one => one.Person.Email, StringComparer.Ordinal)
            .ToLookup(one => one.Member.GroupId, one => new Actor(one.Person, one.Member.OrganisationId));

    private static async Task<ILookup<Guid, Said>> Talk(TwinHubDb db, CancellationToken cancel) =>
        (await db.Messages.Join(db.Channels, m => m.ChannelId, c => c.Id, (m, c) => new { c.GroupId, m.Id, m.Posted, m.Body, m.SentAt, m.AuthorId, m.OrganisationId }).ToListAsync(cancel))
            .OrderBy(m => m.Posted).ToLookup(m => m.GroupId, m => new Said(m.Id, m.Body ?? "", m.SentAt, m.AuthorId, m.OrganisationId));

    private static async Task<ILookup<Guid, Held>> Webinars(TwinHubDb db, DateTimeOffset now, CancellationToken cancel)
    {
        var came = await db.RoomVisits.Select(v => new { v.WebinarId, v.PersonId }).Distinct().GroupBy(v => v.WebinarId).Select(v => new { v.Key, Count = v.Count() }).ToDictionaryAsync(v => v.Key, v => v.Count, cancel);
        var asked = await db.Webinars.Where(w => w.State == Webinar.Scheduled && w.StartsAt < now)
            .Join(db.Invitations, w => w.Id, i => i.WebinarId, (w, i) => new { w.Id, w.Title, w.StartsAt, i.GroupId }).Distinct().ToListAsync(cancel);
        return asked.Where(w => w.GroupId is not null).ToLookup(w => w.GroupId!.Value, w => new Held(w.Id, w.Title, w.StartsAt, came.GetValueOrDefault(w.Id)));
    }
}
