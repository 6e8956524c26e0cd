namespace TwinHub.Web.Pages.Facilitate;

/// <summary>
/// The part of the world that holds a network's places, on a drawing of fixed width (Mercator, so that coasts keep their shape).
/// Maps are never mirrored.
/// </summary>
public sealed class MapFrame
{
    public const double Width = 1120;
    private const double Tallest = 0.62, Flattest = 0.42, Margin = 0.14, SmallestSpan = 6, FarthestNorth = 80;

    private readonly double _west, _top, _scale;

    public MapFrame(IReadOnlyCollection<(double Longitude, double Latitude)> places)
    {
        var (west, east) = Span(places.Min(place => place.Longitude), places.Max(place => place.Longitude));
        var (bottom, top) = Span(North(places.Min(place => place.Latitude)), North(places.Max(place => place.Latitude)));
        var (wide, tall) = (Math.Max(east - west, (top - bottom) / Tallest), Math.Max(top - bottom, (east - west) * Flattest));
        (_west, _top, _scale) = ((west + east - wide) / 2, (top + bottom + tall) / 2, Width / wide);
        Height = Math.Round(tall * _scale);
        (West, East, South, Northmost) = (_west, _west + wide, Latitude(_top - tall), Latitude(_top));
    }

    public double Height { get; }
    public double West { get; }
    public double East { get; }
    public double South { get; }
    public double Northmost { get; }

    /// <summary>The coasts are whole in it.</summary>
    public bool HasCoast => West >= Coast.West && East <= Coast.East && South >= Coast.South && Northmost <= Coast.North;

    public (double X, double Y) At((double Longitude, double Latitude) place) => (Svg.Tenth((place.Longitude - _west) * _scale), Svg.Tenth((_top - North(place.Latitude)) * _scale));

    /// <summary>With air round it, and never so small that a street would fill the page.</summary>
    private static (double From, double Until) Span(double from, double until) =>
        Math.Max(until - from, SmallestSpan) * (1 + 2 * Margin) / 2 is var half && (from + until) / 2 is var middle ? (middle - half, middle + half) : default;

    /// <summary>Degrees north as the projection stretches them.</summary>
    private static double North(double latitude) => Math.Log(Math.Tan(Math.PI / 4 + Math.Clamp(latitude, -FarthestNorth, FarthestNorth) * Math.PI / 360)) * 180 / Math.PI;

    private static double Latitude(double north) => (Math.Atan(Math.Exp(north * Math.PI / 180)) - Math.PI / 4) * 360 / Math.PI;
}
