using TwinHub.Core.Register;

namespace TwinHub.Core.Text;

/// <summary>
/// Quarters (glossary, 2.2). Where a network's year does not begin in January, the months follow: nobody else's fourth
/// quarter is January to March.
/// </summary>
public sealed partial class Words
{
    /// <summary>In a sentence: "the third quarter of 2026", "the fourth quarter of 2026 (January–March 2027)".</summary>
    public string Quarter(Quarter quarter) => WithMonths("quarter.sentence", quarter);

    /// <summary>As the head of a column: "Q3 2026".</summary>
    public string QuarterHead(Quarter quarter) => WithMonths("quarter.head", quarter);

    /// <summary>By its months, as a heading: "July–September 2026"; the first year only where it is another: "November 2026–January 2027".</summary>
    public string QuarterMonths(Quarter quarter)
    {
        var (first, last) = (quarter.StartsOn, quarter.EndsOn);
        return first.Year == last.Year
            ? Say("quarter.months", ("first", this[$"month.{Digits(first.Month)}"]), ("last", this[$"month.{Digits(last.Month)}"]), ("year", Digits(first.Year)))
            : Say("quarter.months-of-two-years", ("first", MonthYear(first)), ("last", MonthYear(last)));
    }

    private string WithMonths(string form, Quarter quarter)
    {
        var name = Say($"{form}.{Digits(quarter.Number)}", ("year", Digits(quarter.Year)));
        return quarter.YearStartsIn == 1 ? name : Say("quarter.with-months", ("quarter", name), ("months", QuarterMonths(quarter)));
    }
}
