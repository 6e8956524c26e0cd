using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Calendar;
using TwinHub.Core.Data;
using TwinHub.Core.People;

namespace TwinHub.Core.Reminders;

/// <summary>When people are written to: at 09:00 on their own working days, and after a missed 09:00 until 18:00 (domain, section 5).</summary>
public sealed class ChaseCalendar
{
    private const int MostDaysLate = 7;

    private static readonly TimeOnly Morning = new(9, 0), Evening = new(18, 0);

    private readonly Dictionary<(Guid Network, string Country), Dictionary<DateOnly, bool>> _known;

    private ChaseCalendar(IEnumerable<NetworkHoliday> days) =>
        _known = days.GroupBy(day => (day.NetworkId, day.Country)).ToDictionary(days => days.Key, days => days.ToDictionary(day => day.Day, day => day.Closed));

    /// <summary>With the days the networks decided themselves.</summary>
    public static async Task<ChaseCalendar> Read(TwinHubDb db, CancellationToken cancel) =>
        new(await db.NetworkHolidays.AsNoTracking().ToListAsync(cancel));

    /// <summary>The working days of a country as a network sees them.</summary>
    public WorkingDays Working(Guid network, string? country) =>
        new(country, country is null ? null : _known.GetValueOrDefault((network, country)));

    /// <summary>09:00 of a day where the person is.</summary>
    public static DateTimeOffset At(DateOnly day, Person person) =>
        ZonedTime.Instant(day.ToDateTime(Morning), ZoneOf(person)).ToUniversalTime();

    /// <summary>The local day and time of an instant.</summary>
    public static (DateOnly Day, TimeOnly Time) Local(DateTimeOffset now, Person person)
    {
        var local = TimeZoneInfo.ConvertTime(now, ZoneOf(person));
        return (DateOnly.FromDateTime(local.DateTime), TimeOnly.FromDateTime(local.DateTime));
    }

    /// <summary>Whether something is not said any more: more than seven days late, in days of the person's own calendar.</summary>
    public static bool IsTooLate(DateTimeOffset now, DateTimeOffset planned, Person person) => Local(now, person).Day.DayNumber - Local(planned, person).Day.DayNumber > MostDaysLate;

    /// <summary>Until when something must wait that was due and has not been said; null: it can be said now.</summary>
    /// <param name="planned">When it should have been said: that day need not be a working day any more.</param>
    public static DateTimeOffset? Wait(DateTimeOffset now, DateTimeOffset planned, Person person, WorkingDays working)
    {
        var ((today, time), day) = (Local(now, person), Local(planned, person).Day);
        var works = today == day || working.Includes(today);
        return works && time >= Morning && time <= Evening ? null : At(working.From(works && time < Morning ? today : today.AddDays(1)), person);
    }

    private static TimeZoneInfo ZoneOf(Person person) => TimeZoneInfo.FindSystemTimeZoneById(person.TimeZone);
}
