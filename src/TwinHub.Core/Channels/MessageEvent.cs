using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace TwinHub.Core.Channels;

/// <summary>A message in the one form in which it travels: live, in catch-up pages and over HTTP (contract, MessagePosted). No field depends on the reader.</summary>
public sealed record MessageEvent(
    Guid ChannelId, long Posted, long Revision, Guid MessageId, Guid ClientMessageId, Guid? ThreadId, MessageAuthor Author,
    string Body, string Html, DateTimeOffset SentAt, DateTimeOffset? EditedAt, bool Deleted,
    IReadOnlyList<MessageReaction> Reactions, IReadOnlyList<MessageAttachment> Attachments)
{
    /// <summary>JSON in UTF-8, made once for all readers.</summary>
    [JsonIgnore]
    public ReadOnlyMemory<byte> Json => _json.IsEmpty ? _json = JsonSerializer.SerializeToUtf8Bytes(this, MessageJson.Default.MessageEvent) : _json;

    private ReadOnlyMemory<byte> _json;
}

/// <summary>Who wrote, and the organisation (its English short name) answered for.</summary>
public sealed record MessageAuthor(Guid Id, string Name, string? Organisation);

/// <summary>An emoji and the people who chose it.</summary>
public sealed record MessageReaction(string Emoji, IReadOnlyList<Guid> People);

/// <summary>A file with a message; size in bytes.</summary>
public sealed record MessageAttachment(Guid Id, string Name, string Type, long Size);

/// <summary>What a client posts. The client's id makes the post repeatable.</summary>
public sealed record MessageDraft(Guid ClientMessageId, string Body);

/// <summary>The acknowledgement of a durable message.</summary>
public sealed record PostedMessage(Guid MessageId, long Revision, DateTimeOffset SentAt)
{
    /// <summary>Whether this answers a repeated post; not on the wire.</summary>
    [JsonIgnore]
    public bool Repeated { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MessageEvent))]
internal sealed partial class MessageJsonContext : JsonSerializerContext;

internal static class MessageJson
{
    /// <summary>Arabic and Turkish letters stay themselves: half the bytes on a weak link. Never written into HTML.</summary>
    public static readonly MessageJsonContext Default = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
