using TwinHub.Core.Organisations;

namespace TwinHub.Web.Pages.Facilitate;

/// <summary>The places of a map and their names, each where there is room: beside, below or above its place, else not at all.</summary>
internal static class MapLabels
{
    private const int Most = 60;
    private const double Letter = 7.2, Line = 15, Away = 8;

    public static void Draw(Svg svg, IReadOnlyList<Organisation> organisations, MapFrame frame, Reader reader)
    {
        var places = organisations.Select(one => (Name: one.ShortName(reader.Language), At: frame.At((one.Longitude!.Value, one.Latitude!.Value)))).DistinctBy(one => one.Name).ToList();
        var taken = places.Select(place => new Box(place.At.X - 5, place.At.Y - 5, 10, 10)).ToList();
        foreach (var (_, at) in places)
        {
            svg.Add($"<circle class=\"city\" cx=\"{at.X}\" cy=\"{at.Y}\" r=\"3.5\"/>");
        }
        foreach (var (name, at) in places.Take(Most))
        {
            if (Room(name, at, taken, frame) is { } box)
            {
                taken.Add(box);
                // Centred on its box: so no anchor has to be turned round for Arabic.
                svg.Add($"<text class=\"cname\" x=\"{Svg.Tenth(box.X + box.Width / 2)}\" y=\"{Svg.Tenth(box.Y + Line - 4)}\" text-anchor=\"middle\">").Say(name).Add($"</text>");
            }
        }
    }

    private static Box? Room(string name, (double X, double Y) at, List<Box> taken, MapFrame frame)
    {
        var width = name.Length * Letter;
        Box[] boxes = [new(at.X + Away, at.Y - Line / 2, width, Line), new(at.X - Away - width, at.Y - Line / 2, width, Line), new(at.X - width / 2, at.Y - Away - Line, width, Line), new(at.X - width / 2, at.Y + Away, width, Line)];
        return boxes.Where(box => box.X > 0 && box.Y > 0 && box.X + box.Width < MapFrame.Width && box.Y + box.Height < frame.Height && taken.All(other => !box.Meets(other))).Cast<Box?>().FirstOrDefault();
    }

    private readonly record struct Box(double X, double Y, double Width, double Height)
    {
        public bool Meets(Box other) => X < other.X + other.Width && other.X < X + Width && Y < other.Y + other.Height && other.Y < Y + Height;
    }
}
