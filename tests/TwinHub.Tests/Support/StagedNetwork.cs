namespace TwinHub.Tests.Support;

/// <summary>A network of its own with groups of two partners and a lead on each side, written straight into the tables.</summary>
/// <param name="Facilitator">Who runs it.</param>
public sealed record StagedNetwork(CoreFixture Core, string Slug, Guid Id, Guid Facilitator)
{
    private static int _made;

    public static async Task<StagedNetwork> Make(CoreFixture core, int groups, string country = "TR", string timeZone = "Europe/Istanbul")
    {
        var slug = $"staged-{Interlocked.Increment(ref _made)}";
        var facilitator = await core.Person($"facilitator@{slug}.example.org");
        var id = await core.Scalar<Guid>("""
            insert into networks (id, slug, template, tag, names, time_zone, created_at) values (gen_random_uuid(), $1, 'hosts', 'STAGED', '{"en":"Staged"}', 'UTC', now()) returning id
            """, slug);
        await core.Execute("insert into network_roles (network_id, person_id, role) values ($1, $2, 'facilitator')", id, facilitator);
        await core.Execute("""
            insert into organisations (id, network_id, kind, names, country, initials, time_zone, created_at, latitude, longitude)
            select gen_random_uuid(), $1, 'municipality', jsonb_build_object('en', side), case side when 'Left' then 'LB' else $2 end, left(side, 1), $3, now(), 34, case side when 'Left' then 35 else 37 end from unnest('{Left,Right}'::text[]) side
            """, id, country, timeZone);
        await core.Execute("""
            with g as (insert into twinning_groups (id, network_id, slug, themes, basis, status, created_at)
                select gen_random_uuid(), $1, $2 || '-' || lpad(n::text, 3, '0'), '{"en":"Markets"}', 'formal', 'active', '2025-01-01' from generate_series(1, $3::int) n returning id, slug),
            c as (insert into channels (id, group_id, name) select gen_random_uuid(), id, 'discussion' from g returning id),
            p as (insert into group_partners (group_id, organisation_id, position, hue)
                select g.id, o.id, case o.initials when 'L' then 0 else 1 end, case o.initials when 'L' then 'cedar' else 'indigo' end from g, organisations o where o.network_id = $1 returning group_id, organisation_id, position),
            q as (insert into people (id, email, name, language, time_zone, created_at)
                select gen_random_uuid(), g.slug || '-' || p.position || '@example.org', 'Lead of ' || g.slug || ' ' || p.position, case p.position when 0 then 'ar' else 'tr' end, $4, now() from p join g on g.id = p.group_id returning id, email)
            insert into memberships (group_id, person_id, organisation_id, roles, since)
            select p.group_id, q.id, p.organisation_id, '{lead}', now() from p join g on g.id = p.group_id join q on q.email = g.slug || '-' || p.position || '@example.org'
            """, id, slug, groups, timeZone);
        return new(core, slug, id, facilitator);
    }

    public string Group(int number) => $"{Slug}-{number:000}";

    public Task<Guid> GroupId(int number) => Core.Scalar<Guid>("select id from twinning_groups where slug = $1", Group(number));

    /// <summary>Somebody of a group writes; null: its first lead.</summary>
    public Task Write(int number, DateTimeOffset at, Guid? author = null) => Core.Execute("""
        insert into messages (id, channel_id, author_id, client_message_id, posted, revision, body, sent_at)
        select gen_random_uuid(), c.id, coalesce($3, (select person_id from memberships m where m.group_id = c.group_id order by person_id limit 1)), gen_random_uuid(), n.next, n.next, 'Well', $2
        from channels c cross join lateral (select coalesce(max(posted), 0) + 1 as next from messages where channel_id = c.id) n where c.group_id = (select id from twinning_groups where slug = $1)
        """, Group(number), at, author is null ? DBNull.Value : author);

    /// <summary>An update whose quarter is the newest that is over, due so many days from a day.</summary>
    public async Task<Guid> Owe(int number, string quarter, DateOnly opens, DateOnly due, bool isIn = false) => await Core.Scalar<Guid>("""
        insert into quarterly_updates (id, group_id, quarter, starts_on, opens_on, due_on, opened_at, changed_at, submitted_at, submitted_by, submitted_via)
        values (gen_random_uuid(), $1, $2, $3, $3, $4, now(), now(), case when $5 then now() end, case when $5 then $6 end, case when $5 then 'page' end) returning id
        """, await GroupId(number), quarter, opens, due, isIn, Facilitator);
}
