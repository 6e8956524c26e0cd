using Microsoft.EntityFrameworkCore;
using Npgsql;
using TwinHub.Core.Channels;
using TwinHub.Core.Data;

namespace TwinHub.Core.Groups;

/// <summary>Groups as a person may see them: as a member, or as a facilitator of their network.</summary>
public sealed class GroupService(IDbContextFactory<TwinHubDb> dbs, NpgsqlDataSource source, ChannelAccessCache access)
{
    /// <summary>The groups a person sees, by id; those after a cursor, at most <paramref name="limit"/>.</summary>
    public async Task<List<GroupView>> ForPerson(Guid person, Guid? after, int limit, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var groups = await Visible(db, person).Where(g => after == null || g.Id > after)
            .OrderBy(g => g.Id).Take(limit).AsNoTracking().ToListAsync(cancel);
        return await Views(db, groups, cancel);
    }

    /// <summary>A person's groups for the desk, the newest talk first, at most <paramref name="limit"/>: who facilitates hundreds looks at few at a time.</summary>
    public async Task<List<GroupNews>> News(Guid person, int limit, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            with mine as (
                select c.id, c.group_id, l.author_id, l.body, l.sent_at from channels c
                left join lateral (select author_id, body, sent_at from messages m where m.channel_id = c.id and not m.deleted order by posted desc limit 1) l on true
                where c.group_id in (select group_id from memberships where person_id = $1
                    union select g.id from twinning_groups g join network_roles r on r.network_id = g.network_id where r.person_id = $1 and r.role = 'facilitator')
                order by l.sent_at desc nulls last, c.id limit $2)
            select c.id, c.group_id, exists (select 1 from memberships m where m.group_id = c.group_id and m.person_id = $1),
                   (select count(*) from (select 1 from messages m where m.channel_id = c.id and m.posted > coalesce(r.revision, 0)
                       and m.author_id <> $1 and not m.deleted limit 100) u),
                   p.id, p.name, c.body, c.sent_at
            from mine c
            left join read_positions r on r.channel_id = c.id and r.person_id = $1
            left join people p on p.id = c.author_id
            order by c.sent_at desc nulls last, c.id
            """);
        command.Parameters.AddWithValue(person);
        command.Parameters.AddWithValue(limit);
        var rows = new List<(Guid Group, Func<GroupView, GroupNews> News)>();
        await using (var row = await command.ExecuteReaderAsync(cancel))
        {
            while (await row.ReadAsync(cancel))
            {
                var last = row.IsDBNull(4) ? null : new LastMessage(row.GetGuid(4), row.GetString(5), row.GetString(6), row.GetFieldValue<DateTimeOffset>(7));
                var (isMember, unread) = (row.GetBoolean(2), row.GetInt32(3));
                rows.Add((row.GetGuid(1), view => new(view, isMember, unread, last)));
            }
        }
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var ids = rows.Select(row => row.Group).ToList();
        var views = (await Views(db, await db.Groups.Where(g => ids.Contains(g.Id)).AsNoTracking().ToListAsync(cancel), cancel)).ToDictionary(view => view.Group.Id);
        return [.. rows.Select(row => row.News(views[row.Group]))];
    }

    /// <summary>One group with its members, or not found when it is not the person's to see.</summary>
    public async Task<Outcome<GroupDetails>> Find(Guid person, string slug, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var group = await Visible(db, person).AsNoTracking().SingleOrDefaultAsync(g => g.Slug == slug, cancel);
        if (group is null)
        {
            return Refusal.NotFound;
        }
        var view = (await Views(db, [group], cancel))[0];
        if (await access.Find(person, view.Talk.Id, cancel) is not { } may)
        {
            return Refusal.NotFound;
        }
        var read = await db.ReadPositions.Where(r => r.ChannelId == view.Talk.Id && r.PersonId == person).Select(r => (long?)r.Revision).SingleOrDefaultAsync(cancel);
        var facilitators = await db.NetworkRoles.Where(r => r.NetworkId == group.NetworkId && r.Role == "facilitator")
            .Join(db.People, r => r.PersonId, p => p.Id, (r, p) => new { p.Id, p.Name, p.DisabledAt }).Where(p => p.DisabledAt == null).OrderBy(p => p.Name).ToListAsync(cancel);
        return new GroupDetails(view, may, await Members(db, group.Id, cancel), [.. facilitators.Select(f => (f.Id, f.Name))], read ?? 0);
    }

    private static async Task<List<MemberView>> Members(TwinHubDb db, Guid group, CancellationToken cancel)
    {
        var online = await db.Set<PresenceRow>().Select(p => p.PersonId).Distinct()
            .Where(id => db.Memberships.Any(m => m.GroupId == group && m.PersonId == id)).ToListAsync(cancel);
        var members = await db.Memberships.Where(m => m.GroupId == group)
            .Join(db.People, m => m.PersonId, p => p.Id, (m, p) => new { p.Id, p.Name, p.Email, m.OrganisationId, m.Roles })
            .OrderBy(m => m.Name).ToListAsync(cancel);
        return [.. members.Select(m => new MemberView(m.Id, m.Name, m.Email, m.OrganisationId, m.Roles, online.Contains(m.Id)))];
    }

    internal static IQueryable<TwinningGroup> Visible(TwinHubDb db, Guid person) => db.Groups.Where(g =>
        db.Memberships.Any(m => m.GroupId == g.Id && m.PersonId == person)
        || db.NetworkRoles.Any(r => r.NetworkId == g.NetworkId && r.PersonId == person && r.Role == "facilitator"));

    internal static async Task<List<GroupView>> Views(TwinHubDb db, List<TwinningGroup> groups, CancellationToken cancel)
    {
        var (ids, networkIds) = (groups.Select(g => g.Id).ToList(), groups.Select(g => g.NetworkId).Distinct().ToList());
        var networks = await db.Networks.Where(n => networkIds.Contains(n.Id)).AsNoTracking().ToDictionaryAsync(n => n.Id, cancel);
        var partners = (await db.GroupPartners.Where(p => ids.Contains(p.GroupId)).OrderBy(p => p.Position)
            .Join(db.Organisations, p => p.OrganisationId, o => o.Id, (p, o) => new { p.GroupId, o, p.Hue, p.Position })
            .AsNoTracking().ToListAsync(cancel)).OrderBy(p => p.Position).ToLookup(p => p.GroupId, p => new PartnerView(p.o, p.Hue));
        var channels = (await db.Channels.Where(c => ids.Contains(c.GroupId)).OrderBy(c => c.Id).AsNoTracking().ToListAsync(cancel)).ToLookup(c => c.GroupId);
        return [.. groups.Select(g => new GroupView(g, networks[g.NetworkId], [.. partners[g.Id]], [.. channels[g.Id]]))];
    }
}
