using System.Globalization;
using TwinHub.Core.Calendar;

namespace TwinHub.Core.Reminders;

/// <summary>
/// The steps of a chase around a due day, in days: at opening, so many days before, so many after, and when the item counts as
/// missed (domain, section 5). A setting of the network.
/// </summary>
/// <param name="Before">Such as 14 and 3.</param>
/// <param name="After">Such as 1 and 7; from the last on the facilitator's list names the item.</param>
/// <param name="MissedAfter">From this day after the due day nobody is reminded any more.</param>
public sealed record ChaseSteps(IReadOnlyList<int> Before, IReadOnlyList<int> After, int MissedAfter)
{
    public const string Opening = "open";

    public static readonly ChaseSteps Default = new([14, 3], [1, 7], 21);

    /// <summary>The day after the due day from which the facilitator is told.</summary>
    public int ListedAfter => After.Max();

    /// <summary>
    /// On which day each step is said, earliest step first: steps before the due day move back to a working day, or are dropped
    /// where that would be before the opening; the opening and later steps move forward. Two may fall on one day.
    /// </summary>
    public IReadOnlyList<ChaseDay> Days(DateOnly opensOn, DateOnly dueOn, WorkingDays working)
    {
        var before = Before.OrderDescending().Select(days => new ChaseDay(Name(-days), working.UpTo(dueOn.AddDays(-days)))).Where(step => step.Day >= opensOn);
        var after = After.Order().Select(days => new ChaseDay(Name(days), working.From(dueOn.AddDays(days))));
        return [new(Opening, working.From(opensOn)), .. before, .. after];
    }

    /// <summary>Where a step stands on the way: a later one wins over an earlier one.</summary>
    public static int Order(string step) => step == Opening ? int.MinValue : int.Parse(step, CultureInfo.InvariantCulture);

    /// <summary>Whether a step is said before the due day only.</summary>
    public static bool IsBefore(string step) => step.StartsWith('-');

    private static string Name(int days) => days.ToString("+0;-0", CultureInfo.InvariantCulture);
}

/// <summary>A step and the local day on which it is said, at 09:00.</summary>
/// <param name="Step"><c>open</c>, <c>-14</c>, <c>-3</c>, <c>+1</c>, <c>+7</c>: rows and mails carry it.</param>
public sealed record ChaseDay(string Step, DateOnly Day);
