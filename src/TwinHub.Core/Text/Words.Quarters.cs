using TwinHub.Core.Register;

namespace TwinHub.Core.Text;

/// <summary>Quarters. Where the network's year does not begin in January, the months follow, because the label alone would mislead.</summary>
public sealed partial class Words
{
    /// <summary>"the third quarter of 2026", to stand in a sentence.</summary>
    public string QuarterInSentence(Quarter quarter) => WithMonths(Say($"quarter.sentence.{Digits(quarter.Number)}", ("year", Digits(quarter.Year))), quarter);

    /// <summary>"Q3 2026", for heads and subjects.</summary>
    public string QuarterHead(Quarter quarter) => WithMonths(Say($"quarter.head.{Digits(quarter.Number)}", ("year", Digits(quarter.Year))), quarter);

    /// <summary>"July–September 2026".</summary>
    public string QuarterMonths(Quarter quarter)
    {
        var (from, to) = (quarter.StartsOn, quarter.EndsOn);
        return from.Year == to.Year
            ? Say("quarter.months", ("from", this[$"month.{Digits(from.Month)}"]), ("to", this[$"month.{Digits(to.Month)}"]), ("year", Digits(to.Year)))
            : Say("quarter.months_of_two_years", ("from", MonthYear(from)), ("to", MonthYear(to)));
    }

    private string WithMonths(string text, Quarter quarter) =>
        quarter.YearStartsIn == 1 ? text : Say("quarter.with_months", ("quarter", text), ("months", QuarterMonths(quarter)));
}
