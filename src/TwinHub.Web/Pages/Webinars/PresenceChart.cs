using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Html;
using TwinHub.Core.Webinars;
using TwinHub.Core.Webinars.Reports;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>
/// People present over time as a drawing: one line, the hours of the reader's clock beneath it, the webinar's own time as a band
/// behind. Time runs as the reader's language does; the numbers stand where the line begins.
/// </summary>
public sealed class PresenceChart : IHtmlContent
{
    private const double Width = 340, Height = 140, Side = 26, Top = 14, Ground = 116;
    private const int MostHours = 5;

    /// <summary>Minutes between two hours on the axis.</summary>
    private static readonly int[] Distances = [5, 10, 15, 30, 60, 120, 180, 360, 720];

    private readonly Reader _reader;
    private readonly string _label;
    private readonly DateTimeOffset _from, _until;
    private readonly int _most;
    private readonly StringBuilder _svg = new();

    public PresenceChart(Attendance attendance, string label, Reader reader)
    {
        var (webinar, steps) = (attendance.View.Webinar, attendance.Steps);
        (_reader, _label, _most) = (reader, label, attendance.Most!.People);
        (_from, _until) = (steps[0].At < webinar.StartsAt ? steps[0].At : webinar.StartsAt, steps[^1].At > webinar.EndsAt ? steps[^1].At : webinar.EndsAt);
        Band(webinar);
        Levels();
        Hours();
        Line(steps);
    }

    public void WriteTo(TextWriter writer, HtmlEncoder encoder)
    {
        writer.Write(Text($"<svg class=\"chart\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\""));
        encoder.Encode(writer, _label);
        writer.Write($"\">{_svg}</svg>");
    }

    private void Band(Webinar webinar)
    {
        var (start, end) = (X(webinar.StartsAt), X(webinar.EndsAt));
        Add($"<rect class=\"band\" x=\"{Math.Min(start, end)}\" y=\"{Top}\" width=\"{Math.Abs(end - start)}\" height=\"{Ground - Top}\"/>");
    }

    private void Levels()
    {
        foreach (var level in new[] { 0, _most >= 6 ? _most / 2 : 0, _most }.Distinct())
        {
            Add($"<path class=\"level\" d=\"M{Across(Side)} {Y(level)}H{Across(Width)}\"/><text x=\"{Across(Side - 6)}\" y=\"{Y(level) + 4}\" text-anchor=\"end\">{level}</text>");
        }
    }

    private void Hours()
    {
        var span = (_until - _from).TotalMinutes;
        var distance = Distances.FirstOrDefault(minutes => span / minutes <= MostHours, Distances[^1]);
        var first = _reader.Local(_from);
        var wait = TimeSpan.FromMinutes(Math.Ceiling(first.TimeOfDay.TotalMinutes / distance) * distance) - first.TimeOfDay;
        for (var at = _from + wait; at <= _until; at = at.AddMinutes(distance))
        {
            Add($"<path class=\"tick\" d=\"M{X(at)} {Ground}v4\"/><text x=\"{Within(X(at))}\" y=\"{Ground + 18}\" text-anchor=\"middle\">{_reader.Clock(at)}</text>");
        }
    }

    private void Line(IReadOnlyList<PresenceStep> steps)
    {
        _svg.Append(Text($"<path class=\"people\" d=\"M{X(_from)} {Y(0)}"));
        foreach (var step in steps)
        {
            _svg.Append(Text($"H{X(step.At)}V{Y(step.People)}"));
        }
        _svg.Append(Text($"H{X(_until)}\"/>"));
    }

    /// <summary>From the side where lines begin.</summary>
    private double X(DateTimeOffset at) => Across(Side + (at - _from) / (_until - _from) * (Width - Side));

    private double Across(double x) => Math.Round(_reader.W.Direction == "rtl" ? Width - x : x, 1);

    /// <summary>The first and the last hour are not cut off.</summary>
    private static double Within(double x) => Math.Clamp(x, 17, Width - 17);

    private double Y(int people) => Math.Round(Ground - (Ground - Top) * people / Math.Max(1.0, _most), 1);

    private void Add(FormattableString svg) => _svg.Append(Text(svg));

    private static string Text(FormattableString svg) => svg.ToString(CultureInfo.InvariantCulture);
}
