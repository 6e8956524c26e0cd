using System.Text.Json;
using TwinHub.Core.Text;

namespace TwinHub.Core.Register;

/// <summary>How a line of a submitted update is told. The one place for it: pages, exports and programs ask here.</summary>
public static class UpdateLines
{
    /// <summary>What somebody wrote in its place, else what its facts name; null: nothing can be told.</summary>
    public static string? Tell(UpdateItem item, Words words) => item.Text ?? FromFacts(item, words);

    private static string? FromFacts(UpdateItem item, Words words)
    {
        using var facts = JsonDocument.Parse(item.Facts);
        return facts.RootElement.ValueKind != JsonValueKind.Object ? null : facts.RootElement.EnumerateObject()
            .Where(fact => fact.Name is "title" or "text" or "name").Select(fact => In(fact.Value, words.Language)).FirstOrDefault(text => text is { Length: > 0 });
    }

    private static string? In(JsonElement value, string language) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Object when value.TryGetProperty(language, out var text) && text.ValueKind == JsonValueKind.String => text.GetString(),
        _ => null,
    };
}
