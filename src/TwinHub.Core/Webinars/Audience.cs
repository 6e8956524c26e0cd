using TwinHub.Core.Calendar;

namespace TwinHub.Core.Webinars;

/// <summary>What a time is for those invited.</summary>
/// <param name="StartsLocal">The wall time that is promised, in <paramref name="TimeZone"/>.</param>
/// <param name="People">How many are invited, the organiser not counted.</param>
public sealed record Audience(DateTime StartsLocal, string TimeZone, int People, IReadOnlyList<AudienceTime> Times, IReadOnlyList<AudienceWarning> Warnings);

/// <summary>Those of one country whose clocks agree.</summary>
/// <param name="Places">Their cities, the one with the most people first; empty: nothing is known but the zone.</param>
/// <param name="TimeZone">A zone of theirs (IANA).</param>
public sealed record AudienceTime(IReadOnlyList<LocalizedText> Places, string TimeZone, DateTime Local, TimeSpan Offset, int People);

/// <summary>Why a time may be a bad one.</summary>
/// <param name="Kind"><c>weekend</c>, <c>holiday</c>, <c>early</c>, <c>late</c> or <c>overlap</c>.</param>
/// <param name="People">For how many.</param>
public sealed record AudienceWarning(string Kind, int People)
{
    /// <summary>ISO 3166-1 alpha-2; null: from outside, or not about a country.</summary>
    public string? Country { get; init; }

    /// <summary>The weekend day it is for them.</summary>
    public DayOfWeek? Day { get; init; }

    public Holiday? Holiday { get; init; }

    /// <summary>Of the other webinar, where the organiser may know of it.</summary>
    public string? Title { get; init; }
}

/// <summary>One of those invited, as far as the time goes.</summary>
internal sealed record AudiencePerson(string TimeZone, string? Country, LocalizedText? City);

/// <summary>Reckons what a time is for those invited.</summary>
internal static class AudienceTimes
{
    /// <summary>Working hours, as far as the hub warns.</summary>
    private static readonly TimeOnly Opens = new(8, 0), Closes = new(18, 0);

    public static Audience Of(WebinarPlan plan, IReadOnlyList<AudiencePerson> people, IEnumerable<AudienceWarning> overlaps)
    {
        var start = plan.StartsAt;
        var local = people.Select(person => (Person: person, At: TimeZoneInfo.ConvertTime(start, TimeZoneInfo.FindSystemTimeZoneById(person.TimeZone)))).ToList();
        var times = local.GroupBy(one => (one.Person.Country, one.At.DateTime, one.At.Offset)).Select(same => new AudienceTime(
            [.. same.Where(one => one.Person.City is not null).GroupBy(one => one.Person.City!).OrderByDescending(city => city.Count()).ThenBy(city => city.Key.In("en"), StringComparer.Ordinal).Select(city => city.Key)],
            same.First().Person.TimeZone, same.Key.DateTime, same.Key.Offset, same.Count()));
        return new(plan.StartsLocal, plan.TimeZone, people.Count, [.. times.OrderBy(time => time.Local).ThenByDescending(time => time.People)],
            [.. Days(local), .. Hours([.. local.Select(one => one.At.DateTime)], plan.DurationMinutes), .. overlaps]);
    }

    private static IEnumerable<AudienceWarning> Days(IEnumerable<(AudiencePerson Person, DateTimeOffset At)> local) =>
        local.GroupBy(one => (one.Person.Country, Day: DateOnly.FromDateTime(one.At.DateTime))).OrderByDescending(same => same.Count()).SelectMany(same =>
        {
            var (country, day) = same.Key;
            var holidays = country is null ? [] : PublicHolidays.Shared.On(country, day);
            var weekend = Weekends.Includes(country, day.DayOfWeek) ? new AudienceWarning("weekend", same.Count()) { Country = country, Day = day.DayOfWeek } : null;
            return holidays.Select(holiday => new AudienceWarning("holiday", same.Count()) { Country = country, Holiday = holiday }).Prepend(weekend).OfType<AudienceWarning>();
        });

    private static IEnumerable<AudienceWarning> Hours(IReadOnlyList<DateTime> starts, int minutes)
    {
        var early = starts.Count(start => TimeOnly.FromDateTime(start) < Opens);
        var late = starts.Count(start => TimeOnly.FromDateTime(start) >= Opens && start.AddMinutes(minutes) > start.Date + Closes.ToTimeSpan());
        return new[] { new AudienceWarning("early", early), new AudienceWarning("late", late) }.Where(warning => warning.People > 0);
    }
}
