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
    /// <summary>
    /// Planning this statement costs five times as much as running it, so the plan is made once; and because it is made while
    /// the tables may still be empty, it may only use indexes. Held for the writer's connection alone.
    /// </summary>
    private const string PlanOnce = "set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set enable_hashjoin = off; set enable_mergejoin = off";

    /// <summary>How long a batch may take before its connection is taken for dead: nobody waits for its answers any more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private NpgsqlConnection? _connection;
    private NpgsqlBatch? _plain, _withFiles;

    /// <summary>Writes the posts; the answers are durable when this returns. For one caller at a time.</summary>
    public async Task<IReadOnlyList<AppendAnswer>> Run(Guid node, long batch, IReadOnlyList<PendingPost> posts, CancellationToken cancel)
    {
        try
        {
            var hasFiles = posts.Any(post => post.Attachments.Count > 0);
            var prepared = hasFiles ? _withFiles ??= await Prepare(true, cancel) : _plain ??= await Prepare(false, cancel);
            Fill(prepared, posts, $"{Notice.Messages} {node} {batch} ");
            if (hasFiles)
            {
                FillFiles(prepared, posts);
            }
            return await Execute(prepared, posts, cancel);
        }
        catch
        {
            await Close();
            throw;
        }
    }

    public ValueTask DisposeAsync() => Close();

    private async Task<NpgsqlBatch> Prepare(bool withFiles, CancellationToken cancel)
    {
        _connection ??= await Connect(cancel);
        var batch = new NpgsqlBatch(_connection) { Timeout = (int)Patience.TotalSeconds };
        batch.BatchCommands.Add(new(AppendText.LockChannels) { Parameters = { Array(NpgsqlDbType.Uuid) } });
        if (withFiles)
        {
            batch.BatchCommands.Add(new(AppendText.LockFiles) { Parameters = { Array(NpgsqlDbType.Uuid) } });
        }
        batch.BatchCommands.Add(new(AppendText.Append(withFiles))
        {
            Parameters =
            {
                Array(NpgsqlDbType.Integer), Array(NpgsqlDbType.Uuid), Array(NpgsqlDbType.Uuid), Array(NpgsqlDbType.Uuid), Array(NpgsqlDbType.Uuid), Array(NpgsqlDbType.Text),
                new() { NpgsqlDbType = NpgsqlDbType.TimestampTz }, new() { Value = Notice.DatabaseChannel }, new() { NpgsqlDbType = NpgsqlDbType.Text },
            },
        });
        if (withFiles)
        {
            var parameters = batch.BatchCommands[^1].Parameters;
            parameters.Add(Array(NpgsqlDbType.Integer));
            parameters.Add(Array(NpgsqlDbType.Uuid));
            parameters.Add(Array(NpgsqlDbType.Integer));
        }
        await batch.PrepareAsync(cancel);
        return batch;
    }

    private async Task<NpgsqlConnection> Connect(CancellationToken cancel)
    {
        var connection = await source.OpenConnectionAsync(cancel);
        await using var plan = new NpgsqlCommand(PlanOnce, connection);
        await plan.ExecuteNonQueryAsync(cancel);
        return connection;
    }

    private void Fill(NpgsqlBatch batch, IReadOnlyList<PendingPost> posts, string notice)
    {
        batch.BatchCommands[0].Parameters[0].Value = posts.Select(post => post.Channel).Distinct().ToArray();
        var parameters = batch.BatchCommands[^1].Parameters;
        parameters[0].Value = Enumerable.Range(0, posts.Count).ToArray();
        parameters[1].Value = posts.Select(post => post.Channel).ToArray();
        parameters[2].Value = posts.Select(post => post.Author).ToArray();
        parameters[3].Value = posts.Select(post => post.ClientMessageId).ToArray();
        parameters[4].Value = posts.Select(post => post.Id).ToArray();
        parameters[5].Value = posts.Select(post => post.Body).ToArray();
        parameters[6].Value = Microseconds(clock.GetUtcNow());
        parameters[8].Value = notice;
    }

    private static void FillFiles(NpgsqlBatch batch, IReadOnlyList<PendingPost> posts)
    {
        var files = posts.SelectMany((post, ord) => post.Attachments.Select((id, position) => (Ord: ord, Id: id, Position: position))).ToList();
        batch.BatchCommands[1].Parameters[0].Value = files.Select(file => file.Id).Distinct().ToArray();
        var parameters = batch.BatchCommands[^1].Parameters;
        parameters[9].Value = files.Select(file => file.Ord).ToArray();
        parameters[10].Value = files.Select(file => file.Id).ToArray();
        parameters[11].Value = files.Select(file => file.Position).ToArray();
    }

    private static async Task<IReadOnlyList<AppendAnswer>> Execute(NpgsqlBatch batch, IReadOnlyList<PendingPost> posts, CancellationToken cancel)
    {
        await using var reader = await batch.ExecuteReaderAsync(cancel);
        for (var lockCommand = 1; lockCommand < batch.BatchCommands.Count; lockCommand++)
        {
            await reader.NextResultAsync(cancel);
        }
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
        NpgsqlBatch?[] batches = [_plain, _withFiles];
        var connection = _connection;
        (_plain, _withFiles, _connection) = (null, null, null);
        foreach (var batch in batches.OfType<NpgsqlBatch>())
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
            var code = Refusal.FromWire(row.GetString(1))!.Value;
            return new(post, code == RefusalCode.Invalid ? Refusal.Invalid("attachmentIds", "attachments.gone") : new Refusal(code), null);
        }
        var repeated = row.GetBoolean(5);
        var posted = new PostedMessage(row.GetGuid(2), row.GetInt64(3), row.GetFieldValue<DateTimeOffset>(4)) { Repeated = repeated };
        return new(post, posted, repeated ? null : Event(post, posted, row));
    }

    private static MessageEvent Event(PendingPost post, PostedMessage posted, NpgsqlDataReader row) =>
        new(post.Channel, posted.Revision, posted.Revision, posted.MessageId, post.ClientMessageId, null,
            new(post.Author, row.GetString(6), row.IsDBNull(7) ? null : row.GetString(7)),
            post.Body, post.Html, posted.SentAt, null, false, [], post.Attachments.Count == 0 ? [] : MessageAttachment.Read(row.GetString(9)));

    /// <summary>PostgreSQL keeps microseconds: the live event and the stored row must say the same.</summary>
    private static DateTimeOffset Microseconds(DateTimeOffset instant) => instant.AddTicks(-(instant.Ticks % TimeSpan.TicksPerMicrosecond));
}

/// <summary>What became of one post; the event is there when the message is new.</summary>
public sealed record AppendAnswer(PendingPost Post, Outcome<PostedMessage> Outcome, MessageEvent? Event);
