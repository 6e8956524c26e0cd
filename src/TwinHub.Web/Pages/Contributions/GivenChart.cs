using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using TwinHub.Core.Groups.Contributions;

namespace TwinHub.Web.Pages.Contributions;

/// <summary>
/// What one partner gave and gained, quarter by quarter: given stands above the line, gained hangs below it. Time runs as the
/// reader's language does.
/// </summary>
public sealed class GivenChart : IHtmlContent
{
    private const double Width = 340, Height = 128, Axis = 52, Reach = 36, Bar = 18;

    private readonly Reader _reader;
    private readonly string _label, _hue;
    private readonly int _most;
    private readonly StringBuilder _svg = new();

    /// <param name="most">The longest bar of all partners' charts: one scale for all.</param>
    public GivenChart(IReadOnlyList<(QuarterTallies Quarter, Tally Tally)> quarters, string hue, string label, int most, Reader reader)
    {
        (_reader, _hue, _label, _most) = (reader, hue, label, Math.Max(1, most));
        Add($"<path class=\"level\" d=\"M0 {Axis}H{Width}\"/>");
        for (var i = 0; i < quarters.Count; i++)
        {
            Quarter(quarters[i].Quarter, quarters[i].Tally, (i + .5) * Width / quarters.Count, i == 0);
        }
    }

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        writer.Write(Text($"<svg class=\"chart giving o-{_hue}\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\""));
        encoder.Encode(writer, _label);
        writer.Write($"\">{_svg}</svg>");
    }

    private void Quarter(QuarterTallies quarter, Tally tally, double at, bool first)
    {
        var x = Across(at);
        if (tally.Given > 0)
        {
            Add($"<rect class=\"given\" x=\"{x - Bar / 2}\" y=\"{Axis - Long(tally.Given)}\" width=\"{Bar}\" height=\"{Long(tally.Given)}\"/><text x=\"{x}\" y=\"{Axis - Long(tally.Given) - 4}\" text-anchor=\"middle\">{tally.Given}</text>");
        }
        if (tally.Gained > 0)
        {
            Add($"<rect class=\"gained\" x=\"{x - Bar / 2}\" y=\"{Axis}\" width=\"{Bar}\" height=\"{Long(tally.Gained)}\"/><text x=\"{x}\" y=\"{Axis + Long(tally.Gained) + 12}\" text-anchor=\"middle\">{tally.Gained}</text>");
        }
        var which = quarter.Quarter;
        Add($"<text x=\"{x}\" y=\"{Height - 16}\" text-anchor=\"middle\">{HtmlEncoder.Default.Encode(_reader.W.Say("contributions.q", ("n", which.Number)))}</text>");
        if (first || which.Number == 1)
        {
            Add($"<text x=\"{x}\" y=\"{Height - 3}\" text-anchor=\"middle\">{which.Year}</text>");
        }
    }

    private double Long(int count) => Math.Round(Reach * count / _most, 1);

    private double Across(double x) => Math.Round(_reader.W.Direction == "rtl" ? Width - x : x, 1);

    private void Add(FormattableString svg) => _svg.Append(Text(svg));

    private static string Text(FormattableString svg) => svg.ToString(CultureInfo.InvariantCulture);
}

/// <summary>Given and gained as one pair of bars from a middle line; the numbers stand beside it. The style sheet turns it where lines begin at the right.</summary>
public sealed class GivenBars(Tally tally, int most) : IHtmlContent
{
    private const double Half = 100;

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        var (given, gained) = (Long(tally.Given), Long(tally.Gained));
        writer.Write(string.Create(CultureInfo.InvariantCulture, $"<svg class=\"pair\" viewBox=\"0 0 {2 * Half} 14\" preserveAspectRatio=\"none\" aria-hidden=\"true\"><rect class=\"given\" x=\"{Half - 1 - given}\" width=\"{given}\" height=\"14\"/><rect class=\"gained\" x=\"{Half + 1}\" width=\"{gained}\" height=\"14\"/></svg>"));
    }

    private double Long(int count) => Math.Round((Half - 1) * count / Math.Max(1, most), 1);
}
