using System.Globalization;

namespace TwinHub.Load;

/// <summary>What the bench cannot do because it was called wrongly or its surroundings lack something; the message is for the terminal.</summary>
public sealed class BenchException(string message) : Exception(message);

/// <summary>The command line after the command: <c>--name value</c> pairs, <c>--flag</c>s and bare words.</summary>
public sealed class Arguments
{
    private readonly Dictionary<string, string> _named = new(StringComparer.Ordinal);

    /// <summary>Reads the words; a name followed by another name, or by nothing, is a flag.</summary>
    public Arguments(IEnumerable<string> words)
    {
        var bare = new List<string>();
        string? name = null;
        foreach (var word in words)
        {
            if (word.StartsWith("--", StringComparison.Ordinal))
            {
                _named[name = word[2..]] = "";
            }
            else if (name is not null)
            {
                _named[name] = word;
                name = null;
            }
            else
            {
                bare.Add(word);
            }
        }

        Words = bare;
    }

    /// <summary>The words that belong to no name, in order.</summary>
    public IReadOnlyList<string> Words { get; }

    /// <summary>Whether the flag was given.</summary>
    public bool Has(string name) => _named.ContainsKey(name);

    /// <summary>The value of a name, or null where it was not given.</summary>
    public string? Find(string name) => _named.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    /// <summary>The value of a name; a <see cref="BenchException"/> where it is missing.</summary>
    public string Get(string name) => Find(name) ?? throw new BenchException($"--{name} is missing.");

    /// <summary>A whole number of at least 0; a <see cref="BenchException"/> where it is none.</summary>
    public int Number(string name, int otherwise)
    {
        if (Find(name) is not { } text)
        {
            return otherwise;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new BenchException($"--{name} wants a whole number, not {text}.");
    }
}
