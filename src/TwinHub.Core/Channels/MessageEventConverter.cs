using System.Text.Json;
using System.Text.Json.Serialization;

namespace TwinHub.Core.Channels;

/// <summary>Writes a message by its ready bytes, wherever a serialiser meets one.</summary>
public sealed class MessageEventConverter : JsonConverter<MessageEvent>
{
    public override MessageEvent Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException("Messages are only written.");

    public override void Write(Utf8JsonWriter writer, MessageEvent value, JsonSerializerOptions options) =>
        writer.WriteRawValue(value.Json.Span, skipInputValidation: true);
}
