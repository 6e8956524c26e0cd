namespace TwinHub.Core.Calendar;

/// <summary>What a calendar message asks for (METHOD, RFC 5546, 1.4). <see cref="Other"/>: a method nobody has registered.</summary>
public enum CalendarMethod { Other, Publish, Request, Reply, Add, Cancel, Refresh, Counter, DeclineCounter }

/// <summary>An invitee's answer (PARTSTAT, RFC 5545, 3.2.12). <see cref="Other"/>: one that events do not have; it never counts as accepted.</summary>
public enum ParticipationStatus { Other, NeedsAction, Accepted, Tentative, Declined, Delegated }

/// <summary>The wire names of methods and answers; they are read in any case (RFC 5545, 2).</summary>
public static class CalendarNames
{
    /// <summary>The method as written, such as <c>DECLINECOUNTER</c>.</summary>
    public static string Wire(CalendarMethod method) => method.ToString().ToUpperInvariant();

    /// <summary>The method a name stands for, in the object or in the mail part's <c>method</c> parameter (RFC 6047, 2.4); null when there is none.</summary>
    public static CalendarMethod? Method(string? name) => string.IsNullOrWhiteSpace(name)
        ? null
        : Enum.GetValues<CalendarMethod>().FirstOrDefault(method => Same(Wire(method), name));

    /// <summary>The answer as written, such as <c>NEEDS-ACTION</c>.</summary>
    public static string Wire(ParticipationStatus status) =>
        status == ParticipationStatus.NeedsAction ? "NEEDS-ACTION" : status.ToString().ToUpperInvariant();

    /// <summary>The answer a name stands for; none at all means that one is awaited (RFC 5545, 3.2.12).</summary>
    public static ParticipationStatus Status(string? name) => string.IsNullOrWhiteSpace(name)
        ? ParticipationStatus.NeedsAction
        : Enum.GetValues<ParticipationStatus>().FirstOrDefault(status => Same(Wire(status), name));

    private static bool Same(string wire, string name) => wire.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase);
}
