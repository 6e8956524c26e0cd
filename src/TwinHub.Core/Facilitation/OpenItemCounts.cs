using Npgsql;

namespace TwinHub.Core.Facilitation;

/// <summary>Counts what groups owe, in the database.</summary>
internal static class OpenItemCounts
{
    /// <param name="missedAfter">Days after its due day from which an update or a review counts as missed and is owed no more.</param>
    public static async Task<Dictionary<Guid, OpenItems>> Read(NpgsqlDataSource source, Guid[] groups, DateOnly today, int missedAfter, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("""
            select group_id, sum(updates)::int, sum(reviews)::int, sum(disseminations)::int, sum(activities)::int from (
                select group_id, 1 as updates, 0 as reviews, 0 as disseminations, 0 as activities from quarterly_updates
                    where group_id = any($1) and submitted_at is null and opens_on <= $2 and due_on > $3
                union all select group_id, 0, 1, 0, 0 from milestone_reviews
                    where group_id = any($1) and cancelled_at is null and complete_at is null and concluded_at is null and opens_on <= $2 and due_on > $3
                union all select l.group_id, 0, 0, 1, 0 from disseminations d join lessons l on l.id = d.lesson_id
                    where l.group_id = any($1) and l.removed_at is null and d.done_on is null and d.due_on < $2
                union all select group_id, 0, 0, 0, 1 from activities where group_id = any($1) and state in ('planned', 'begun') and ends_on < $2
            ) owed group by group_id
            """);
        command.Parameters.AddWithValue(groups);
        command.Parameters.AddWithValue(today);
        command.Parameters.AddWithValue(today.AddDays(-missedAfter));
        await using var row = await command.ExecuteReaderAsync(cancel);
        var counts = new Dictionary<Guid, OpenItems>();
        while (await row.ReadAsync(cancel))
        {
            counts[row.GetGuid(0)] = new(row.GetInt32(1), row.GetInt32(2), row.GetInt32(3), row.GetInt32(4));
        }
        return counts;
    }
}
