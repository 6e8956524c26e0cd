using Npgsql;
using NpgsqlTypes;
using TwinHub.Core.Live;

namespace TwinHub.Core.Channels;

/// <summary>
/// The append in SQL: one round trip, one implicit transaction. First the channels' rows are locked in order of id; then,
/// with a fresh snapshot, each post is judged, repeats are answered as the first time, what remains is numbered, stored and
/// announced. A refused post fails alone.
/// </summary>
public sealed class AppendStatement(NpgsqlDataSource source, HubClock clock) : IAsyncDisposable
{
    private const string LockChannels = "select id from channels where id = any($1) order by id for update";

    private const string Append = """
        with input as (
            select * from unnest($1::integer[], $2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::text[])
                as t(ord, channel_id, author_id, client_id, message_id, body)
        ), judged as (
            select i.*, c.revision as base, a.organisation_id, old.id as old_id, old.posted as old_posted, old.sent_at as old_sent_at,
                   first_value(i.ord) over (partition by i.channel_id, i.author_id, i.client_id order by i.ord) as first_ord,
                   case when a.group_id is null then 'not_found'
                        when old.id is not null then null
                        when not a.can_write then 'not_allowed'
                        when g.status in ('completed', 'endedEarly') then 'closed' end as refusal
            from input i
            left join channels c on c.id = i.channel_id
            left join lateral channel_access(i.channel_id, i.author_id) a on true
            left join twinning_groups g on g.id = a.group_id
            left join messages old on old.channel_id = i.channel_id and old.author_id = i.author_id and old.client_message_id = i.client_id
        ), counted as (
            select j.*, refusal is null and old_id is null and ord = first_ord as is_new,
                   base + count(*) filter (where refusal is null and old_id is null and ord = first_ord) over (partition by channel_id order by ord) as number
            from judged j
        ), numbered as (
            select n.*, first_value(message_id) over copies as new_id, first_value(number) over copies as new_number
            from counted n window copies as (partition by channel_id, author_id, client_id order by ord)
        ), stored as (
            insert into messages (id, channel_id, author_id, organisation_id, client_message_id, posted, revision, body, sent_at)
            select message_id, channel_id, author_id, organisation_id, client_id, number, number, body, $7 from numbered where is_new
        ), moved as (
            update channels c set revision = n.last
            from (select channel_id, min(number) as first, max(number) as last from numbered where is_new group by channel_id) n
            where c.id = n.channel_id returning c.id, n.first, n.last
        ), announced as (
            select pg_notify($8, $9 || string_agg(id || ':' || first || '-' || last, ' ')) from moved having count(*) > 0
        )
        select n.ord, n.refusal, coalesce(n.old_id, n.new_id), coalesce(n.old_posted, n.new_number), coalesce(n.old_sent_at, $7),
               not n.is_new, p.name, coalesce(o.city, o.names) ->> 'en', (select count(*) from announced)
        from numbered n
        left join people p on p.id = n.author_id
        left join organisations o on o.id = n.organisation_id
        """;

    /// <summary>
    /// Planning this statement costs five times as much as running it, so the plan is made once; and because it is made while
    /// the tables may still be empty, it may only use indexes. Held for the writer's connection alone.
    /// </summary>
    private const string PlanOnce = "set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off";

    /// <summary>How long a batch may take before its connection is taken for dead: nobody waits for its answers any more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private NpgsqlConnection? _connection;
    private NpgsqlBatch? _batch;

