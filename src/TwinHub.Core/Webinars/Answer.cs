namespace TwinHub.Core.Webinars;

/// <summary>An answer to an invitation, whichever way it came.</summary>
/// <param name="Response"><c>accepted</c>, <c>tentative</c> or <c>declined</c>.</param>
/// <param name="Via"><c>link</c>, <c>calendar</c> or <c>page</c>.</param>
/// <param name="Reply">What the calendar's own reply says about its age; null for the other ways.</param>
/// <param name="Comment">What the person wrote beside it.</param>
/// <param name="InboundId">The mail it came in.</param>
public sealed record Answer(Guid InvitationId, string Response, string Via, ReplyMark? Reply = null, string? Comment = null, Guid? InboundId = null)
{
    public static bool IsResponse(string? text) => text is Invitation.Accepted or Invitation.Tentative or Invitation.Declined;
}

/// <summary>SEQUENCE and DTSTAMP of a calendar reply (RFC 5546, 2.1.5).</summary>
public sealed record ReplyMark(int Sequence, DateTimeOffset? Stamp);

/// <summary>What an answer did.</summary>
/// <param name="Response">What holds now: accepting when all seats are taken gives <c>waiting</c>.</param>
/// <param name="Outcome"><c>recorded</c>, <c>waiting</c>, or why nothing changed: <c>stale</c>, <c>duplicate</c>.</param>
public sealed record Answered(string Response, string Outcome);
