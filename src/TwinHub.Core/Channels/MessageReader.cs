using Npgsql;

namespace TwinHub.Core.Channels;

/// <summary>Reads messages in the form in which they travel. Plain SQL: every join, catch-up and dispatch comes through here.</summary>
public sealed class MessageReader(NpgsqlDataSource source)
{
    private const string Select = $"""
        select m.id, m.posted, m.revision, m.client_message_id, m.body, m.sent_at, m.edited_at, m.deleted, p.id, p.name,
               coalesce(o.city, o.names) ->> 'en',
               case when m.attachments > 0 and not m.deleted then
                   (select json_agg({AttachmentColumns.Object} order by x.position)::text from attachments x {AttachmentColumns.Joins} where x.message_id = m.id) end
        from messages m join people p on p.id = m.author_id left join organisations o on o.id = m.organisation_id
        """;

    /// <summary>Changes after a revision, in order of revision; at most <paramref name="limit"/>.</summary>
    public Task<List<MessageEvent>> After(Guid channel, long revision, int limit, CancellationToken cancel) =>
        Read(channel, $"{Select} where m.channel_id = $1 and m.revision > $2 order by m.revision limit $3", [revision, limit], cancel);

    /// <summary>Changes up to and with a revision, after another, in order; at most <paramref name="limit"/>.</summary>
    public Task<List<MessageEvent>> Between(Guid channel, long after, long upTo, int limit, CancellationToken cancel) =>
        Read(channel, $"{Select} where m.channel_id = $1 and m.revision > $2 and m.revision <= $3 order by m.revision limit $4", [after, upTo, limit], cancel);

    /// <summary>Messages posted before a place, the newest first.</summary>
    public Task<List<MessageEvent>> Before(Guid channel, long posted, int limit, CancellationToken cancel) =>
        Read(channel, $"{Select} where m.channel_id = $1 and m.posted < $2 order by m.posted desc limit $3", [posted, limit], cancel);

    /// <summary>The newest messages of a channel as it stood at a revision, the newest first; what was changed later is left to its event.</summary>
    public Task<List<MessageEvent>> NewestAt(Guid channel, long revision, int limit, CancellationToken cancel) =>
        Read(channel, $"{Select} where m.channel_id = $1 and m.posted <= $2 and m.revision <= $2 order by m.posted desc limit $3", [revision, limit], cancel);

    /// <summary>The channel's revision now.</summary>
    public async Task<long> Revision(Guid channel, CancellationToken cancel)
    {
        await using var command = source.CreateCommand("select revision from channels where id = $1");
        command.Parameters.AddWithValue(channel);
        return await command.ExecuteScalarAsync(cancel) as long? ?? 0;
    }

    /// <summary>One attachment, posted or not.</summary>
    internal async Task<MessageAttachment?> Attachment(Guid id, CancellationToken cancel)
    {
        await using var command = source.CreateCommand($"select json_build_array({AttachmentColumns.Object})::text from attachments x {AttachmentColumns.Joins} where x.id = $1");
        command.Parameters.AddWithValue(id);
        return MessageAttachment.Read(await command.ExecuteScalarAsync(cancel) as string).SingleOrDefault();
    }

    /// <summary>A person's attachments that are in no message yet, in the order asked for.</summary>
    internal async Task<IReadOnlyList<MessageAttachment>> Unposted(Guid person, Guid[] ids, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(
            $"select json_agg({AttachmentColumns.Object} order by array_position($1, x.id))::text from attachments x {AttachmentColumns.Joins} where x.id = any($1) and x.person_id = $2 and x.message_id is null");
        command.Parameters.AddWithValue(ids);
        command.Parameters.AddWithValue(person);
        return MessageAttachment.Read(await command.ExecuteScalarAsync(cancel) as string);
    }

    private async Task<List<MessageEvent>> Read(Guid channel, string sql, long[] numbers, CancellationToken cancel)
    {
        await using var command = source.CreateCommand(sql);
        command.Parameters.AddWithValue(channel);
        foreach (var number in numbers)
        {
            command.Parameters.AddWithValue(number);
        }
        await using var reader = await command.ExecuteReaderAsync(cancel);
        var messages = new List<MessageEvent>();
        while (await reader.ReadAsync(cancel))
        {
            messages.Add(Event(channel, reader));
        }
        return messages;
    }

    private static MessageEvent Event(Guid channel, NpgsqlDataReader row)
    {
        var deleted = row.GetBoolean(7);
        var body = deleted ? "" : row.GetString(4);
        return new(channel, row.GetInt64(1), row.GetInt64(2), row.GetGuid(0), row.GetGuid(3), null,
            new(row.GetGuid(8), row.GetString(9), row.IsDBNull(10) ? null : row.GetString(10)),
            body, body.Length == 0 ? "" : MessageHtml.Render(body), row.GetFieldValue<DateTimeOffset>(5),
            row.IsDBNull(6) ? null : row.GetFieldValue<DateTimeOffset>(6), deleted, [], MessageAttachment.Read(row.IsDBNull(11) ? null : row.GetString(11)));
    }
}
