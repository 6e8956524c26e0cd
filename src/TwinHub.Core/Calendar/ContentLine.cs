namespace TwinHub.Core.Calendar;

/// <summary>One unfolded line: name, parameters, value (RFC 5545, 3.1).</summary>
internal sealed class ContentLine
{
    private readonly Dictionary<string, string> _parameters = new(StringComparer.OrdinalIgnoreCase);

    private ContentLine(string name, string value) => (Name, Value) = (name, value);

    /// <summary>In upper case, without the group that vCard's writers put before it (RFC 6350, 3.3).</summary>
    public string Name { get; }

    /// <summary>As written, escapes included.</summary>
    public string Value { get; }

    /// <summary>How many parameters stand in the line.</summary>
    public int Parameters { get; private init; }

    /// <summary>The line, or null for what has no value at all, as when a client forgets to escape a line end.</summary>
    public static ContentLine? Read(string text)
    {
        // A quotation mark without its partner is a letter.
        var colon = ParameterText.IndexOf(text, ':');
        var quoted = colon >= 0;
        colon = quoted ? colon : text.IndexOf(':', StringComparison.Ordinal);
        if (colon < 0)
        {
            return null;
        }
        var parts = quoted ? ParameterText.Split(text[..colon], ';') : [.. text[..colon].Split(';')];
        var name = parts[0][(parts[0].LastIndexOf('.') + 1)..].Trim().ToUpperInvariant();
        var line = new ContentLine(name, text[(colon + 1)..]) { Parameters = parts.Count - 1 };
        foreach (var part in parts.Skip(1).Take(CalendarLimits.Parameters))
        {
            var pair = part.Split('=', 2);
            line._parameters.TryAdd(pair[0].Trim(), pair.Length > 1 ? pair[1] : "");
        }
        return line;
    }

    /// <summary>A parameter's value, a comma being part of it; null when absent.</summary>
    public string? Parameter(string name) => _parameters.TryGetValue(name, out var written) ? ParameterText.Read(written) : null;

    /// <summary>The first value of a parameter that may have several.</summary>
    public string? FirstOf(string name) =>
        _parameters.TryGetValue(name, out var written) ? ParameterText.Read(ParameterText.Split(written, ',')[0]) : null;
}
