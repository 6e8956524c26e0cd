namespace TwinHub.Core.Calendar;

/// <summary>
/// The days on which a country's offices work: not its weekend, not its public holidays, and with what a network knows better
/// (days announced late, or moved).
/// </summary>
/// <param name="Country">ISO 3166-1 alpha-2; null: Saturday and Sunday are off and there are no holidays.</param>
/// <param name="Known">Days a network decided itself; true: closed.</param>
public sealed record WorkingDays(string? Country, IReadOnlyDictionary<DateOnly, bool>? Known = null)
{
    public bool Includes(DateOnly day) => !Weekends.Includes(Country, day.DayOfWeek)
        && !(Known?.TryGetValue(day, out var closed) == true ? closed : Country is not null && PublicHolidays.Shared.On(Country, day).Count > 0);

    /// <summary>The day itself, or the first working day after it.</summary>
    public DateOnly From(DateOnly day) => Step(day, 1);

    /// <summary>The day itself, or the last working day before it.</summary>
    public DateOnly UpTo(DateOnly day) => Step(day, -1);

    private DateOnly Step(DateOnly day, int by)
    {
        // No country rests for a month: a list that says so is not followed for ever.
        for (var i = 0; i < 40 && !Includes(day); i++)
        {
            day = day.AddDays(by);
        }
        return day;
    }
}
