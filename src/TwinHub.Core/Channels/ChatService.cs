using Npgsql;
using TwinHub.Core.Live;

namespace TwinHub.Core.Channels;

/// <summary>Talk in a group's channel: one service behind the page, the hub and the API.</summary>
public sealed class ChatService(AppendLog log, MessageReader reader, ChannelAccessCache access, PostingRate rate, HubLimits limits, NpgsqlDataSource source)
{
    public const int JoinPage = 50;
    public const int CatchUpPage = 500;

    /// <summary>Posts a message; the answer comes after it is durable. The same client id again returns the first answer.</summary>
    public async Task<Outcome<PostedMessage>> Post(Guid person, Guid channel, MessageDraft draft, CancellationToken cancel)
    {
        if (draft.ClientMessageId == Guid.Empty)
        {
            return Refusal.Invalid("clientMessageId");
        }
        var body = MessageText.Clean(draft.Body, limits);
        if (body.Refusal is { } refusal)
        {
            return refusal;
        }
        if (!rate.Allows(person))
        {
            return new Refusal(RefusalCode.RateLimited);
        }
        var post = new PendingPost(channel, person, draft.ClientMessageId, body.Value, MessageHtml.Render(body.Value));
        return await log.Append(post, cancel);
    }

    /// <summary>What the person may do here, or not found.</summary>
    public async Task<Outcome<ChannelAccess>> Access(Guid person, Guid channel, CancellationToken cancel) =>
        await access.Find(person, channel, cancel) is { } found ? found : Refusal.NotFound;

    /// <summary>
    /// A page for a client that has applied everything up to <paramref name="after"/>: null gives the newest fifty; a number
    /// at most 500 changes after it; a number above the channel's revision (a restored backup) starts over.
    /// </summary>
    public async Task<CatchUp> CatchUp(Guid channel, long? after, CancellationToken cancel)
    {
        var revision = await reader.Revision(channel, cancel);
        if (after is null || after > revision)
        {
            var newest = await reader.Before(channel, long.MaxValue, JoinPage, cancel);
            newest.Reverse();
            return new(Math.Max(revision, newest.Count == 0 ? 0 : newest.Max(message => message.Revision)), newest, false, after is not null);
        }
        var changes = await reader.After(channel, after.Value, CatchUpPage + 1, cancel);
        var more = changes.Count > CatchUpPage;
        var page = more ? changes[..CatchUpPage] : changes;
        return new(page.Count == 0 ? revision : Math.Max(revision, page[^1].Revision), page, more, false);
    }

    /// <summary>Messages posted before a place, newest first, and whether there are more.</summary>
    public async Task<(List<MessageEvent> Messages, bool More)> Before(Guid channel, long posted, int limit, CancellationToken cancel)
    {
        var messages = await reader.Before(channel, posted, limit + 1, cancel);
        var more = messages.Count > limit;
        return (more ? messages[..limit] : messages, more);
    }

    /// <summary>Changes after a revision, oldest first, and whether there are more.</summary>
    public async Task<(List<MessageEvent> Messages, bool More)> After(Guid channel, long revision, int limit, CancellationToken cancel)
    {
        var messages = await reader.After(channel, revision, limit + 1, cancel);
        var more = messages.Count > limit;
        return (more ? messages[..limit] : messages, more);
    }

    /// <summary>Moves a person's read position forward, never back, never past the channel; tells the person's other devices.</summary>
    public async Task<Outcome<long>> MarkRead(Guid person, Guid channel, long revision, CancellationToken cancel)
    {
        if (revision < 0)
        {
            return Refusal.Invalid("revision");
        }
        if ((await Access(person, channel, cancel)).Refusal is { } refusal)
        {
            return refusal;
        }
        await using var command = source.CreateCommand("""
            with moved as (
                insert into read_positions as r (channel_id, person_id, revision)
                select c.id, $2, least($3, c.revision) from channels c where c.id = $1
                on conflict (channel_id, person_id) do update set revision = excluded.revision where r.revision < excluded.revision
                returning channel_id, person_id, revision
            )
            select pg_notify($4, $5 || ' ' || channel_id || ' ' || person_id || ' ' || revision || ' ' ||
                (select count(*) from messages m where m.channel_id = $1 and m.posted > moved.revision and m.author_id <> $2 and not m.deleted))
            from moved
            """);
        command.Parameters.AddWithValue(channel);
        command.Parameters.AddWithValue(person);
        command.Parameters.AddWithValue(revision);
        command.Parameters.AddWithValue(Notice.DatabaseChannel);
        command.Parameters.AddWithValue(Notice.ReadMoved);
        await command.ExecuteNonQueryAsync(cancel);
        return revision;
    }

    /// <summary>Tells the others that somebody who may write here is writing.</summary>
    public async Task<Outcome<bool>> Typing(Guid person, Guid channel, CancellationToken cancel)
    {
        var found = await Access(person, channel, cancel);
        if (found.Refusal is { } refusal)
        {
            return refusal;
        }
        if (!found.Value.CanWrite)
        {
            return Refusal.NotAllowed;
        }
        await source.Notify(new(Notice.Typing, $"{channel} {person}"), cancel);
        return true;
    }
}

/// <summary>An answer to Join: the channel's revision, messages in order, whether to call again, whether to start over.</summary>
public sealed record CatchUp(long Revision, IReadOnlyList<MessageEvent> Messages, bool More, bool Reset);
