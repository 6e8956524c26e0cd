using Microsoft.AspNetCore.Html;
using TwinHub.Core.Text;
using TwinHub.Core.Webinars;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>When a webinar takes place by the clocks of one IANA zone.</summary>
public sealed record LocalHours(string Zone, DateTime Start, DateTime End)
{
    public DateOnly Day => DateOnly.FromDateTime(Start);

    public TimeOnly Hour => TimeOnly.FromDateTime(Start);

    public static LocalHours Of(Webinar webinar, string zone)
    {
        var rules = Reader.ZoneOf(zone);
        return new(zone, TimeZoneInfo.ConvertTime(webinar.StartsAt, rules).DateTime, TimeZoneInfo.ConvertTime(webinar.EndsAt, rules).DateTime);
    }

    /// <summary>"11:00–12:30".</summary>
    public IHtmlContent Range(Words words) => words.Html("invitee.hours", ("start", words.Clock(Hour)), ("end", words.Clock(TimeOnly.FromDateTime(End))));

    /// <summary>"Tuesday 10 November, 11:00–12:30", with its year where that is another one.</summary>
    public IHtmlContent When(Words words, DateOnly today) => words.Html("invitee.when",
        ("day", words.DayHeading(Day, today)), ("start", words.Clock(Hour)), ("end", words.Clock(TimeOnly.FromDateTime(End))));
}
