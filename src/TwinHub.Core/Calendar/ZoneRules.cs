using System.Globalization;

namespace TwinHub.Core.Calendar;

/// <summary>
/// A VTIMEZONE of the sender's own making (RFC 5545, 3.6.5), as Outlook writes for "Customized Time Zone": a standard and a
/// daylight part, each beginning on one day or yearly on such as the last Sunday of a month.
/// </summary>
internal static class ZoneRules
{
    /// <summary>The instant of a local time by the rules, or null where they say nothing.</summary>
    public static DateTimeOffset? Instant(DateTime local, Component? zone)
    {
        var parts = (zone?.Children("STANDARD") ?? []).Concat(zone?.Children("DAYLIGHT") ?? []);
        var changes = parts.SelectMany(part => Changes(part, local.Year)).Where(change => change.At <= local).ToList();
        return changes.Count == 0 ? null : new DateTimeOffset(DateTime.SpecifyKind(local, DateTimeKind.Unspecified), changes.MaxBy(change => change.At).Offset);
    }

    /// <summary>The local times from which a part holds, those of the year and of the year before.</summary>
    private static IEnumerable<(DateTime At, TimeSpan Offset)> Changes(Component part, int year)
    {
        if (!DateTime.TryParseExact(part.Value("DTSTART"), "yyyyMMdd'T'HHmmss", CultureInfo.InvariantCulture, DateTimeStyles.None, out var start)
            || start.Year > year || Offset(part.Value("TZOFFSETTO")) is not { } to)
        {
            yield break;
        }
        // A time that the clock jumps over still counts with the offset before the jump.
        var jump = Offset(part.Value("TZOFFSETFROM")) is { } from && to > from ? to - from : TimeSpan.Zero;
        foreach (var day in part.Value("RRULE") is { } rule ? Yearly(rule, start, year) : [start.Date])
        {
            yield return (day + start.TimeOfDay + jump, to);
        }
    }

    private static IEnumerable<DateTime> Yearly(string rule, DateTime start, int year)
    {
        var parts = rule.ToUpperInvariant().Split(';').Select(part => part.Split('=', 2)).Where(pair => pair.Length == 2).ToLookup(pair => pair[0], pair => pair[1]);
        var month = int.TryParse(parts["BYMONTH"].FirstOrDefault(), NumberStyles.None, CultureInfo.InvariantCulture, out var given) && given is >= 1 and <= 12
            ? given
            : start.Month;
        return new[] { year - 1, year }.Where(candidate => candidate >= start.Year).Select(candidate => DayOf(candidate, month, parts["BYDAY"].FirstOrDefault(), start.Day));
    }

    /// <summary>Such as <c>-1SU</c>: the last Sunday; <c>2MO</c>: the second Monday. Without one, the day of the month.</summary>
    private static DateTime DayOf(int year, int month, string? which, int day)
    {
        var days = Enumerable.Range(1, DateTime.DaysInMonth(year, month)).Select(number => new DateTime(year, month, number));
        if (which is not { Length: > 2 } || !int.TryParse(which[..^2], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var count))
        {
            return days.LastOrDefault(date => date.Day <= day);
        }
        var named = days.Where(date => date.DayOfWeek.ToString().StartsWith(which[^2..], StringComparison.OrdinalIgnoreCase)).ToList();
        var index = count < 0 ? named.Count + count : count - 1;
        return named.ElementAtOrDefault(index) is var found && found != default ? found : days.First();
    }

    /// <summary>Such as <c>+0300</c> (RFC 5545, 3.3.14), at most 14 hours.</summary>
    private static TimeSpan? Offset(string? text)
    {
        if (text is not { Length: 5 or 7 } || text[0] is not ('+' or '-')
            || !int.TryParse(text[1..5], NumberStyles.None, CultureInfo.InvariantCulture, out var digits) || digits > 1400 || digits % 100 > 59)
        {
            return null;
        }
        var offset = new TimeSpan(digits / 100, digits % 100, 0);
        return text[0] == '-' ? -offset : offset;
    }
}
