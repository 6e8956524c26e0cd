namespace TwinHub.Core.Webinars;

/// <summary>How often a webinar comes again, and how many there are in all.</summary>
/// <param name="Pattern">See <see cref="WebinarSeries.Pattern"/>.</param>
/// <param name="Times">2 to 24, the first one counted.</param>
public sealed record SeriesPlan(string Pattern, int Times)
{
    public static readonly IReadOnlyList<string> Patterns = ["weekly", "fortnightly", "monthly-weekday", "monthly-day"];

    public Refusal? Fault => !Patterns.Contains(Pattern) ? Refusal.Invalid("repeat", "series.pattern") : Times is < 2 or > 24 ? Refusal.Invalid("times", "series.times") : null;

    /// <summary>The wall times, the first one as given. The fifth Tuesday of a month is its last where there are but four; so is the 31st.</summary>
    public IEnumerable<DateTime> Dates(DateTime first) => Enumerable.Range(0, Times).Select(n => Pattern switch
    {
        "weekly" => first.AddDays(7 * n),
        "fortnightly" => first.AddDays(14 * n),
        "monthly-day" => first.AddMonths(n),
        _ => SameWeekday(first, n),
    });

    private static DateTime SameWeekday(DateTime first, int months)
    {
        var month = new DateTime(first.Year, first.Month, 1, 0, 0, 0, first.Kind).AddMonths(months);
        var day = 1 + (((int)first.DayOfWeek - (int)month.DayOfWeek + 7) % 7) + (7 * ((first.Day - 1) / 7));
        return month.AddDays((day > DateTime.DaysInMonth(month.Year, month.Month) ? day - 7 : day) - 1) + first.TimeOfDay;
    }
}
