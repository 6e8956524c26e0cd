using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace TwinHub.Load.Boards;

/// <summary>What groups have done in five years, on top of <c>bench-data</c>: seeded by the numbers of the rows, so each run sees the same.</summary>
public static class BoardData
{
    private const string Token = "the-facilitator-of-the-bench-is-signed-in";

    private static readonly string[] Statements =
    [
        // The first person runs the network and is in no group of it.
        "delete from memberships where person_id = (select id from people where email = 'person1@bench.example.org')",
        "insert into network_roles (network_id, person_id, role) select n.id, p.id, 'facilitator' from networks n, people p where p.email = 'person1@bench.example.org'",
        "update organisations set latitude = 34, longitude = case initials when 'NO' then 36 else 33 end",
        "update memberships set roles = '{lead,correspondent}'",
        """
        insert into quarterly_updates (id, group_id, quarter, starts_on, opens_on, due_on, summary, opened_at, changed_at, submitted_at, submitted_by, submitted_via)
        select gen_random_uuid(), g.id, to_char(s, 'YYYY') || '-Q' || to_char(s, 'Q'), s::date, (s + interval '3 months')::date, (s + interval '3 months')::date + 30, repeat('What we did together this quarter. ', 8), s + interval '3 months', s + interval '100 days',
            case when hashtext(g.slug || s) % 5 <> 0 then s + interval '100 days' end, case when hashtext(g.slug || s) % 5 <> 0 then m.person_id end, case when hashtext(g.slug || s) % 5 <> 0 then 'page' end
        from twinning_groups g cross join lateral (select person_id from memberships where group_id = g.id order by person_id limit 1) m
        cross join generate_series(date_trunc('quarter', now()) - interval '60 months', date_trunc('quarter', now()) - interval '3 months', interval '3 months') s
        """,
        """
        insert into messages (id, channel_id, author_id, client_message_id, posted, revision, body, sent_at)
        select gen_random_uuid(), c.id, m.person_id, gen_random_uuid(), n, n, 'We have looked at the dates and will write on Monday.', now() - interval '84 days' * (120 - n) / 120
        from generate_series(1, 120) n cross join channels c cross join lateral (select person_id from memberships where group_id = c.group_id order by person_id limit 1) m
        """,
        "update channels set revision = 120",
        "insert into milestone_reviews (id, group_id, opens_on, due_on, created_at) select gen_random_uuid(), id, current_date - 10, current_date + hashtext(slug) % 20 + 20, now() from twinning_groups",
        """
        insert into activities (id, group_id, title, kind, starts_on, ends_on, state, created_by, created_at, changed_at)
        select gen_random_uuid(), g.id, 'Visit ' || n, 'visit', current_date - 60 * n, current_date - 60 * n + 5, 'done', (select id from people limit 1), now() - interval '1 day' * 60 * n, now() - interval '1 day' * 60 * n from twinning_groups g, generate_series(1, 20) n
        """,
        """
        insert into contributions (id, group_id, giver_id, receiver_id, text, happened_on, proposed_at, state, settled_at)
        select gen_random_uuid(), a.group_id, a.organisation_id, b.organisation_id, 'Guidance', current_date, now(), 'confirmed', now() from group_partners a join group_partners b on b.group_id = a.group_id and b.organisation_id <> a.organisation_id, generate_series(1, 10)
        """,
        """
        insert into lessons (id, group_id, kind, text, person_id, happened_at, created_at)
        select gen_random_uuid(), g.id, 'practice', 'Ask the traders first.', (select id from people limit 1), now() - interval '30 days' * n, now() - interval '30 days' * n from twinning_groups g, generate_series(1, 20) n
        """,
        "analyze",
    ];

    /// <returns>The session of the facilitator.</returns>
    public static async Task<string> Fill(NpgsqlDataSource source)
    {
        foreach (var statement in Statements)
        {
            await using var command = source.CreateCommand(statement);
            await command.ExecuteNonQueryAsync();
        }
        return await SignIn(source, "person1@bench.example.org");
    }

    /// <summary>A session of somebody; its token.</summary>
    public static async Task<string> SignIn(NpgsqlDataSource source, string email)
    {
        await using var session = source.CreateCommand("insert into sessions (id, hash, person_id, created_at, last_seen_at, expires_at, device) select gen_random_uuid(), $1, id, now(), now(), now() + interval '1 day', 'bench' from people where email = $2");
        session.Parameters.AddWithValue(SHA256.HashData(Encoding.UTF8.GetBytes("session:" + Token)));
        session.Parameters.AddWithValue(email);
        await session.ExecuteNonQueryAsync();
        return Token;
    }
}
