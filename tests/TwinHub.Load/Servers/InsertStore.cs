using System.Collections.Concurrent;
using Npgsql;

namespace TwinHub.Load.Servers;

/// <summary>One table, one INSERT a message: the store of the second yardstick.</summary>
public sealed class InsertStore(NpgsqlDataSource database, EventTemplate template)
{
    private readonly ConcurrentDictionary<string, InsertRoom> _rooms = new(StringComparer.Ordinal);

    /// <summary>The turn and number of a channel, made when first asked for.</summary>
    public InsertRoom this[string channelId] => _rooms.GetOrAdd(channelId, static _ => new InsertRoom());

    /// <summary>Makes the table anew; whatever an earlier run left is dropped.</summary>
    public async Task Create(CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            drop table if exists bench_message;
            create table bench_message (
                channel_id text not null, revision bigint not null, message_id text not null, client_message_id text not null,
                body text not null, html text not null, sent_at timestamptz not null,
                primary key (channel_id, revision));
            """);
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Stores one message; returns when it is durable.</summary>
    public async Task Insert(MessagePosted message, DateTimeOffset sentAt, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "insert into bench_message (channel_id, revision, message_id, client_message_id, body, html, sent_at) values ($1, $2, $3, $4, $5, $6, $7)");
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = message.ChannelId });
        command.Parameters.Add(new NpgsqlParameter<long> { TypedValue = message.Revision });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = message.MessageId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = message.ClientMessageId });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = message.Body });
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = message.Html });
        command.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = sentAt });
        await command.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The newest 50 messages, oldest first, by one SELECT.</summary>
    public async Task<JoinAnswer> Newest(string channelId, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand("""
            select revision, message_id, client_message_id, body, html, sent_at
            from bench_message where channel_id = $1 order by revision desc limit 50
            """);
        command.Parameters.Add(new NpgsqlParameter<string> { TypedValue = channelId });
        await using var rows = await command.ExecuteReaderAsync(cancellation);
        var newest = new List<MessagePosted>(50);
        while (await rows.ReadAsync(cancellation))
        {
            newest.Add(template.Restore(channelId, rows.GetInt64(0), rows.GetString(1), rows.GetString(2), rows.GetString(3),
                rows.GetString(4), rows.GetFieldValue<DateTimeOffset>(5)));
        }

        newest.Reverse();
        var revision = newest.Count == 0 ? 0 : newest[^1].Revision;
        return new JoinAnswer(revision, newest, revision > newest.Count);
    }
}

/// <summary>A channel's turn: one message at a time, so that the stored order is the order everyone sees.</summary>
public sealed class InsertRoom
{
    /// <summary>Held from numbering a message until its delivery has begun.</summary>
    public SemaphoreSlim Turn { get; } = new(1);

    /// <summary>The last number given; read and written only by the holder of the turn.</summary>
    public long Revision { get; set; }
}
