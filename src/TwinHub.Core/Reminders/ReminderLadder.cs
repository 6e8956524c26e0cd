using System.Globalization;
using System.Text.RegularExpressions;
using TwinHub.Core.Calendar;

namespace TwinHub.Core.Reminders;

/// <summary>Section <c>Reminders</c> of the configuration.</summary>
/// <param name="Webinar">How long before a webinar people are reminded.</param>
public sealed record ReminderOptions(IReadOnlyList<ReminderStep> Webinar)
{
    /// <summary>Seven days, a day and an hour before.</summary>
    public static readonly ReminderOptions Default = new(ReminderStep.Ladder(["P7D", "P1D", "PT1H"])!);
}

/// <summary>One step of a ladder: so many days before at the same wall time, and so much earlier.</summary>
/// <param name="Name">Short and stable, because rows and mails carry it: <c>7d</c>, <c>1h</c>, <c>1d2h</c>.</param>
/// <param name="Days">0 to 365.</param>
/// <param name="Time">Less than a day, in whole minutes.</param>
public sealed partial record ReminderStep(string Name, int Days, TimeSpan Time)
{
    private const int MaxSteps = 10;

    /// <summary>
    /// Reads ISO 8601 durations of days, hours and minutes, each from a minute to a year and each once; null where one cannot be
    /// read. Hours from 24 on are no wall time any more, so they must be written as days.
    /// </summary>
    public static IReadOnlyList<ReminderStep>? Ladder(IReadOnlyCollection<string> durations)
    {
        var steps = durations.Select(Read).OfType<ReminderStep>().DistinctBy(step => (step.Days, step.Time)).ToList();
        return steps.Count == durations.Count && steps.Count <= MaxSteps ? steps : null;
    }

    /// <summary>When the step is due, where the subject begins at <paramref name="start"/>: days count on the wall clock of the zone.</summary>
    public DateTimeOffset Before(DateTimeOffset start, string timeZone)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        return ZonedTime.Instant(TimeZoneInfo.ConvertTime(start, zone).DateTime.AddDays(-Days), zone).ToUniversalTime() - Time;
    }

    private static ReminderStep? Read(string duration)
    {
        var parts = Duration().Match(duration);
        var (days, hours, minutes) = (Number(parts, "d"), Number(parts, "h"), Number(parts, "m"));
        var isStep = parts.Success && days <= 365 && hours < 24 && minutes < 60 && days + hours + minutes > 0;
        return isStep ? new($"{Part(days, "d")}{Part(hours, "h")}{Part(minutes, "m")}", days, new TimeSpan(hours, minutes, 0)) : null;
    }

    private static int Number(Match match, string group) => match.Groups[group] is { Success: true } part ? int.Parse(part.ValueSpan, CultureInfo.InvariantCulture) : 0;

    private static string Part(int number, string unit) => number == 0 ? "" : number.ToString(CultureInfo.InvariantCulture) + unit;

    [GeneratedRegex(@"^P((?<d>[0-9]{1,3})D)?(T((?<h>[0-9]{1,2})H)?((?<m>[0-9]{1,2})M)?)?\z", RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Duration();
}
