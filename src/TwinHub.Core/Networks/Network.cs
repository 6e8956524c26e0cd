using TwinHub.Core.Calendar;
using TwinHub.Core.Reminders;

namespace TwinHub.Core.Networks;

/// <summary>The frame a facilitator runs: its members, its words and its groups (domain, section 2).</summary>
public sealed class Network
{
    private Network() { }

    public Network(string slug, string template, string tag, LocalizedText names, string timeZone, DateTimeOffset now)
    {
        (Id, Slug, Template, Tag) = (Guid.CreateVersion7(), slug, template, tag);
        (Names, TimeZone, CreatedAt) = (names, timeZone, now);
    }

    public Guid Id { get; private set; }
    public string Slug { get; private set; } = "";

    /// <summary><c>hosts</c>, <c>resettlement</c> or <c>platforms</c>: see <see cref="NetworkTemplate"/>.</summary>
    public string Template { get; private set; } = "";

    /// <summary>Short name in mails and titles, such as HMLN.</summary>
    public string Tag { get; private set; } = "";

    public LocalizedText Names { get; private set; } = null!;

    /// <summary>IANA zone in which the network's quarters and due days change.</summary>
    public string TimeZone { get; private set; } = "";

    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>The month in which the network's year, and so its first quarter, begins: 1 to 12.</summary>
    public int YearStartsIn { get; private set; } = 1;

    /// <summary>Days before a due day on which it is called to mind, 1 to 29, at most 5.</summary>
    public List<int> StepsBefore { get; private set; } = [.. ChaseSteps.Default.Before];

    /// <summary>Days after it, 1 to 5 of them; from the last on the facilitator's daily list names what is late.</summary>
    public List<int> StepsAfter { get; private set; } = [.. ChaseSteps.Default.After];

    /// <summary>Days after the due day from which an item counts as missed.</summary>
    public int MissedAfter { get; private set; } = ChaseSteps.Default.MissedAfter;

    public ChaseSteps Steps => new(StepsBefore, StepsAfter, MissedAfter);

    /// <summary>The day it is in the network's own zone.</summary>
    public DateOnly Day(DateTimeOffset now) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, TimeZoneInfo.FindSystemTimeZoneById(TimeZone)).DateTime);

    /// <summary>When a day begins there: where a state changes with a day, it changes then.</summary>
    public DateTimeOffset Midnight(DateOnly day) => ZonedTime.Instant(day.ToDateTime(default), TimeZoneInfo.FindSystemTimeZoneById(TimeZone)).ToUniversalTime();

    /// <summary>Sets how the network counts its year and how it reminds; the caller has checked the bounds.</summary>
    public void Chase(int yearStartsIn, ChaseSteps steps)
    {
        (YearStartsIn, MissedAfter) = (yearStartsIn, steps.MissedAfter);
        (StepsBefore, StepsAfter) = ([.. steps.Before], [.. steps.After]);
    }
}

/// <summary>A role in the whole network: <c>facilitator</c> or <c>maintainer</c> of the register.</summary>
public sealed class NetworkRole
{
    private NetworkRole() { }

    public NetworkRole(Guid networkId, Guid personId, string role) => (NetworkId, PersonId, Role) = (networkId, personId, role);

    public Guid NetworkId { get; private set; }
    public Guid PersonId { get; private set; }
    public string Role { get; private set; } = "";
}
