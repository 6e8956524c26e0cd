namespace TwinHub.Load.Servers;

/// <summary>Who wrote a message, as the contract shows it.</summary>
public sealed record Author(string Id, string Name, string Organisation);

/// <summary>The contract's event, property by property in its order, so that every server's JSON has the same bytes. The instants are texts, because their form is copied from a sample of the real hub.</summary>
public sealed record MessagePosted(
    string ChannelId, long Posted, long Revision, string MessageId, string ClientMessageId, string? ThreadId, Author Author,
    string Body, string Html, string SentAt, string? EditedAt, bool Deleted, IReadOnlyList<string> Reactions, IReadOnlyList<string> Attachments);

/// <summary>What a client posts.</summary>
public sealed record NewMessage(string ClientMessageId, string Body);

/// <summary>The answer to a post.</summary>
public sealed record PostAnswer(string MessageId, long Revision, string SentAt);

/// <summary>The answer to a join: the newest 50 messages, oldest first.</summary>
public sealed record JoinAnswer(long Revision, IReadOnlyList<MessagePosted> Messages, bool More);
