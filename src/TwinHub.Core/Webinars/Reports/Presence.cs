using TwinHub.Core.Webinars.Rooms;

namespace TwinHub.Core.Webinars.Reports;

/// <summary>A stretch of time without a gap.</summary>
public sealed record Stretch(DateTimeOffset From, DateTimeOffset Until);

/// <summary>How many were there from a moment on.</summary>
public sealed record PresenceStep(DateTimeOffset At, int People);

/// <summary>When somebody was there. Who opened the meeting itself counts as there: the moment is known, not how long.</summary>
/// <param name="Stretches">In order and apart from each other; empty where only the moment is known.</param>
/// <param name="Last">When the person was last known to leave; null: still there, or not known.</param>
/// <param name="Minutes">All stretches together, rounded, at least one; null where only the moment is known.</param>
/// <param name="OpenedMeeting">When the meeting itself was first opened; null: it was not.</param>
/// <param name="Marked">The organiser said so.</param>
public sealed record Presence(IReadOnlyList<Stretch> Stretches, DateTimeOffset First, DateTimeOffset? Last, int? Minutes, DateTimeOffset? OpenedMeeting, bool Marked)
{
    /// <param name="visits">One person's; they may overlap.</param>
    /// <param name="latest">Where a visit that nobody ended is taken to end.</param>
    /// <param name="goesOn">Who has not left by then is still there.</param>
    /// <returns>Null: the person was not there.</returns>
    internal static Presence? Of(IReadOnlyCollection<RoomVisit> visits, DateTimeOffset latest, bool goesOn)
    {
        if (visits.Count == 0)
        {
            return null;
        }
        var stretches = Merged(visits.Where(visit => visit.Via != RoomVisit.Meeting).Select(visit => new Stretch(visit.JoinedAt, visit.LeftAt ?? Later(visit.JoinedAt, latest))));
        var isHere = goesOn && visits.Any(visit => visit.LeftAt is null);
        var opened = visits.Where(visit => visit.Via == RoomVisit.Meeting).Select(visit => (DateTimeOffset?)visit.JoinedAt).Min();
        return new(stretches, visits.Min(visit => visit.JoinedAt), isHere || stretches.Count == 0 ? null : stretches[^1].Until, Total(stretches), opened, visits.Any(visit => visit.Via == RoomVisit.Organiser));
    }

    /// <summary>The number of people over time, a step for each change.</summary>
    internal static IReadOnlyList<PresenceStep> Steps(IEnumerable<Presence> people)
    {
        var (steps, here) = (new List<PresenceStep>(), 0);
        var changes = people.SelectMany(one => one.Stretches).SelectMany(stretch => new[] { (At: stretch.From, By: 1), (At: stretch.Until, By: -1) });
        foreach (var moment in changes.GroupBy(change => change.At).OrderBy(moment => moment.Key))
        {
            var by = moment.Sum(change => change.By);
            if (by != 0)
            {
                steps.Add(new(moment.Key, here += by));
            }
        }
        return steps;
    }

    private static List<Stretch> Merged(IEnumerable<Stretch> stretches)
    {
        var merged = new List<Stretch>();
        foreach (var next in stretches.OrderBy(stretch => stretch.From))
        {
            if (merged.Count > 0 && next.From <= merged[^1].Until)
            {
                merged[^1] = merged[^1] with { Until = Later(merged[^1].Until, next.Until) };
            }
            else
            {
                merged.Add(next);
            }
        }
        return merged;
    }

    private static int? Total(List<Stretch> stretches) => stretches.Count == 0 ? null
        : Math.Max(1, (int)Math.Round(stretches.Sum(stretch => (stretch.Until - stretch.From).TotalMinutes), MidpointRounding.AwayFromZero));

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
