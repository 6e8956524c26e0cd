using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Live;

namespace TwinHub.Core.Channels;

/// <summary>
/// A message that looks different from now on takes its channel's next number, in the transaction of the change; readers get it
/// as <c>MessageChanged</c>.
/// </summary>
internal static class ChangedMessage
{
    /// <summary>No node wrote this from memory: every one reads it.</summary>
    private static readonly string Nobody = $"{Guid.Empty} 0";

    public static async Task Move(TwinHubDb db, Guid message, CancellationToken cancel)
    {
        var moved = await db.Database.SqlQuery<MovedChannel>($"""
            update channels c set revision = c.revision + 1 from messages m where m.id = {message} and c.id = m.channel_id
            returning c.id as "Id", c.revision as "Revision"
            """).ToListAsync(cancel);
        foreach (var (channel, revision) in moved)
        {
            await db.Database.ExecuteSqlAsync($"update messages set revision = {revision} where id = {message}", cancel);
            await db.Tell(new(Notice.Messages, $"{Nobody} {channel}:{revision}-{revision}"), cancel);
        }
    }

    private sealed record MovedChannel(Guid Id, long Revision);
}
