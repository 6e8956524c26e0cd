using System.Globalization;
using TwinHub.Core.Calendar;
using TwinHub.Core.People;

namespace TwinHub.Tests.Core.Reminders;

/// <summary>
/// Who is to hear what when, written down plainly from the rules (domain, section 5) and without the hub's code: only the list of
/// public holidays is shared, which is data. Quarters are those of the calendar, the network's zone is Paris.
/// </summary>
public sealed class ChaseModel
{
    private const string Network = "Europe/Paris";
    private static readonly (string Name, int Days)[] Ladder = [("open", -30), ("-14", -14), ("-3", -3), ("+1", 1), ("+7", 7)];
    private static readonly string[] FridayCountries = ["JO", "PS", "IQ"];

    /// <summary>When no worker runs, and nobody can answer either.</summary>
    public List<(DateTimeOffset From, DateTimeOffset To)> Outages { get; } = [];

    public List<Group> Groups { get; } = [];

    /// <summary>The end of the outage an instant lies in, or the instant.</summary>
    public DateTimeOffset Up(DateTimeOffset at)
    {
        var outage = Outages.FirstOrDefault(one => one.From <= at && at < one.To);
        return outage == default ? at : outage.To;
    }

    /// <summary>"recipient local-day local-time kind quarter step", a line a mail.</summary>
    public List<string> Mails(DateTimeOffset start, DateTimeOffset end, Person facilitator)
    {
        var mails = new List<string>();
        foreach (var group in Groups)
        {
            foreach (var first in Openings(start, end))
            {
                foreach (var recipient in group.Recipients)
                {
                    mails.AddRange(Heard(group, recipient, first, end).Select(one => Line(recipient.Email, one.At, recipient.Zone, "register-reminder", Label(first), one.Step)));
                }
            }
        }
        mails.AddRange(Lists(start, end).Select(at => Line(facilitator.Email, at, Network, "digest", "", "")));
        return mails;
    }

    private IEnumerable<(DateTimeOffset At, string Step)> Heard(Group group, Recipient recipient, DateOnly opens, DateTimeOffset end)
    {
        var due = opens.AddDays(30);
        if (Opened(group, opens) is not { } opened)
        {
            yield break;
        }
        var open = Ladder.Select((step, order) => new Pending(order, step.Name, Day(recipient, opens, due, step.Days), At(Day(recipient, opens, due, step.Days), 9, recipient.Zone), null))
            .Where(one => one.Day >= opens && (recipient.From <= opened || one.Due > recipient.From)).ToList();
        while (open.Count > 0)
        {
            var earliest = open.Min(one => one.Due);
            var now = Up(earliest < opened ? opened : earliest);
            if (now > end)
            {
                yield break;
            }
            var ready = open.Where(one => one.Due <= now).OrderBy(one => one.Order).ToList();
            open.RemoveAll(ready.Contains);
            ready.RemoveAll(one => one.Moved is { } moved && group.Pauses.Any(pause => pause.From > moved && pause.From <= now));
            var today = Local(now, recipient.Zone);
            ready.RemoveAll(one => today.Day.DayNumber - one.Day.DayNumber > 7 || (one.Name[0] == '-' && today.Day > due));
            if (ready.Count == 0 || !group.Owes(opens, due, now) || now >= recipient.To)
            {
                continue;
            }
            var works = today.Day == ready[^1].Day || Works(recipient.Country, today.Day);
            if (works && today.Time >= new TimeOnly(9, 0) && today.Time <= new TimeOnly(18, 0))
            {
                yield return (now, ready[^1].Name);
                continue;
            }
            var next = works && today.Time < new TimeOnly(9, 0) ? today.Day : Working(recipient.Country, today.Day.AddDays(1), 1);
            open.AddRange(ready.Where(one => one.Name[0] != '-' || next <= due).Select(one => one with { Due = At(next, 9, recipient.Zone), Moved = one.Moved ?? now }));
        }
    }

    /// <summary>From seven days after a due day until the item is missed, on the facilitator's working days.</summary>
    private IEnumerable<DateTimeOffset> Lists(DateTimeOffset start, DateTimeOffset end)
    {
        for (var day = DateOnly.FromDateTime(start.UtcDateTime); day <= DateOnly.FromDateTime(end.UtcDateTime); day = day.AddDays(1))
        {
            var at = Up(At(day, 9, Network));
            var (today, time) = Local(at, Network);
            if (Works("FR", day) && at <= end && today == day && time <= new TimeOnly(18, 0)
                && Openings(start, end).Any(opens => day >= opens.AddDays(37) && Groups.Any(group => Opened(group, opens) <= at && group.Owes(opens, opens.AddDays(30), at))))
            {
                yield return at;
            }
        }
    }

