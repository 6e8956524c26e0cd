using System.Globalization;

namespace TwinHub.Core.Text;

/// <summary>Times of day, always of 24 hours and in Latin digits, and the zones they belong to.</summary>
public sealed partial class Words
{
    /// <summary>"09:42", for stamps, tables and pickers; the same in every language.</summary>
    public string Clock(TimeOnly time) => time.ToString("HH:mm", CultureInfo.InvariantCulture);

    /// <summary>The time as a sentence says it: "09:42", in French "9 h 42".</summary>
    public string ClockInSentence(TimeOnly time) => language == "fr"
        ? time.ToString("H'\u202Fh\u202F'mm", CultureInfo.InvariantCulture)
        : Clock(time);

    /// <summary>"10:00 Amman time", for a time in an IANA zone.</summary>
    public string ClockIn(TimeOnly time, string ianaZone) =>
        Say("clock.in_zone", ("time", ClockInSentence(time)), ("zone", ZoneName(ianaZone)));

    /// <summary>The zone as it stands beside a time in a sentence: "Amman time", in Turkish "Amman saatiyle".</summary>
    public string ZoneName(string ianaZone) => Say("zone.phrase", ("city", ZoneCity(ianaZone)));

    /// <summary>The zone standing alone, as in a list to choose from: "Amman time", in Turkish "Amman saati".</summary>
    public string ZoneLabel(string ianaZone) => Say("zone.label", ("city", ZoneCity(ianaZone)));

    // A zone outside our table is still understood by the city in its name: America/New_York, Asia/Tokyo.
    private string ZoneCity(string ianaZone)
    {
        if (texts.TryGetValue($"zone.{ianaZone}", out var known))
        {
            return known;
        }

        var city = ianaZone[(ianaZone.LastIndexOf('/') + 1)..].Replace('_', ' ');
        var vowel = city.Length > 0 && "AEIOU".Contains(city[0], StringComparison.Ordinal);
        return Say(vowel ? "zone.other_city_vowel" : "zone.other_city", ("city", city));
    }
}
