using Microsoft.AspNetCore.Html;
using TwinHub.Core.Facilitation;

namespace TwinHub.Web.Pages.Facilitate;

/// <summary>The small drawings of a row. Time and sides run as the reader's language does; each says in words what it shows.</summary>
public sealed class BoardCharts(Reader reader, Board board)
{
    private const double SparkWidth = 84, SparkHeight = 26;
    private const double BarsWidth = 112, BarStep = 15, LongestBar = 36, WidestUnit = 4.6;
    private const int MostDots = 8;

    private readonly bool _mirrored = reader.W.Direction == "rtl";
    private readonly int _mostGiven = board.Rows.SelectMany(row => row.Tallies).Select(tally => Math.Max(tally.Given, tally.Gained)).DefaultIfEmpty().Max();

    /// <summary>Twelve weeks as a line; all rows share one scale.</summary>
    public IHtmlContent Weeks(BoardRow row)
    {
        double X(int week) => Svg.Tenth(_mirrored ? SparkWidth - 2 - week * 78.0 / 11 : 2 + week * 78.0 / 11);
        double Y(int signs) => Svg.Tenth(23 - 20.0 * signs / board.BusiestWeek);
        var svg = new Svg().Add($"<svg width=\"{SparkWidth}\" height=\"{SparkHeight}\" role=\"img\" aria-label=\"").Say(reader.W.Count("facilitate.weeks-said", row.Weeks.Sum())).Add($"\"><path class=\"spark\" d=\"");
        for (var week = 0; week < row.Weeks.Count; week++)
        {
            svg.Add($"{(week == 0 ? "M" : "L")}{X(week)} {Y(row.Weeks[week])}");
        }
        return svg.Add($"\"/><circle class=\"spark-dot\" cx=\"{X(row.Weeks.Count - 1)}\" cy=\"{Y(row.Weeks[^1])}\" r=\"2.5\"/></svg>");
    }

    /// <summary>Given to one side, gained to the other, with their numbers; two bars a partner, never one score.</summary>
    public IHtmlContent Tallies(BoardRow row)
    {
        var height = 2 + BarStep * row.Tallies.Count;
        var said = string.Join(reader.W["list.comma"] + " ", row.Tallies.Select(tally => reader.W.Say("facilitate.tally-said", ("partner", tally.Partner.Organisation.ShortName(reader.Language)), ("given", tally.Given), ("gained", tally.Gained))));
        var svg = new Svg().Add($"<svg width=\"{BarsWidth}\" height=\"{height}\" role=\"img\" aria-label=\"").Say(said).Add($"\"><path class=\"hair\" d=\"M{BarsWidth / 2} 0V{height}\"/>");
        foreach (var (tally, place) in row.Tallies.Select((tally, place) => (tally, place)))
        {
            svg.Add($"<g class=\"o-{tally.Partner.Hue}\">");
            Bar(svg, tally.Given, place, toStart: true);
            Bar(svg, tally.Gained, place, toStart: false);
            svg.Add($"</g>");
        }
        return svg.Add($"</svg>");
    }

    /// <summary>One dot a person; where there are too many, the words beside it are enough.</summary>
    public IHtmlContent Answers(BoardAnswers answers)
    {
        if (answers.All > MostDots)
        {
            return HtmlString.Empty;
        }
        var (svg, dots) = (new Svg().Add($"<svg width=\"{answers.All * 12 + 2}\" height=\"12\" aria-hidden=\"true\">"), Enumerable.Repeat("f-teal", answers.Yes).Concat(Enumerable.Repeat("f-amber", answers.Maybe))
            .Concat(Enumerable.Repeat("f-line", answers.No)).Concat(Enumerable.Repeat("dot", answers.None)).ToList());
        for (var i = 0; i < dots.Count; i++)
        {
            svg.Add($"<circle class=\"{dots[i]}\" cx=\"{(_mirrored ? answers.All * 12 - 3 - i * 12 : 5 + i * 12)}\" cy=\"6\" r=\"{(dots[i] == "dot" ? 4.0 : 4.5)}\"/>");
        }
        return svg.Add($"</svg>");
    }

    private void Bar(Svg svg, int times, int place, bool toStart)
    {
        var (width, left) = (Svg.Tenth(times * Math.Min(WidestUnit, LongestBar / Math.Max(1, _mostGiven))), toStart != _mirrored);
        var (middle, y) = (BarsWidth / 2, 4 + BarStep * place);
        if (times > 0)
        {
            svg.Add($"<rect class=\"{(toStart ? "f-org" : "f-orgsoft")}\" x=\"{Svg.Tenth(left ? middle - 1 - width : middle + 1)}\" y=\"{y}\" width=\"{width}\" height=\"9\" rx=\"2\"/>");
        }
        svg.Add($"<text direction=\"ltr\" x=\"{Svg.Tenth(left ? middle - 6 - width : middle + 6 + width)}\" y=\"{y + 9}\" text-anchor=\"{(left ? "end" : "start")}\">{times}</text>");
    }
}
