namespace TwinHub.Core.Calendar;

/// <summary>Durations such as <c>PT1H30M</c> or <c>P1W</c> (RFC 5545, 3.3.6).</summary>
internal static class CalendarDuration
{
    /// <summary>Longer than any event; it also keeps the end within what an instant can hold.</summary>
    private const long MostSeconds = 366L * 24 * 60 * 60;

    /// <summary>The duration, or null for what is none, is not positive or is longer than a year.</summary>
    public static TimeSpan? Read(string text)
    {
        var value = text.ToUpperInvariant().TrimStart('+');
        if (!value.StartsWith('P') || !char.IsAsciiLetter(value[^1]))
        {
            return null;
        }
        var (seconds, number) = (0L, 0L);
        foreach (var letter in value.AsSpan(1))
        {
            seconds += number * Unit(letter);
            number = char.IsAsciiDigit(letter) ? number * 10 + letter - '0' : 0;
            if (number > MostSeconds || seconds > MostSeconds)
            {
                return null;
            }
        }
        return seconds > 0 ? TimeSpan.FromSeconds(seconds) : null;
    }

    private static long Unit(char letter) => letter switch
    {
        'W' => 7 * 24 * 60 * 60,
        'D' => 24 * 60 * 60,
        'H' => 60 * 60,
        'M' => 60,
        'S' => 1,
        _ => 0,
    };
}