    /// <summary>When the update opens: at midnight of the network, or when the hub runs and the group is active again.</summary>
    private DateTimeOffset? Opened(Group group, DateOnly opens)
    {
        var at = Up(At(opens, 0, Network));
        var pause = group.Pauses.FirstOrDefault(one => one.From <= at && at < one.To);
        at = pause == default ? at : pause.To;
        return at == DateTimeOffset.MaxValue || Local(at, Network).Day >= opens.AddDays(51) ? null : at;
    }

    private static IEnumerable<DateOnly> Openings(DateTimeOffset start, DateTimeOffset end)
    {
        for (var first = new DateOnly(start.Year, start.Month, 1); first <= DateOnly.FromDateTime(end.UtcDateTime); first = first.AddMonths(1))
        {
            if (first.Month % 3 == 1 && At(first, 0, Network) > start)
            {
                yield return first;
            }
        }
    }

    /// <summary>The label of the quarter before a first of January, April, July or October.</summary>
    public static string Label(DateOnly opens) => opens.AddDays(-1) is var last ? string.Create(CultureInfo.InvariantCulture, $"{last.Year}-Q{last.Month / 3}") : "";

    private static DateOnly Day(Recipient recipient, DateOnly opens, DateOnly due, int days) =>
        days is -14 or -3 ? Working(recipient.Country, due.AddDays(days), -1) : Working(recipient.Country, days == -30 ? opens : due.AddDays(days), 1);

    private static DateOnly Working(string country, DateOnly day, int by)
    {
        while (!Works(country, day))
        {
            day = day.AddDays(by);
        }
        return day;
    }

    private static bool Works(string country, DateOnly day) => day.DayOfWeek != DayOfWeek.Saturday
        && day.DayOfWeek != (FridayCountries.Contains(country) ? DayOfWeek.Friday : DayOfWeek.Sunday) && PublicHolidays.Shared.On(country, day).Count == 0;

    private static DateTimeOffset At(DateOnly day, int hour, string zone)
    {
        var (wall, info) = (day.ToDateTime(new TimeOnly(hour, 0)), TimeZoneInfo.FindSystemTimeZoneById(zone));
        return new DateTimeOffset(wall, info.GetUtcOffset(wall)).ToUniversalTime();
    }

    private static (DateOnly Day, TimeOnly Time) Local(DateTimeOffset at, string zone) =>
        TimeZoneInfo.ConvertTime(at, TimeZoneInfo.FindSystemTimeZoneById(zone)).DateTime is var local ? (DateOnly.FromDateTime(local), TimeOnly.FromDateTime(local)) : default;

    private static string Line(string to, DateTimeOffset at, string zone, string kind, string quarter, string step) =>
        Local(at, zone) is var local ? string.Create(CultureInfo.InvariantCulture, $"{to} {local.Day:yyyy-MM-dd} {local.Time:HH:mm} {kind} {quarter} {step}") : "";

    /// <summary>Somebody who corresponds for a partner from one instant to another.</summary>
    public sealed record Recipient(string Email, string Country, string Zone, DateTimeOffset From, DateTimeOffset To);

    /// <summary>A group; an answer counts for its quarter whoever gave it.</summary>
    public sealed record Group(Guid Id)
    {
        public List<Recipient> Recipients { get; } = [];
        public Dictionary<string, DateTimeOffset> Answers { get; } = [];
        public List<(DateTimeOffset From, DateTimeOffset To)> Pauses { get; } = [];

        public bool IsPaused(DateTimeOffset at) => Pauses.Any(pause => pause.From <= at && at < pause.To);

        public bool Owes(DateOnly opens, DateOnly due, DateTimeOffset at) =>
            !IsPaused(at) && !(Answers.TryGetValue(Label(opens), out var answered) && answered <= at) && Local(at, Network).Day < due.AddDays(21);
    }

    private sealed record Pending(int Order, string Name, DateOnly Day, DateTimeOffset Due, DateTimeOffset? Moved);
}
