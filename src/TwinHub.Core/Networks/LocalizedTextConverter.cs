using System.Text.Json;
using System.Text.Json.Serialization;

namespace TwinHub.Core.Networks;

/// <summary>Reads and writes a text in several languages as a plain object, such as <c>{"en": "Visit", "fr": "Visite"}</c>.</summary>
internal sealed class LocalizedTextConverter : JsonConverter<LocalizedText>
{
    public override LocalizedText Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        new(JsonSerializer.Deserialize<Dictionary<string, string>>(ref reader, options)!);

    public override void Write(Utf8JsonWriter writer, LocalizedText value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value.ByLanguage, options);
}
