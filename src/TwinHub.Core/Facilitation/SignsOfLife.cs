using Npgsql;

namespace TwinHub.Core.Facilitation;

/// <summary>
/// What shows that a group lives: messages of its people, updates handed in, answers to reviews, lessons, changes of the plan, documents and
/// and the answer to how it goes. What the network's facilitators write is none: it is they who look for signs.
/// </summary>
internal static class SignsOfLife
{
    public const int Weeks = 12;

    /// <summary>Signs beside messages, of the groups $1.</summary>
    private const string Others = """
        select group_id, submitted_at as at from quarterly_updates where group_id = any($1) and submitted_at is not null
        union all select r.group_id, a.changed_at from review_answers a join milestone_reviews r on r.id = a.review_id where r.group_id = any($1)
        union all select group_id, created_at from lessons where group_id = any($1) and removed_at is null
        union all select group_id, changed_at from activities where group_id = any($1)
        union all select group_id, answered_at from alive_answers where group_id = any($1)
        union all select d.group_id, v.created_at from documents d join document_versions v on v.document_id = d.id
            where d.group_id = any($1) and d.deleted_at is null and v.organisation_id is not null
        union all select d.group_id, c.created_at from documents d join document_comments c on c.document_id = d.id
            where d.group_id = any($1) and d.deleted_at is null and c.deleted_at is null and c.organisation_id is not null
        """;

    private const string ByMembers = """
        left join network_roles r on r.person_id = m.author_id and r.network_id = g.network_id and r.role = 'facilitator'
        """;

    /// <summary>The newest sign of each group; a group without any is missing.</summary>
    public static async Task<Dictionary<Guid, DateTimeOffset>> Last(NpgsqlDataSource source, Guid[] groups, CancellationToken cancel)
    {
        await using var command = source.CreateCommand($"""
            select group_id, max(at) from (
                select c.group_id, l.sent_at as at from channels c join twinning_groups g on g.id = c.group_id
                cross join lateral (select m.sent_at from messages m {ByMembers} where m.channel_id = c.id and not m.deleted and r.person_id is null order by m.posted desc limit 1) l
                where c.group_id = any($1)
                union all {Others}
            ) s group by group_id
            """);
        command.Parameters.AddWithValue(groups);
        await using var row = await command.ExecuteReaderAsync(cancel);
        var last = new Dictionary<Guid, DateTimeOffset>();
        while (await row.ReadAsync(cancel))
        {
            last[row.GetGuid(0)] = row.GetFieldValue<DateTimeOffset>(1);
        }
        return last;
    }

    /// <summary>How many signs each of the last twelve weeks had, the oldest first; weeks end at <paramref name="now"/>.</summary>
    public static async Task<Dictionary<Guid, int[]>> PerWeek(NpgsqlDataSource source, Guid[] groups, DateTimeOffset now, CancellationToken cancel)
    {
        await using var command = source.CreateCommand($"""
            select group_id, week, sum(signs)::int from (
                select c.group_id, m.week, sum(m.signs) as signs from (
                    select m.channel_id, m.author_id, date_bin('7 days', m.sent_at, $2) as week, count(*) as signs from messages m
                    where m.sent_at > $3 and m.sent_at <= $2 and not m.deleted group by 1, 2, 3) m
                join channels c on c.id = m.channel_id join twinning_groups g on g.id = c.group_id {ByMembers}
                where c.group_id = any($1) and r.person_id is null group by 1, 2
                union all
                select o.group_id, date_bin('7 days', o.at, $2), count(*) from ({Others}) o where o.at > $3 and o.at <= $2 group by 1, 2
            ) s group by 1, 2
            """);
        command.Parameters.AddWithValue(groups);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(now.AddDays(-7 * Weeks));
        await using var row = await command.ExecuteReaderAsync(cancel);
        var weeks = new Dictionary<Guid, int[]>();
        while (await row.ReadAsync(cancel))
        {
            // What happened at this very moment begins a thirteenth week: it belongs to the last.
            var week = Math.Clamp(Weeks - (int)Math.Round((now - row.GetFieldValue<DateTimeOffset>(1)).TotalDays / 7), 0, Weeks - 1);
            (weeks.TryGetValue(row.GetGuid(0), out var known) ? known : weeks[row.GetGuid(0)] = new int[Weeks])[week] += row.GetInt32(2);
        }
        return weeks;
    }
}
