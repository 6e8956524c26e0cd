using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.AspNetCore.SignalR;
using TwinHub.Core.Channels;

namespace TwinHub.Realtime;

/// <summary>
/// Makes what the server sends into the bytes of SignalR's JSON protocol, once for all readers. Several invocations may
/// stand in one frame, each ended by the record separator, so a burst costs one write a reader.
/// </summary>
public static class Frames
{
    private const byte RecordSeparator = 0x1e;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private static ReadOnlySpan<byte> PostedHead => "{\"type\":1,\"target\":\"MessagePosted\",\"arguments\":["u8;
    private static ReadOnlySpan<byte> ChangedHead => "{\"type\":1,\"target\":\"MessageChanged\",\"arguments\":["u8;
    private static ReadOnlySpan<byte> Tail => "]}"u8;

    /// <summary>New and changed messages in the order given.</summary>
    public static SerializedHubMessage Messages(IEnumerable<MessageEvent> messages)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        foreach (var message in messages)
        {
            bytes.Write(message.Revision == message.Posted ? PostedHead : ChangedHead);
            bytes.Write(message.Json.Span);
            bytes.Write(Tail);
            bytes.Write([RecordSeparator]);
        }
        return Of(bytes.WrittenMemory);
    }

    /// <summary>Any other event with its one argument.</summary>
    public static SerializedHubMessage Event(string target, object argument)
    {
        var bytes = new ArrayBufferWriter<byte>(256);
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = Json.Encoder }))
        {
            writer.WriteStartObject();
            writer.WriteNumber("type", 1);
            writer.WriteString("target", target);
            writer.WriteStartArray("arguments");
            JsonSerializer.Serialize(writer, argument, Json);
            writer.WriteEndArray();
            writer.WriteEndObject();
        }
        bytes.Write([RecordSeparator]);
        return Of(bytes.WrittenMemory);
    }

    private static SerializedHubMessage Of(ReadOnlyMemory<byte> bytes) => new([new SerializedMessage("json", bytes)]);
}
