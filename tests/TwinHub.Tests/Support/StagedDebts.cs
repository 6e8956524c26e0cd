using TwinHub.Core.Register;

namespace TwinHub.Tests.Support;

/// <summary>What groups of the demo owe, written straight into the tables, due relative to today.</summary>
public static class StagedDebts
{
    /// <summary>The update of the newest quarter that is over.</summary>
    public static async Task<Guid> OweUpdate(this TestHub hub, string slug, int dueInDays)
    {
        var today = DateOnly.FromDateTime(hub.Now().UtcDateTime);
        return await hub.Scalar<Guid>("""
            insert into quarterly_updates (id, group_id, quarter, starts_on, opens_on, due_on, opened_at, changed_at)
            select gen_random_uuid(), id, $2, $3, $4, $5, now(), now() from twinning_groups where slug = $1
            on conflict (group_id, quarter) do update set opens_on = $4, due_on = $5, submitted_at = null, submitted_by = null, submitted_via = null returning id
            """, slug, Quarter.EndedBefore(today, 1).Label, today.AddDays(-120), today.AddDays(dueInDays - 30), today.AddDays(dueInDays));
    }

    /// <summary>A final review.</summary>
    public static async Task<Guid> OweReview(this TestHub hub, string slug, int dueInDays)
    {
        var today = DateOnly.FromDateTime(hub.Now().UtcDateTime);
        return await hub.Scalar<Guid>("insert into milestone_reviews (id, group_id, opens_on, due_on, created_at) select gen_random_uuid(), id, $2, $3, now() from twinning_groups where slug = $1 returning id",
            slug, today.AddDays(dueInDays - 14), today.AddDays(dueInDays));
    }

    /// <summary>A link of one purpose to somebody in a group, as it would be mailed.</summary>
    public static async Task<string> PersonLink(this TestHub hub, string email, string slug, string purpose)
    {
        var token = TwinHub.Core.People.Secret.New();
        await hub.Execute("insert into person_links (hash, person_id, purpose, subject_id, created_at) select $1, p.id, $2, g.id, now() from people p, twinning_groups g where p.email = $3 and g.slug = $4",
            TwinHub.Core.People.Secret.Hash(purpose, token), purpose, email, slug);
        return token;
    }
}
