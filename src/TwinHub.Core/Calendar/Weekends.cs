namespace TwinHub.Core.Calendar;

/// <summary>The two days of the week on which a country's offices are closed.</summary>
public static class Weekends
{
    private static readonly HashSet<string> FridayAndSaturday = ["BH", "BD", "DZ", "EG", "IQ", "JO", "KW", "LY", "OM", "PS", "QA", "SA", "SD", "SY", "YE"];

    /// <summary>Whether a day is one of them; without a country, or in one not named above, they are Saturday and Sunday.</summary>
    public static bool Includes(string? country, DayOfWeek day) =>
        day == DayOfWeek.Saturday || day == (country is not null && FridayAndSaturday.Contains(country) ? DayOfWeek.Friday : DayOfWeek.Sunday);
}
