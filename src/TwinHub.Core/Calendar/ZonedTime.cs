namespace TwinHub.Core.Calendar;

/// <summary>What a wall clock shows, as an instant.</summary>
public static class ZonedTime
{
    /// <summary>
    /// The instant of a local time. A time the clocks jump over is taken with the offset before the jump, and so comes later;
    /// of a time that happens twice the first is meant (RFC 5545, 3.3.5).
    /// </summary>
    /// <param name="local">Its kind does not matter; between the years 2 and 9998.</param>
    /// <param name="zone">Changes of the clock lie more than a day apart, as they do everywhere.</param>
    public static DateTimeOffset Instant(DateTime local, TimeZoneInfo zone)
    {
        var wall = DateTime.SpecifyKind(local, DateTimeKind.Utc);
        var first = At(wall, zone.GetUtcOffset(wall.AddDays(-1)));
        var second = At(wall, zone.GetUtcOffset(wall.AddDays(1)));
        return !IsShown(first, zone) && IsShown(second, zone) ? second : first;
    }

    private static DateTimeOffset At(DateTime wall, TimeSpan offset) => new(DateTime.SpecifyKind(wall, DateTimeKind.Unspecified), offset);

    private static bool IsShown(DateTimeOffset at, TimeZoneInfo zone) => zone.GetUtcOffset(at) == at.Offset;
}
