using System.Globalization;
using System.Text.RegularExpressions;

namespace TwinHub.Core.Register;

/// <summary>
/// Three months of a network's year. The label carries the year in which that year began: with a year from April on, January
/// to March 2027 is 2026-Q4 (domain, section 5).
/// </summary>
/// <param name="Year">The year in which the network's year began.</param>
/// <param name="Number">1 to 4.</param>
/// <param name="YearStartsIn">The month in which the network's year begins, 1 to 12.</param>
public readonly partial record struct Quarter(int Year, int Number, int YearStartsIn)
{
    private const int DaysToAnswer = 30;

    /// <summary>Its first day.</summary>
    public DateOnly StartsOn => new DateOnly(Year, YearStartsIn, 1).AddMonths(3 * (Number - 1));

    /// <summary>Its last day.</summary>
    public DateOnly EndsOn => OpensOn.AddDays(-1);

    /// <summary>The day after it, on which its update opens.</summary>
    public DateOnly OpensOn => StartsOn.AddMonths(3);

    /// <summary>The last day on which its update is in time: 30 days after it opens.</summary>
    public DateOnly DueOn => OpensOn.AddDays(DaysToAnswer);

    /// <summary>Such as <c>2026-Q3</c>: unique in a network, and sorted as they follow each other.</summary>
    public string Label => string.Create(CultureInfo.InvariantCulture, $"{Year:0000}-Q{Number}");

    public Quarter Previous => Number > 1 ? this with { Number = Number - 1 } : this with { Year = Year - 1, Number = 4 };

    public Quarter Next => Number < 4 ? this with { Number = Number + 1 } : this with { Year = Year + 1, Number = 1 };

    /// <summary>The quarter a day lies in.</summary>
    public static Quarter Of(DateOnly day, int yearStartsIn)
    {
        var begun = day.Month >= yearStartsIn ? day.Year : day.Year - 1;
        return new(begun, ((day.Year - begun) * 12 + day.Month - yearStartsIn) / 3 + 1, yearStartsIn);
    }

    /// <summary>The newest quarter that is over on a day.</summary>
    public static Quarter EndedBefore(DateOnly day, int yearStartsIn) => Of(day, yearStartsIn).Previous;

    /// <summary>The quarter of a stored update: its label, and the months it had when it opened, whatever the network's year is now.</summary>
    public static Quarter Stored(string label, DateOnly startsOn) => Parse(label, (startsOn.Month - 3 * (label[6] - '0' - 1) + 11) % 12 + 1)!.Value;

    /// <summary>Reads <c>2026-Q3</c>; null: it is none, or lies outside the years 2000 to 2999.</summary>
    public static Quarter? Parse(string? label, int yearStartsIn) => label is not null && Form().IsMatch(label)
        ? new(int.Parse(label.AsSpan(0, 4), CultureInfo.InvariantCulture), label[6] - '0', yearStartsIn) : null;

    public override string ToString() => Label;

    [GeneratedRegex(@"^2[0-9]{3}-Q[1-4]\z", RegexOptions.NonBacktracking)]
    private static partial Regex Form();
}
