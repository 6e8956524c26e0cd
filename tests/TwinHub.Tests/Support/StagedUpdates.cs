using TwinHub.Core.People;

namespace TwinHub.Tests.Support;

/// <summary>Quarterly updates in the demo that stand open whatever day it is.</summary>
public static class StagedUpdates
{
    /// <summary>Opens a group's update, due in ten days, with links as their mails carry them.</summary>
    public static async Task OpenUpdate(this TestHub hub, string slug, string quarter, params (string Email, string Token)[] links)
    {
        await hub.Execute("""
            insert into quarterly_updates (id, group_id, quarter, starts_on, opens_on, due_on, opened_at, changed_at)
            select gen_random_uuid(), id, $2, current_date - 110, current_date - 20, current_date + 10, now(), now() from twinning_groups where slug = $1
            on conflict (group_id, quarter) do update set starts_on = excluded.starts_on, opens_on = excluded.opens_on, due_on = excluded.due_on
            """, slug, quarter);
        foreach (var (email, token) in links)
        {
            await hub.Execute("""
                insert into person_links (hash, person_id, purpose, subject_id, created_at)
                select $1, p.id, 'register', u.id, now() from people p, quarterly_updates u join twinning_groups g on g.id = u.group_id where p.email = $2 and g.slug = $3 and u.quarter = $4
                """, Secret.Hash(Secret.Register, token), email, slug, quarter);
        }
    }
}
