namespace TwinHub.Core.Text;

/// <summary>How long ago something happened.</summary>
public sealed partial class Words
{
    /// <summary>
    /// "just now" within a minute (and for a clock that runs ahead), then minutes, then hours on the reader's same day,
    /// "yesterday at 14:30", and before that the day itself. Days change at midnight of <paramref name="zone"/>.
    /// </summary>
    public string Ago(DateTimeOffset then, DateTimeOffset now, TimeZoneInfo zone)
    {
        var passed = now - then;
        var (day, today) = (LocalDay(then, zone), LocalDay(now, zone));
        return passed.TotalMinutes < 1 ? this["ago.now"]
            : passed.TotalHours < 1 ? Count("ago.minutes", (long)passed.TotalMinutes)
            : day == today ? Count("ago.hours", (long)passed.TotalHours)
            : day == today.AddDays(-1) ? Say("ago.yesterday", ("time", ClockInSentence(LocalTime(then, zone))))
            : DayHeading(day, today);
    }

    private static DateOnly LocalDay(DateTimeOffset instant, TimeZoneInfo zone) =>
        DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);

    private static TimeOnly LocalTime(DateTimeOffset instant, TimeZoneInfo zone) =>
        TimeOnly.FromDateTime(TimeZoneInfo.ConvertTime(instant, zone).DateTime);
}
