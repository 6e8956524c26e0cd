namespace TwinHub.Core.Calendar;

/// <summary>Easter Sunday, as a day of the calendar in use, between 1900 and 2099 (Meeus, Astronomical Algorithms, chapter 8).</summary>
internal static class EasterSunday
{
    public static DateOnly Gregorian(int year)
    {
        var (golden, century, rest) = (year % 19, year / 100, year % 100);
        var correction = (century - ((century + 8) / 25) + 1) / 3;
        var moon = ((19 * golden) + century - (century / 4) - correction + 15) % 30;
        var weekday = (32 + (2 * (century % 4)) + (2 * (rest / 4)) - moon - (rest % 4)) % 7;
        var shift = moon + weekday - (7 * ((golden + (11 * moon) + (22 * weekday)) / 451)) + 114;
        return new DateOnly(year, shift / 31, (shift % 31) + 1);
    }

    /// <summary>Thirteen days lie between the two calendars.</summary>
    public static DateOnly Julian(int year)
    {
        var moon = ((19 * (year % 19)) + 15) % 30;
        var weekday = ((2 * (year % 4)) + (4 * (year % 7)) - moon + 34) % 7;
        var shift = moon + weekday + 114;
        return new DateOnly(year, shift / 31, (shift % 31) + 1).AddDays(13);
    }
}
