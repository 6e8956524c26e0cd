namespace TwinHub.Tests.Support;

/// <summary>What is really in the database, whatever the hub says.</summary>
public static class Storage
{
    /// <summary>The messages of a channel after a revision, in order.</summary>
    public static async Task<List<Said>> Stored(this TestHub hub, Guid channel, long after)
    {
        await using var command = hub.Source.CreateCommand("select client_message_id, revision, body from messages where channel_id = $1 and revision > $2 order by revision");
        command.Parameters.AddWithValue(channel);
        command.Parameters.AddWithValue(after);
        await using var row = await command.ExecuteReaderAsync();
        var messages = new List<Said>();
        while (await row.ReadAsync())
        {
            messages.Add(new(row.GetGuid(0), row.GetInt64(1), row.GetString(2)));
        }
        return messages;
    }

    /// <summary>One value.</summary>
    public static async Task<T> Scalar<T>(this TestHub hub, string sql, params object[] values)
    {
        await using var command = hub.Source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>A change behind the hub's back.</summary>
    public static async Task Execute(this TestHub hub, string sql, params object[] values)
    {
        await using var command = hub.Source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.AddWithValue(value);
        }
        await command.ExecuteNonQueryAsync();
    }
}
