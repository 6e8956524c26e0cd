using System.Globalization;
using TwinHub.Core.Register;
using TwinHub.Core.Text;

namespace TwinHub.Core.Facilitation;

/// <summary>A quarter as people say it.</summary>
public static class QuarterWords
{
    /// <summary>"the third quarter of 2026", with its months where the network's year does not begin in January (glossary, 2.2).</summary>
    public static string Sentence(Quarter quarter, Words words)
    {
        var name = words.Say($"facilitate.quarter.{quarter.Number}", ("year", quarter.Year.ToString(CultureInfo.InvariantCulture)));
        return quarter.YearStartsIn == 1 ? name : words.Say("facilitate.quarter.with-months", ("quarter", name), ("months", Months(quarter, words)));
    }

    /// <summary>"Jul–Sep", with its year where that is not this one.</summary>
    public static string Head(Quarter quarter, Words words, DateOnly today)
    {
        var months = words.Say("facilitate.months", ("from", words.DayMonth(quarter.StartsOn).Month), ("until", words.DayMonth(quarter.EndsOn).Month));
        return quarter.EndsOn.Year == today.Year ? months : $"{months} {quarter.EndsOn.Year.ToString(CultureInfo.InvariantCulture)}";
    }

    private static string Months(Quarter quarter, Words words) => words.Say("facilitate.months", ("from", words[Month(quarter.StartsOn)]), ("until", words.MonthYear(quarter.EndsOn)));

    private static string Month(DateOnly day) => "month." + day.Month.ToString(CultureInfo.InvariantCulture);
}
