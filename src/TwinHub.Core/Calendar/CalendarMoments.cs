using System.Globalization;

namespace TwinHub.Core.Calendar;

/// <summary>The instants in one VCALENDAR (RFC 5545, 3.3.5): in UTC, or in a zone the property names.</summary>
internal sealed class CalendarMoments(Component calendar)
{
    private const string Utc = "yyyyMMdd'T'HHmmss'Z'";

    /// <summary>With and without zone, some clients leave the seconds out; a day alone begins at midnight.</summary>
    private static readonly string[] Forms = [Utc, "yyyyMMdd'T'HHmmss", "yyyyMMdd'T'HHmm'Z'", "yyyyMMdd'T'HHmm", "yyyyMMdd"];

    /// <summary>An instant as it is written: in UTC, to the second.</summary>
    public static string Write(DateTimeOffset at) => at.UtcDateTime.ToString(Utc, CultureInfo.InvariantCulture);

    /// <summary>The instant, or null when there is none or its zone is unknown.</summary>
    public DateTimeOffset? Read(ContentLine? line)
    {
        var value = line?.Value.Trim().ToUpperInvariant();
        if (line is null || !DateTime.TryParseExact(value, Forms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local)
            || local.Year is < 1900 or > 9000)
        {
            return null;
        }
        return value!.EndsWith('Z') ? new DateTimeOffset(local, TimeSpan.Zero) : InZone(local, line.Parameter("TZID"));
    }

    /// <summary>A start and a duration (RFC 5545, 3.3.6), or null.</summary>
    public static DateTimeOffset? After(DateTimeOffset? start, string? duration) =>
        duration is null ? null : start + CalendarDuration.Read(duration);

    /// <summary>Names the zone database knows beat the object's own rules, which are often out of date.</summary>
    private DateTimeOffset? InZone(DateTime local, string? id)
    {
        // Google writes floating times and the calendar's zone (X-WR-TIMEZONE) beside them.
        if ((id ?? calendar.Value("X-WR-TIMEZONE")) is not { } name)
        {
            return null;
        }
        var rules = calendar.Children("VTIMEZONE").FirstOrDefault(zone => zone.Value("TZID") == name);
        return (CalendarZones.Find(name) ?? CalendarZones.Find(rules?.Value("X-LIC-LOCATION"))) is { } zone
            ? ZonedTime.Instant(local, zone)
            : ZoneRules.Instant(local, rules);
    }
}
