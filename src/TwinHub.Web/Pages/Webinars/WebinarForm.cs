using System.Globalization;
using TwinHub.Core.Webinars;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>What stands in the schedule form, as it was typed: nothing of it is lost when something is refused.</summary>
public sealed class WebinarForm
{
    /// <summary>How long webinars usually last, in minutes.</summary>
    private static readonly int[] Usual = [30, 45, 60, 75, 90, 120, 150, 180, 240, 360, 480];

    public string? Title { get; set; }

    /// <summary><c>2027-03-29</c>.</summary>
    public string? Day { get; set; }

    /// <summary><c>10:00</c>.</summary>
    public string? Time { get; set; }

    /// <summary>In minutes.</summary>
    public string? Duration { get; set; }

    public string? TimeZone { get; set; }
    public string? Capacity { get; set; }

    /// <summary>One a line.</summary>
    public string? Aims { get; set; }

    public string? Context { get; set; }
    public string? Audience { get; set; }
    public string? Location { get; set; }
    public string? JoinUrl { get; set; }
    public string? Language { get; set; }
    public string? Theme { get; set; }

    /// <summary>A pattern of <see cref="SeriesPlan"/>; empty: it is one webinar.</summary>
    public string? Repeat { get; set; }

    /// <summary>How many of them, as a number.</summary>
    public string? Times { get; set; }

    /// <summary>Null: it is one webinar.</summary>
    public SeriesPlan? Series => string.IsNullOrEmpty(Repeat) ? null : new(Repeat, Number(Times, 0));

    /// <summary>A new form: a Tuesday morning about three weeks ahead, in the organiser's zone.</summary>
    public static WebinarForm New(DateOnly today, string zone) => new()
    {
        Day = today.AddDays(21 - (int)today.DayOfWeek + (int)DayOfWeek.Tuesday).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Time = "10:00", Duration = "90", TimeZone = zone,
    };

    public static WebinarForm Of(Webinar webinar) => new()
    {
        Title = webinar.Title, Day = webinar.StartsLocal.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), Time = webinar.StartsLocal.ToString("HH:mm", CultureInfo.InvariantCulture),
        Duration = webinar.DurationMinutes.ToString(CultureInfo.InvariantCulture), TimeZone = webinar.TimeZone, Capacity = webinar.Capacity?.ToString(CultureInfo.InvariantCulture),
        Aims = string.Join('\n', webinar.Aims), Context = webinar.Context, Audience = webinar.Audience, Location = webinar.Location, JoinUrl = webinar.JoinUrl,
        Language = webinar.Language, Theme = webinar.Theme,
    };

    /// <summary>A field left empty is emptied; what is no number is refused where numbers are.</summary>
    public WebinarInput Input() => new(
        Title ?? "", $"{Day}T{Time}", TimeZone ?? "", Number(Duration, 0), Location ?? "", JoinUrl ?? "", Context ?? "",
        (Aims ?? "").ReplaceLineEndings("\n").Split('\n'), Audience ?? "", string.IsNullOrWhiteSpace(Capacity) ? 0 : Number(Capacity, -1) is var seats && seats != 0 ? seats : -1,
        Language ?? "", Theme ?? "");

    /// <summary>Values of the select for the duration: hours and minutes.</summary>
    public IEnumerable<(string Value, string Text)> Durations() =>
        Usual.Append(Number(Duration, 90)).Where(minutes => minutes is > 0 and <= 1440).Distinct().Order()
            .Select(minutes => (minutes.ToString(CultureInfo.InvariantCulture), $"{minutes / 60}:{minutes % 60:00}"));

    /// <summary>What differs from another state of the form: the label's key, and what stands there.</summary>
    public IEnumerable<(string Key, string? Value)> Differences(WebinarForm other) =>
        Facts().Zip(other.Facts()).Where(pair => Plain(pair.First.Value) != Plain(pair.Second.Value)).Select(pair => pair.Second);

    private IEnumerable<(string Key, string? Value)> Facts() =>
    [
        ("organiser.title", Title), ("organiser.day", Day), ("organiser.starts", Time), ("organiser.lasts", Duration), ("organiser.zone", TimeZone), ("organiser.seats", Capacity),
        ("organiser.aims", Aims), ("organiser.context", Context), ("organiser.audience", Audience), ("organiser.location", Location), ("organiser.link", JoinUrl), ("series.language", Language), ("series.theme", Theme),
    ];

    private static string Plain(string? text) => (text ?? "").ReplaceLineEndings("\n").Trim();

    private static int Number(string? text, int otherwise) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : otherwise;
}
