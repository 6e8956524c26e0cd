using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Components;

namespace TwinHub.Web.Emails;

/// <summary>A letter's plain sentences as HTML.</summary>
internal static class LetterMarkup
{
    // The default encoder writes every letter outside Basic Latin as a number: Arabic mails would triple in size.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    /// <summary>One line, encoded. The isolates round its values become bdi elements: old mail clients show the signs as boxes.</summary>
    public static MarkupString Line(string text) => new(Html(text));

    /// <summary>Several lines.</summary>
    public static MarkupString Lines(string text) => new(Html(text.ReplaceLineEndings("\n")).Replace("&#xA;", "<br>", StringComparison.Ordinal));

    private static string Html(string text) => Encoder.Encode(text)
        .Replace("\u2068", "<bdi>", StringComparison.Ordinal).Replace("\u2069", "</bdi>", StringComparison.Ordinal);
}
