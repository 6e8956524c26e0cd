using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;

namespace TwinHub.Core.Text;

/// <summary>Every text of the interface: key, then language, then the sentence. Immutable and safe to share.</summary>
public sealed class Texts
{
    private const string Folder = "text/";
    private static readonly Lazy<Texts> Loaded = new(() => new Texts(Embedded(typeof(Texts).Assembly)));
    private static readonly JsonSerializerOptions Strict = new() { AllowDuplicateProperties = false };

    private readonly FrozenDictionary<string, Words> words;

    /// <summary>Takes the texts by key and language; a key need not have every language (plural forms differ).</summary>
    public Texts(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> all)
    {
        All = all;
        words = Languages.All.ToFrozenDictionary(language => language, language => new Words(language, In(language)));
    }

    /// <summary>The texts embedded in this assembly (Text/Resources), read at the first use.</summary>
    public static Texts Shared => Loaded.Value;

    /// <summary>All texts by key, then by language.</summary>
    public IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> All { get; }

    /// <summary>The texts in one language; an unknown language gives English.</summary>
    public Words For(string language) =>
        words.TryGetValue(language, out var found) ? found : words[Languages.Fallback];

    private FrozenDictionary<string, string> In(string language) => All
        .Where(text => text.Value.ContainsKey(language))
        .ToFrozenDictionary(text => text.Key, text => text.Value[language]);

    private static Dictionary<string, IReadOnlyDictionary<string, string>> Embedded(Assembly assembly)
    {
        var all = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith(Folder, StringComparison.Ordinal)))
        {
            foreach (var (key, languages) in Read(assembly, name))
            {
                if (!all.TryAdd(key, languages.ToFrozenDictionary()))
                {
                    throw new InvalidDataException($"The text \"{key}\" of {name} is already in another file.");
                }
            }
        }

        return all;
    }

    private static Dictionary<string, Dictionary<string, string>> Read(Assembly assembly, string name)
    {
        using var file = assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<Dictionary<string, Dictionary<string, string>>>(file, Strict)
            ?? throw new InvalidDataException($"{name} holds no texts.");
    }
}
