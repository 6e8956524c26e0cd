using TwinHub.Core.Groups;

namespace TwinHub.Core.Webinars.Reports;

/// <summary>Somebody who was invited to a webinar, or was there without.</summary>
/// <param name="Organisation">The place they have belonged to longest; null: none.</param>
/// <param name="Response">Their answer; null: not invited.</param>
/// <param name="Group">Slug of the group through which they were asked; null: by name, by organisation or from outside.</param>
/// <param name="Presence">Null: they were not there.</param>
public sealed record Attendee(Guid PersonId, string Name, string Email, bool Guest, LocalizedText? Organisation, string? Response, string? Group, Presence? Presence);

/// <summary>Who was at a webinar, for who runs it.</summary>
/// <param name="Invited">By name.</param>
/// <param name="Others">Who was there without an invitation, such as the organisers.</param>
/// <param name="Groups">Those named by attendees, by slug.</param>
/// <param name="Steps">The number of people over time, of those whose times are known.</param>
public sealed record Attendance(
    WebinarView View, IReadOnlyList<Attendee> Invited, IReadOnlyList<Attendee> Others, IReadOnlyDictionary<string, GroupView> Groups, IReadOnlyList<PresenceStep> Steps)
{
    /// <summary>How many of those invited were there.</summary>
    public int There => Invited.Count(one => one.Presence is not null);

    public int Absent => Invited.Count - There;

    /// <summary>Those who had said that they would come, and did not.</summary>
    public int Missed => Invited.Count(one => one.Presence is null && one.Response == Invitation.Accepted);

    /// <summary>The most people at one moment.</summary>
    public PresenceStep? Most => Steps.MaxBy(step => step.People);
}
