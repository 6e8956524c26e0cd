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

/// <summary>A file with a message.</summary>
/// <param name="Type">Media type by content.</param>
/// <param name="Size">Bytes.</param>
/// <param name="Width">Pixels of a picture as it is shown; null where it is none, or not looked at yet.</param>
/// <param name="Height">As the width.</param>
/// <param name="DocumentId">The document it shows or was made into; null: none, or none that is there any more.</param>
/// <param name="Version">The version it shows; null: the file has come with the message.</param>
public sealed record MessageAttachment(Guid Id, string Name, string Type, long Size, int? Width = null, int? Height = null, Guid? DocumentId = null, int? Version = null)
{
    /// <summary>Files one message may carry.</summary>
    public const int Most = 10;

    /// <summary>Reads what <see cref="AttachmentColumns"/> wrote; null: none.</summary>
    internal static IReadOnlyList<MessageAttachment> Read(string? json) =>
        json is null ? [] : JsonSerializer.Deserialize(json, MessageJson.Default.ListMessageAttachment) ?? [];
}

/// <summary>What a client posts. The client's id makes the post repeatable.</summary>
/// <param name="AttachmentIds">At most <see cref="MessageAttachment.Most"/>, the author's own, of this group, in order; a body may then be empty.</param>
public sealed record MessageDraft(Guid ClientMessageId, string Body, IReadOnlyList<Guid>? AttachmentIds = null);

/// <summary>The acknowledgement of a durable message.</summary>
public sealed record PostedMessage(Guid MessageId, long Revision, DateTimeOffset SentAt)
{
    /// <summary>Whether this answers a repeated post; not on the wire.</summary>
    [JsonIgnore]
    public bool Repeated { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(MessageEvent))]
[JsonSerializable(typeof(List<MessageAttachment>))]
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