    /// <summary>Writes the posts; the answers are durable when this returns. For one caller at a time.</summary>
    public async Task<IReadOnlyList<AppendAnswer>> Run(Guid node, long batch, IReadOnlyList<PendingPost> posts, CancellationToken cancel)
    {
        try
        {
            _batch ??= await Prepare(cancel);
            Fill(_batch, posts, $"{Notice.Messages} {node} {batch} ");
            return await Execute(_batch, posts, cancel);
        }
        catch
        {
            await Close();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Close();

    private async Task<NpgsqlBatch> Prepare(CancellationToken cancel)
    {
        _connection = await source.OpenConnectionAsync(cancel);
        await using (var plan = new NpgsqlCommand(PlanOnce, _connection))
        {
            await plan.ExecuteNonQueryAsync(cancel);
        }
        var batch = new NpgsqlBatch(_connection) { Timeout = (int)Patience.TotalSeconds };
        batch.BatchCommands.Add(new(LockChannels) { Parameters = { Array(NpgsqlDbType.Uuid) } });
        batch.BatchCommands.Add(new(Append)
        {
            Parameters =
            {
                Array(NpgsqlDbType.Integer), Array(NpgsqlDbType.Uuid), Array(NpgsqlDbType.Uuid), Array(NpgsqlDbType.Uuid), Array(NpgsqlDbType.Uuid), Array(NpgsqlDbType.Text),
                new() { NpgsqlDbType = NpgsqlDbType.TimestampTz }, new() { Value = Notice.DatabaseChannel }, new() { NpgsqlDbType = NpgsqlDbType.Text },
            },
        });
        await batch.PrepareAsync(cancel);
        return batch;
    }

    private void Fill(NpgsqlBatch batch, IReadOnlyList<PendingPost> posts, string notice)
    {
        batch.BatchCommands[0].Parameters[0].Value = posts.Select(post => post.Channel).Distinct().ToArray();
        var parameters = batch.BatchCommands[1].Parameters;
        parameters[0].Value = Enumerable.Range(0, posts.Count).ToArray();
        parameters[1].Value = posts.Select(post => post.Channel).ToArray();
        parameters[2].Value = posts.Select(post => post.Author).ToArray();
        parameters[3].Value = posts.Select(post => post.ClientMessageId).ToArray();
        parameters[4].Value = posts.Select(post => post.Id).ToArray();
        parameters[5].Value = posts.Select(post => post.Body).ToArray();
        parameters[6].Value = Microseconds(clock.GetUtcNow());
        parameters[8].Value = notice;
    }

    private static async Task<IReadOnlyList<AppendAnswer>> Execute(NpgsqlBatch batch, IReadOnlyList<PendingPost> posts, CancellationToken cancel)
    {
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        await reader.NextResultAsync(cancel);
        var answers = new List<AppendAnswer>(posts.Count);
        while (await reader.ReadAsync(cancel))
        {
            answers.Add(Answer(posts[reader.GetInt32(0)], reader));
        }
        // Reading on to the end waits for the commit and throws if it failed.
        await reader.NextResultAsync(cancel);
        return answers;
    }

    private static NpgsqlParameter Array(NpgsqlDbType type) => new() { NpgsqlDbType = NpgsqlDbType.Array | type };

    /// <summary>After a fault the writer begins anew; the pool drops a broken connection and resets a sound one.</summary>
    private async ValueTask Close()
    {
        var (batch, connection) = (_batch, _connection);
        (_batch, _connection) = (null, null);
        if (batch is not null)
        {
            await batch.DisposeAsync();
        }
        if (connection is not null)
        {
            await connection.DisposeAsync();
        }
    }

    private static AppendAnswer Answer(PendingPost post, NpgsqlDataReader row)
    {
        if (!row.IsDBNull(1))
        {
            return new(post, new Refusal(Refusal.FromWire(row.GetString(1))!.Value), null);
        }
        var repeated = row.GetBoolean(5);
        var posted = new PostedMessage(row.GetGuid(2), row.GetInt64(3), row.GetFieldValue<DateTimeOffset>(4)) { Repeated = repeated };
        return new(post, posted, repeated ? null : Event(post, posted, row));
    }

    private static MessageEvent Event(PendingPost post, PostedMessage posted, NpgsqlDataReader row) =>
        new(post.Channel, posted.Revision, posted.Revision, posted.MessageId, post.ClientMessageId, null,
            new(post.Author, row.GetString(6), row.IsDBNull(7) ? null : row.GetString(7)),
            post.Body, post.Html, posted.SentAt, null, false, [], []);

    /// <summary>PostgreSQL keeps microseconds: the live event and the stored row must say the same.</summary>
    private static DateTimeOffset Microseconds(DateTimeOffset instant) => instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));
}

/// <summary>What became of one post; the event is there when the message is new.</summary>
public sealed record AppendAnswer(PendingPost Post, Outcome<PostedMessage> Outcome, MessageEvent? Event);
