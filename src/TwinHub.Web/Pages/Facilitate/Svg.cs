using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;

namespace TwinHub.Web.Pages.Facilitate;

/// <summary>A drawing being written; texts that people wrote are encoded, numbers stand as machines write them.</summary>
public sealed class Svg : IHtmlContent
{
    private readonly StringBuilder _text = new();

    /// <summary>Adds markup; numbers with at most one decimal.</summary>
    public Svg Add(FormattableString markup)
    {
        _text.Append(markup.ToString(CultureInfo.InvariantCulture));
        return this;
    }

    /// <summary>Adds a text, encoded.</summary>
    public Svg Say(string text)
    {
        _text.Append(HtmlEncoder.Default.Encode(text));
        return this;
    }

    public void WriteTo(TextWriter writer, HtmlEncoder encoder) => writer.Write(_text);

    /// <summary>To a tenth of a unit: finer nobody sees, and each digit is sent.</summary>
    public static double Tenth(double number) => Math.Round(number, 1);
}
