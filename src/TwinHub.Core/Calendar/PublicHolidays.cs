using System.Text.Json;
using System.Text.Json.Serialization;

namespace TwinHub.Core.Calendar;

/// <summary>A public holiday on a day.</summary>
/// <param name="Approximate">It follows the moon and is announced shortly before: it may move by a day.</param>
public sealed record Holiday(LocalizedText Names, bool Approximate);

/// <summary>
/// Public holidays by country and day: those a whole country keeps, without days given in exchange for a Sunday. What follows
/// the moon is written down for 2026 to 2028; the rest holds for every year.
/// </summary>
public sealed class PublicHolidays
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow };
    private static readonly Lazy<PublicHolidays> Loaded = new(() => new PublicHolidays(Embedded()));
    private readonly ILookup<string, HolidayRule> _byCountry;

    private PublicHolidays(IEnumerable<HolidayRule> rules) =>
        _byCountry = rules.SelectMany(rule => rule.Countries, (rule, country) => (rule, country)).ToLookup(one => one.country, one => one.rule);

    /// <summary>Those of Calendar/Holidays, read at the first use.</summary>
    public static PublicHolidays Shared => Loaded.Value;

    /// <summary>The countries whose holidays are known, by ISO 3166-1 alpha-2.</summary>
    public IEnumerable<string> Countries => _byCountry.Select(country => country.Key);

    /// <summary>What a country keeps on a day; nothing for one that is not known.</summary>
    public IReadOnlyList<Holiday> On(string country, DateOnly day) =>
        [.. _byCountry[country].Where(rule => rule.FallsOn(day)).Select(rule => new Holiday(new LocalizedText(rule.Names), rule.Approximate))];

    private static List<HolidayRule> Embedded()
    {
        using var file = typeof(PublicHolidays).Assembly.GetManifestResourceStream("holidays/holidays.json")!;
        return JsonSerializer.Deserialize<List<HolidayRule>>(file, Strict)!;
    }
}

/// <summary>When a holiday is: on days of every year, so many days from Easter, or on dates written down.</summary>
/// <param name="Every">Month and day, <c>07-14</c>.</param>
/// <param name="Easter">Days after Easter Sunday of the Gregorian calendar; before it they are negative.</param>
/// <param name="OrthodoxEaster">The same for the Julian calendar's.</param>
/// <param name="Days">First days.</param>
/// <param name="Length">How many days it lasts from each of <paramref name="Days"/>.</param>
internal sealed record HolidayRule(
    Dictionary<string, string> Names, IReadOnlyList<string> Countries, IReadOnlyList<string>? Every = null, int? Easter = null,
    int? OrthodoxEaster = null, IReadOnlyList<DateOnly>? Days = null, int Length = 1, bool Approximate = false)
{
    public bool FallsOn(DateOnly day) =>
        Every?.Contains(day.ToString("MM-dd", System.Globalization.CultureInfo.InvariantCulture)) == true
        || (Easter is { } after && EasterSunday.Gregorian(day.Year).AddDays(after) == day)
        || (OrthodoxEaster is { } orthodox && EasterSunday.Julian(day.Year).AddDays(orthodox) == day)
        || Days?.Any(first => day >= first && day < first.AddDays(Length)) == true;
}
