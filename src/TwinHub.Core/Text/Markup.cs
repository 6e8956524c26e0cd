using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.Html;

namespace TwinHub.Core.Text;

/// <summary>HTML around texts and values.</summary>
internal static class Markup
{
    // The default encoder writes every letter outside Basic Latin as a number: Arabic pages would triple in size.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    public static string Encode(string text) => Encoder.Encode(text);

    /// <summary>A value in a bdi element, so that its direction cannot disturb the sentence around it.</summary>
    public static string Isolate(object? value, Func<object?, string> plain) =>
        $"<bdi>{(value is IHtmlContent html ? Render(html) : Encode(plain(value)))}</bdi>";

    private static string Render(IHtmlContent html)
    {
        using var writer = new StringWriter(CultureInfo.InvariantCulture);
        html.WriteTo(writer, Encoder);
        return writer.ToString();
    }
}
