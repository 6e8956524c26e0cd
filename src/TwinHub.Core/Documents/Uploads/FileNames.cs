using System.Globalization;
using System.Text;

namespace TwinHub.Core.Documents.Uploads;

/// <summary>Names people give to files, made harmless for every system they may be taken away to (security.md, Decided).</summary>
public static class FileNames
{
    private const string Forbidden = "/\\:*?\"<>|";
    private static readonly string[] Reserved = ["con", "prn", "aux", "nul", .. Enumerable.Range(1, 9).SelectMany(n => new[] { $"com{n}", $"lpt{n}" })];

    /// <summary>
    /// No controls, no direction marks, no signs of paths, no leading or trailing dots and spaces, no device names; at most
    /// <paramref name="most"/> UTF-16 units with the ending kept. Null where nothing is left.
    /// </summary>
    public static string? Clean(string? name, int most = SharedDocument.MaxName)
    {
        // A path some old browsers send: only its end is a name.
        var last = (name ?? "").Split('/', '\\') is [.., var end] ? end : "";
        var kept = new StringBuilder();
        foreach (var rune in Printable(last).EnumerateRunes())
        {
            kept.Append(rune.IsAscii && Forbidden.Contains((char)rune.Value, StringComparison.Ordinal) ? "_" : rune.ToString());
        }
        var clean = kept.ToString().Trim(' ', '.', '\u00A0');
        if (clean.Length == 0)
        {
            return null;
        }
        var stem = clean.Split('.')[0];
        return Cut(Reserved.Contains(stem.Trim(), StringComparer.OrdinalIgnoreCase) ? "_" + clean : clean, most);
    }

    /// <summary>A name as somebody types it: as <see cref="Clean"/>, but a stroke in it ("1/2") is no path. Null where nothing is left.</summary>
    public static string? Typed(string? name, int most = SharedDocument.MaxName) => Clean(name?.Replace('/', '-').Replace('\\', '-'), most);

    /// <summary>The ending in small letters, without its dot; empty where there is none.</summary>
    public static string Ending(string name) => Path.GetExtension(name) is { Length: > 1 and <= 12 } ending ? ending[1..].ToLowerInvariant() : "";

    /// <summary>What an older version is called where it is taken to: <c>Minutes (v2).docx</c>, with its own file's ending.</summary>
    public static string Versioned(string name, DocumentVersion version) =>
        WithEnding($"{Path.GetFileNameWithoutExtension(name)} (v{version.Number.ToString(CultureInfo.InvariantCulture)})", version.FileName);

    /// <summary>The name with the ending of a file.</summary>
    public static string WithEnding(string stem, string file) => Cut(Ending(file) is { Length: > 0 } ending ? $"{stem}.{ending}" : stem, SharedDocument.MaxName);

    /// <summary>The name with a number before its ending: <c>Minutes (2).docx</c>.</summary>
    public static string Numbered(string name, int number)
    {
        var ending = Ending(name) is { Length: > 0 } found ? name[^(found.Length + 1)..] : "";
        var more = $" ({number.ToString(CultureInfo.InvariantCulture)})";
        return Cut(name[..^ending.Length], SharedDocument.MaxName - ending.Length - more.Length) + more + ending;
    }

    private static string Printable(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]))
            {
                clean.Append(text[i++]).Append(text[i]);
            }
            else if (!char.IsSurrogate(text[i]) && !char.IsControl(text[i]) && !IsDirection(text[i]))
            {
                clean.Append(text[i]);
            }
        }
        return clean.ToString().Normalize(NormalizationForm.FormC);
    }

    private static bool IsDirection(char c) => c is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069') or '\u200E' or '\u200F' or '\u061C' or '\uFEFF' or '\u200B' or '\u2028' or '\u2029';

    private static string Cut(string name, int most)
    {
        if (name.Length <= most)
        {
            return name;
        }
        var ending = Ending(name) is { Length: > 0 } found ? "." + found : "";
        var stem = name[..(most - ending.Length)];
        return (char.IsHighSurrogate(stem[^1]) ? stem[..^1] : stem).TrimEnd() + ending;
    }
}
