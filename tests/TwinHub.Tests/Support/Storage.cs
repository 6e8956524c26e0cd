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
}
