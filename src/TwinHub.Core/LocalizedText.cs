using System.Text.Json;

namespace TwinHub.Core;

/// <summary>One short text in several languages (language code to text), such as a city's name.</summary>
public sealed record LocalizedText(IReadOnlyDictionary<string, string> ByLanguage)
{
    /// <summary>The text in the language asked for, else in English, else in any language.</summary>
    public string In(string language) =>
        ByLanguage.TryGetValue(language, out var text) ? text
        : ByLanguage.TryGetValue("en", out var english) ? english
        : ByLanguage.Values.First();

    /// <summary>The same text in every language.</summary>
    public static LocalizedText Same(string text) => new(new Dictionary<string, string> { ["en"] = text });

    public string ToJson() => JsonSerializer.Serialize(ByLanguage);

    public static LocalizedText FromJson(string json) => new(JsonSerializer.Deserialize<Dictionary<string, string>>(json)!);

    public bool Equals(LocalizedText? other) =>
        other is not null && ByLanguage.Count == other.ByLanguage.Count
        && ByLanguage.All(pair => other.ByLanguage.TryGetValue(pair.Key, out var text) && text == pair.Value);

    public override int GetHashCode() => ByLanguage.Count;
}
