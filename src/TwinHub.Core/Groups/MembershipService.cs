using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Channels;
using TwinHub.Core.Data;
using TwinHub.Core.Live;
using TwinHub.Core.Networks;
using TwinHub.Core.People;

namespace TwinHub.Core.Groups;

/// <summary>Who belongs to a group: only the network's facilitators change it.</summary>
public sealed class MembershipService(IDbContextFactory<TwinHubDb> dbs, TimeProvider time)
{
    /// <summary>Adds a person of a partner to a group, or changes the roles there.</summary>
    public async Task<Outcome<bool>> Set(Guid actor, string slug, Guid personId, IReadOnlyCollection<string>? roles, CancellationToken cancel)
    {
        if (roles is null || roles.Count == 0 || roles.Any(role => !Membership.AllRoles.Contains(role)))
        {
            return Refusal.Invalid("roles", "error.member.roles");
        }
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var group = await Facilitated(db, actor, slug, cancel);
        if (group.Refusal is { } refusal)
        {
            return refusal;
        }
        if (group.Value.IsClosed)
        {
            return new Refusal(RefusalCode.Closed);
        }
        var organisation = await AnswersFor(db, group.Value.Id, personId, cancel);
        if (organisation is null)
        {
            return await WhyNot(db, group.Value.NetworkId, personId, cancel);
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        string[] distinct = [.. roles.Distinct()];
        await db.Database.ExecuteSqlAsync($"""
            insert into memberships (group_id, person_id, organisation_id, roles, since)
            values ({group.Value.Id}, {personId}, {organisation}, {distinct}, {time.GetUtcNow()})
            on conflict (group_id, person_id) do update set roles = excluded.roles
            """, cancel);
        db.Note(time, actor, "member.set", $"{slug} {personId} {string.Join('+', distinct)}");
        await db.SaveChangesAsync(cancel);
        await db.Tell(new(Notice.AccessChanged, personId.ToString()), cancel);
        await db.Tell(new(Notice.GroupChanged, $"{slug} members {personId}"), cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>
    /// Removes a person from a group. The channels' rows are locked first, so that every message is before or after the
    /// removal, and the notice names the last revision the person may receive. Who loses the last membership is signed out.
    /// </summary>
    public async Task<Outcome<bool>> Remove(Guid actor, string slug, Guid personId, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var group = await Facilitated(db, actor, slug, cancel);
        if (group.Refusal is { } refusal)
        {
            return refusal;
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var channels = await db.Channels.FromSql($"select * from channels where group_id = {group.Value.Id} order by id for update").ToListAsync(cancel);
        if (await db.Memberships.Where(m => m.GroupId == group.Value.Id && m.PersonId == personId).ExecuteDeleteAsync(cancel) == 0)
        {
            return Refusal.NotFound;
        }
        db.Note(time, actor, "member.removed", $"{slug} {personId}");
        await db.SaveChangesAsync(cancel);
        await db.Tell(new(Notice.AccessChanged, personId.ToString()), cancel);
        if (!await db.NetworkRoles.AnyAsync(r => r.NetworkId == group.Value.NetworkId && r.PersonId == personId && r.Role == "facilitator", cancel))
        {
            await Evict(db, channels, slug, personId, "removed", cancel);
        }
        await db.Tell(new(Notice.GroupChanged, $"{slug} members {personId}"), cancel);
        if (!await db.Memberships.AnyAsync(m => m.PersonId == personId, cancel) && !await db.NetworkRoles.AnyAsync(r => r.PersonId == personId, cancel))
        {
            await EndCredentials(db, personId, cancel);
        }
        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>
    /// Closes a person's account: sessions, tokens and connections end within seconds. Only a facilitator of every network
    /// the person belongs to may do it.
    /// </summary>
    public async Task<Outcome<bool>> Disable(Guid actor, Guid personId, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var mine = await db.NetworkRoles.Where(r => r.PersonId == actor && r.Role == "facilitator").Select(r => r.NetworkId).ToListAsync(cancel);
        var theirs = await db.OrganisationPeople.Where(p => p.PersonId == personId)
            .Join(db.Organisations, p => p.OrganisationId, o => o.Id, (p, o) => o.NetworkId).Distinct().ToListAsync(cancel);
        if (!await NetworkService.Visible(db, actor).AnyAsync(n => theirs.Contains(n.Id), cancel))
        {
            return Refusal.NotFound;
        }
        if (personId == actor || !theirs.All(mine.Contains))
        {
            return Refusal.NotAllowed;
        }
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        var groups = await db.Memberships.Where(m => m.PersonId == personId).Join(db.Groups, m => m.GroupId, g => g.Id, (m, g) => new { g.Id, g.Slug }).ToDictionaryAsync(g => g.Id, g => g.Slug, cancel);
        Guid[] groupIds = [.. groups.Keys];
        var channels = await db.Channels.FromSql($"select * from channels where group_id = any({groupIds}) order by id for update").ToListAsync(cancel);
        (await db.People.SingleAsync(p => p.Id == personId, cancel)).Disable(time.GetUtcNow());
        db.Note(time, actor, "person.disabled", personId.ToString());
        await db.SaveChangesAsync(cancel);
        await db.Tell(new(Notice.AccessChanged, personId.ToString()), cancel);
        foreach (var channel in channels)
        {
            await Evict(db, [channel], groups[channel.GroupId], personId, "disabled", cancel);
        }
        await EndCredentials(db, personId, cancel);
        await EndAddresses(db, personId, cancel);
        await transaction.CommitAsync(cancel);
        return true;
    }

    /// <summary>Neither a calendar answers for the person any more, nor does one read what they are invited to.</summary>
    private async Task EndAddresses(TwinHubDb db, Guid personId, CancellationToken cancel)
    {
        DateTimeOffset? now = time.GetUtcNow();
        await db.RsvpAddresses.Where(a => a.PersonId == personId && a.RevokedAt == null).ExecuteUpdateAsync(set => set.SetProperty(a => a.RevokedAt, now), cancel);
        await db.Database.ExecuteSqlAsync($"update calendar_feeds set revoked_at = {now} where person_id = {personId} and revoked_at is null", cancel);
    }

    private static async Task Evict(TwinHubDb db, List<Channel> channels, string slug, Guid personId, string reason, CancellationToken cancel)
    {
        foreach (var channel in channels)
        {
            await db.Tell(new(Notice.Evicted, $"{channel.Id}:{channel.Revision} {personId} {reason} {slug}"), cancel);
        }
    }

    private static async Task EndCredentials(TwinHubDb db, Guid personId, CancellationToken cancel)
    {
        await db.Sessions.Where(s => s.PersonId == personId).ExecuteDeleteAsync(cancel);
        await db.AccessTokens.Where(t => t.PersonId == personId).ExecuteDeleteAsync(cancel);
        await db.SignInLinks.Where(l => l.PersonId == personId).ExecuteDeleteAsync(cancel);
        await db.Tell(new(Notice.CredentialsEnded, personId.ToString()), cancel);
    }

    /// <summary>Not found for who may not see the group, not allowed for who may see but does not facilitate.</summary>
    private static async Task<Outcome<TwinningGroup>> Facilitated(TwinHubDb db, Guid actor, string slug, CancellationToken cancel)
    {
        var group = await GroupService.Visible(db, actor).AsNoTracking().SingleOrDefaultAsync(g => g.Slug == slug, cancel);
        if (group is null)
        {
            return Refusal.NotFound;
        }
        return await db.NetworkRoles.AnyAsync(r => r.NetworkId == group.NetworkId && r.PersonId == actor && r.Role == "facilitator", cancel)
            ? group : Refusal.NotAllowed;
    }

    /// <summary>Why somebody cannot be a member; who is not in the network is not found.</summary>
    private static async Task<Refusal> WhyNot(TwinHubDb db, Guid network, Guid person, CancellationToken cancel)
    {
        var theirs = db.OrganisationPeople.Where(p => p.PersonId == person && db.Organisations.Any(o => o.Id == p.OrganisationId && o.NetworkId == network));
        var found = await db.People.AsNoTracking().SingleOrDefaultAsync(p => p.Id == person && theirs.Any(), cancel);
        return found is null ? Refusal.NotFound : Refusal.Invalid("personId", found.DisabledAt is null ? "error.member.partner" : "error.person.disabled");
    }

    /// <summary>The partner of this group the person belongs to.</summary>
    private static async Task<Guid?> AnswersFor(TwinHubDb db, Guid group, Guid person, CancellationToken cancel) =>
        await db.GroupPartners.Where(p => p.GroupId == group).OrderBy(p => p.Position)
            .Join(db.OrganisationPeople.Where(o => o.PersonId == person && db.People.Any(p => p.Id == person && p.DisabledAt == null)), p => p.OrganisationId, o => o.OrganisationId, (p, o) => (Guid?)o.OrganisationId)
            .FirstOrDefaultAsync(cancel);
}
