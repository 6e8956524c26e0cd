using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace TwinHub.Load;

/// <summary>Compares servers' events byte by byte, apart from the characters that no two messages share: ids, numbers, instants.</summary>
public static class EventShape
{
    private static readonly TimeSpan _patience = TimeSpan.FromMilliseconds(200);

    /// <summary>The event object of a record, as a sample for the yardsticks.</summary>
    public static string Event(byte[] record)
    {
        using var document = JsonDocument.Parse(record);
        return document.RootElement.GetProperty("arguments")[0].GetRawText();
    }

    /// <summary>The record with every id's and digit's value, but not its length, taken out; a revision's length goes too.</summary>
    public static string Mask(byte[] record)
    {
        var text = Encoding.UTF8.GetString(record);
        text = Regex.Replace(text, "\"(posted|revision)\":[0-9]+", "\"$1\":0", RegexOptions.NonBacktracking, _patience);
        text = Regex.Replace(text, "\"([a-zA-Z]*[iI]d)\":\"[^\"]*\"", Blank, RegexOptions.NonBacktracking, _patience);
        return Regex.Replace(text, "[0-9]", "0", RegexOptions.NonBacktracking, _patience);
    }

    private static string Blank(Match id)
    {
        var value = id.Value.IndexOf(':', StringComparison.Ordinal) + 2;
        return id.Value[..value] + string.Concat(id.Value[value..].Select(letter => char.IsAsciiLetterOrDigit(letter) ? '0' : letter));
    }
}
