using TwinHub.Core.Channels;

namespace TwinHub.Core.Webinars.Reports;

/// <summary>Text of several lines that people write after a webinar; it may be empty.</summary>
internal static class LongText
{
    /// <param name="max">UTF-16 units.</param>
    /// <param name="field">The field a refusal names.</param>
    public static Outcome<string> Clean(string? text, int max, string field)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return "";
        }
        // Messages know the same characters; how long this may be is decided here.
        var clean = MessageText.Clean(text, new HubLimits { Message = int.MaxValue, MessageLines = int.MaxValue });
        return clean.Refusal is { Field: "body", TextKey: "error.message.empty" } ? ""
            : clean.Refusal is { } refusal ? refusal with { Field = field }
            : clean.Value.Length > max ? new Refusal(RefusalCode.TooLong, "report.too-long", field)
            : clean;
    }

    /// <summary>The beginning, cut at the end of a line or word and never inside a character.</summary>
    public static string Beginning(string text, int max)
    {
        if (text.Length <= max)
        {
            return text;
        }
        var cut = text[..(max - 1)];
        var end = cut.LastIndexOf('\n') is var line && line > max / 2 ? line : cut.LastIndexOf(' ');
        var whole = end > max / 2 ? cut[..end] : char.IsHighSurrogate(cut[^1]) ? cut[..^1] : cut;
        return whole.TrimEnd() + "…";
    }
}
