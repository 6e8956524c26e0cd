using TwinHub.Core.Calendar;

namespace TwinHub.Core.Webinars.Dates;

/// <summary>A proposed date by one person's clock and calendar.</summary>
/// <param name="Holidays">What the person's country keeps on that day.</param>
public sealed record DateMoment(DateTime Start, DateTime End, bool IsWeekend, IReadOnlyList<Holiday> Holidays)
{
    /// <summary>Outside of these hours nobody should have to sit in a meeting.</summary>
    private static readonly TimeOnly Morning = new(8, 0), Evening = new(20, 0);

    /// <summary>It begins before 8:00, or ends after 20:00.</summary>
    public bool IsNight => IsEarly || IsLate;

    public bool IsEarly => Hour < Morning;

    public bool IsLate => !IsEarly && End > Start.Date + Evening.ToTimeSpan();

    public DateOnly Day => DateOnly.FromDateTime(Start);

    public TimeOnly Hour => TimeOnly.FromDateTime(Start);

    /// <param name="zone">IANA zone.</param>
    /// <param name="country">ISO 3166-1 alpha-2; null: nothing is known but the zone.</param>
    public static DateMoment Of(DateTimeOffset at, int minutes, string zone, string? country)
    {
        var rules = TimeZoneInfo.FindSystemTimeZoneById(zone);
        var (start, end) = (TimeZoneInfo.ConvertTime(at, rules).DateTime, TimeZoneInfo.ConvertTime(at.AddMinutes(minutes), rules).DateTime);
        return new(start, end, Weekends.Includes(country, start.DayOfWeek), country is null ? [] : PublicHolidays.Shared.On(country, DateOnly.FromDateTime(start)));
    }
}
