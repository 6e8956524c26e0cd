using TwinHub.Core.Documents.Attachments;

namespace TwinHub.Core.Channels;

/// <summary>Talk in a group's channel: one service behind the page, the hub and the API.</summary>
public sealed class ChatService(AppendLog log, MessageReader reader, NewestPages newestPages, ChannelAccessCache access, PostingRate rate, ShownDocuments documents, HubLimits limits)
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
        var files = draft.AttachmentIds ?? [];
        if (files.Count > MessageAttachment.Most || files.Distinct().Count() < files.Count)
        {
            return Refusal.Invalid("attachmentIds", "attachments.too-many");
        }
        var body = MessageText.Clean(draft.Body, limits, mayBeEmpty: files.Count > 0);
        if (body.Refusal is { } refusal)
        {
            return refusal;
        }
        if (!rate.Allows(person))
        {
            return new Refusal(RefusalCode.RateLimited);
        }
        files = await documents.Of(person, channel, files, draft.ClientMessageId, cancel);
        var post = new PendingPost(channel, person, draft.ClientMessageId, body.Value, body.Value.Length == 0 ? "" : MessageHtml.Render(body.Value), files);
        return await log.Append(post, cancel);
    }

    /// <summary>What the person may do here, or not found.</summary>
    public async Task<Outcome<ChannelAccess>> Access(Guid person, Guid channel, CancellationToken cancel) =>
        await access.Find(person, channel, cancel) is { } found ? found : Refusal.NotFound;

    /// <summary>
    /// A page for a client that has applied everything up to <paramref name="after"/>: null gives the newest fifty; a number
    /// at most 500 changes after it; a number above the channel's revision (a restored backup) starts over. The page ends at a
    /// revision at which the person could read for certain: both are asked of the database in one statement, so that nothing
    /// said after a removal can stand on it.
    /// </summary>
    public async Task<Outcome<CatchUp>> CatchUp(Guid person, Guid channel, long? after, CancellationToken cancel)
    {
        if (await access.FindNow(person, channel, cancel) is not { Revision: var revision })
        {
            return Refusal.NotFound;
        }
        if (after is null || after > revision)
        {
            return new CatchUp(revision, await newestPages.Find(channel, revision, cancel), false, after is not null);
        }
        var changes = await reader.Between(channel, after.Value, revision, CatchUpPage + 1, cancel);
        var more = changes.Count > CatchUpPage;
        return new CatchUp(revision, more ? changes[..CatchUpPage] : changes, more, false);
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
}

/// <summary>An answer to Join: the channel's revision, messages in order, whether to call again, whether to start over.</summary>
public sealed record CatchUp(long Revision, IReadOnlyList<MessageEvent> Messages, bool More, bool Reset);
