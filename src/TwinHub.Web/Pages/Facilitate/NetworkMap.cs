using Microsoft.AspNetCore.Html;
using TwinHub.Core.Facilitation;

namespace TwinHub.Web.Pages.Facilitate;

/// <summary>A network as a map: an arc a group between its partners' places. Each arc is a link that says its group and how it stands.</summary>
public static class NetworkMap
{
    private const double Bend = 0.18;
    private const int Grid = 15;

    /// <summary>Null: no group has two partners whose place is known.</summary>
    public static IHtmlContent? Of(Board board, Reader reader)
    {
        var arcs = board.Rows.Select(row => (Row: row, Places: Places(row))).Where(arc => arc.Places.Count > 1).ToList();
        if (arcs.Count == 0)
        {
            return null;
        }
        var frame = new MapFrame([.. arcs.SelectMany(arc => arc.Places)]);
        var svg = new Svg().Add($"<svg class=\"map\" viewBox=\"0 0 {MapFrame.Width} {frame.Height}\" role=\"group\" aria-label=\"").Say(reader.W["facilitate.map"]).Add($"\">");
        Ground(svg, frame, reader);
        // What is late is drawn last and so lies on top.
        foreach (var (row, places) in arcs.OrderBy(arc => arc.Row.IsOverdue))
        {
            Arc(svg, row, places, board, frame, reader);
        }
        MapLabels.Draw(svg, [.. arcs.SelectMany(arc => arc.Row.View.Partners).Select(partner => partner.Organisation).Where(one => one.Latitude is not null).DistinctBy(one => one.Id)], frame, reader);
        return svg.Add($"</svg>");
    }

    private static List<(double Longitude, double Latitude)> Places(BoardRow row) =>
        [.. row.View.Partners.Where(partner => partner.Organisation is { Latitude: not null, Longitude: not null }).Select(partner => (partner.Organisation.Longitude!.Value, partner.Organisation.Latitude!.Value))];

    private static void Ground(Svg svg, MapFrame frame, Reader reader)
    {
        if (!frame.HasCoast)
        {
            Graticule(svg, frame);
            return;
        }
        Shapes(svg, "land", Coast.Land, frame);
        Shapes(svg, "lake", Coast.Lakes, frame);
        var (x, y) = frame.At((32.1, 33.9));
        if (x > 90 && x < MapFrame.Width - 90 && y > 20 && y < frame.Height - 20)
        {
            svg.Add($"<text class=\"region\" x=\"{x}\" y=\"{y}\" text-anchor=\"middle\">").Say(reader.W["facilitate.map.sea"]).Add($"</text>");
        }
    }

    private static void Shapes(Svg svg, string look, IEnumerable<IReadOnlyList<(double, double)>> lines, MapFrame frame)
    {
        svg.Add($"<path class=\"{look}\" d=\"");
        foreach (var line in lines)
        {
            for (var i = 0; i < line.Count; i++)
            {
                var (x, y) = frame.At(line[i]);
                svg.Add($"{(i == 0 ? "M" : "L")}{Math.Round(x)} {Math.Round(y)}");
            }
            svg.Add($"Z");
        }
        svg.Add($"\"/>");
    }

    /// <summary>Where there are no coasts, the lines of the globe say how far apart places are.</summary>
    private static void Graticule(Svg svg, MapFrame frame)
    {
        svg.Add($"<path class=\"hair\" d=\"");
        for (var east = (int)Math.Ceiling(frame.West / Grid) * Grid; east < frame.East; east += Grid)
        {
            svg.Add($"M{frame.At((east, 0)).X} 0V{frame.Height}");
        }
        for (var north = (int)Math.Ceiling(frame.South / Grid) * Grid; north < frame.Northmost; north += Grid)
        {
            svg.Add($"M0 {frame.At((0, north)).Y}H{MapFrame.Width}");
        }
        svg.Add($"\"/>");
    }

    private static void Arc(Svg svg, BoardRow row, List<(double Longitude, double Latitude)> places, Board board, MapFrame frame, Reader reader)
    {
        var state = BoardWords.State(row, board);
        var said = reader.W.Say("facilitate.map.arc", ("group", row.View.Name(reader.Language)), ("state", reader.W["facilitate.map." + state]));
        svg.Add($"<a href=\"/facilitate/{row.View.Group.Slug}\" aria-label=\"").Say(said).Add($"\"><title>").Say(said).Add($"</title>");
        // The wide one is not seen: it is what a finger finds.
        foreach (var look in new[] { "reach", "arc" + (state == "overdue" ? " over" : state == "quiet" ? " quiet" : "") })
        {
            svg.Add($"<path class=\"{look}\" d=\"");
            for (var i = 1; i < places.Count; i++)
            {
                Curve(svg, frame.At(places[i - 1]), frame.At(places[i]));
            }
            svg.Add($"\"/>");
        }
        svg.Add($"</a>");
    }

    private static void Curve(Svg svg, (double X, double Y) from, (double X, double Y) to)
    {
        // Bent to one side, whichever partner comes first, so that two groups between the same coasts do not mirror each other.
        var (a, b) = from.X <= to.X ? (from, to) : (to, from);
        svg.Add($"M{a.X} {a.Y}Q{Svg.Tenth((a.X + b.X) / 2 + (b.Y - a.Y) * Bend)} {Svg.Tenth((a.Y + b.Y) / 2 - (b.X - a.X) * Bend)} {b.X} {b.Y}");
    }
}
