using System.Globalization;
using Microsoft.AspNetCore.Html;
using TwinHub.Core.Text;
using TwinHub.Core.Webinars;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>What a time is for those invited, in words.</summary>
public static class OutlookWords
{
    private const int NamedPlaces = 3;

    /// <summary>"Tripoli, Saida, Tyre" or "Gaziantep, Adana, Mersin and 4 more"; those from nowhere known by their zone.</summary>
    public static string Places(AudienceTime time, Words words)
    {
        var names = string.Join(words["list.comma"] + " ", time.Places.Take(NamedPlaces).Select(place => place.In(words.Language)));
        return time.Places.Count switch
        {
            0 => words.ZoneLabel(time.TimeZone),
            > NamedPlaces => words.Count("organiser.places-more", time.Places.Count - NamedPlaces, ("places", names)),
            _ => names,
        };
    }

    /// <summary>"UTC+2", "UTC+5:30".</summary>
    public static string Offset(TimeSpan offset) =>
        offset == TimeSpan.Zero ? "UTC"
        : string.Create(CultureInfo.InvariantCulture, $"UTC{(offset < TimeSpan.Zero ? '−' : '+')}{Math.Abs(offset.Hours)}{(offset.Minutes == 0 ? "" : $":{Math.Abs(offset.Minutes):00}")}");

    public static IHtmlContent Warning(AudienceWarning warning, Words words) => (warning.Kind, warning.Country, warning.Title) switch
    {
        ("weekend", null, _) => words.HtmlCount("organiser.weekend-guests", warning.People, ("day", words.Weekday(warning.Day!.Value))),
        ("weekend", { } country, _) => words.HtmlCount("organiser.weekend", warning.People, ("day", words.Weekday(warning.Day!.Value)), ("country", words.Country(country))),
        ("holiday", { } country, _) => words.HtmlCount(warning.Holiday!.Approximate ? "organiser.holiday-expected" : "organiser.holiday", warning.People,
            ("holiday", warning.Holiday.Names.In(words.Language)), ("country", words.Country(country))),
        ("overlap", _, { } title) => words.HtmlCount("organiser.overlap", warning.People, ("title", title)),
        ("overlap", _, null) => words.HtmlCount("organiser.overlap-hidden", warning.People),
        _ => words.HtmlCount("organiser." + warning.Kind, warning.People),
    };
}
