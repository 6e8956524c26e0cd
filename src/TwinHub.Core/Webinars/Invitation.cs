namespace TwinHub.Core.Webinars;

/// <summary>A person asked to a webinar, and what they answered. One a person and webinar, also when they are asked again.</summary>
public sealed class Invitation
{
    private Invitation() { }

    public Invitation(Guid webinarId, Guid personId, Guid? groupId, string? rsvpToken, int sequence, DateTimeOffset now)
    {
        (Id, WebinarId, PersonId, GroupId) = (Guid.CreateVersion7(), webinarId, personId, groupId);
        (RsvpToken, Sequence, InvitedAt) = (rsvpToken, sequence, now);
    }

    public const string None = "none";
    public const string Accepted = "accepted";
    public const string Tentative = "tentative";
    public const string Declined = "declined";
    public const string Waiting = "waiting";

    public Guid Id { get; private set; }
    public Guid WebinarId { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary>The group through which the person was asked; null: by name, by organisation or from outside.</summary>
    public Guid? GroupId { get; private set; }

    /// <summary>The address in ORGANIZER: the same in every message of this invitation (RFC 5546, 3.2.2). Null: answers come by link and page only.</summary>
    public string? RsvpToken { get; private set; }

    /// <summary>SEQUENCE of the newest message sent to this person: a reply to an older one is stale (invitations, rule 29).</summary>
    public int Sequence { get; private set; }

    /// <summary><c>none</c>, <c>accepted</c>, <c>tentative</c>, <c>declined</c> or <c>waiting</c>.</summary>
    public string Response { get; private set; } = None;

    public DateTimeOffset? RespondedAt { get; private set; }

    /// <summary><c>link</c>, <c>calendar</c> or <c>page</c>.</summary>
    public string? Via { get; private set; }

    /// <summary>Who accepted holds a seat, also through a move, until they answer anew or the webinar starts (invitations, Decided).</summary>
    public bool HoldsSeat { get; private set; }

    /// <summary>Whose seat comes first when one is free.</summary>
    public DateTimeOffset? WaitingSince { get; private set; }

    public int? ReplySequence { get; private set; }

    /// <summary>DTSTAMP of the newest calendar reply that counted.</summary>
    public DateTimeOffset? ReplyStamp { get; private set; }
    public string? ReplyResponse { get; private set; }

    /// <summary>The mail that asked first: later ones refer to it (invitations, rule 22).</summary>
    public Guid? FirstEmailId { get; private set; }

    /// <summary>The newest invitation, update or cancellation sent to this person.</summary>
    public Guid? EmailId { get; private set; }

    public DateTimeOffset InvitedAt { get; private set; }
    public DateTimeOffset? RemovedAt { get; private set; }

    public void Take(string response, string via, DateTimeOffset now)
    {
        (Response, Via, RespondedAt) = (response, via, now);
        HoldsSeat = response == Accepted;
        WaitingSince = response == Waiting ? WaitingSince ?? now : null;
    }

    /// <summary>A seat became free for who waited; the way and time of their own answer stay.</summary>
    public void Promote() => (Response, HoldsSeat, WaitingSince) = (Accepted, true, null);

    public void TookReply(int sequence, DateTimeOffset? stamp, string response) => (ReplySequence, ReplyStamp, ReplyResponse) = (sequence, stamp, response);

    /// <summary>The webinar has another time: nobody has answered that. A seat held stays held.</summary>
    public void Moved(int sequence)
    {
        (Sequence, Response, Via, RespondedAt, WaitingSince) = (sequence, None, null, null, null);
        (ReplySequence, ReplyStamp, ReplyResponse) = (null, null, null);
    }

    /// <summary>A message with this sequence was written to the person.</summary>
    public void Wrote(int sequence, Guid email) => (Sequence, EmailId, FirstEmailId) = (sequence, email, FirstEmailId ?? email);

    public void Remove(DateTimeOffset now)
    {
        Moved(Sequence);
        (HoldsSeat, RemovedAt) = (false, now);
    }

    public void InviteAgain(Guid? groupId, string? rsvpToken, DateTimeOffset now) =>
        (GroupId, RsvpToken, InvitedAt, RemovedAt) = (groupId ?? GroupId, rsvpToken, now, null);
}

/// <summary>Where a person's calendar answers in a network: <c>rsvp+TOKEN@</c> the reply domain.</summary>
public sealed class RsvpAddress
{
    private RsvpAddress() { }

    public RsvpAddress(string token, Guid networkId, Guid personId, DateTimeOffset now) =>
        (Token, NetworkId, PersonId, CreatedAt) = (token, networkId, personId, now);

    public string Token { get; private set; } = "";
    public Guid NetworkId { get; private set; }
    public Guid PersonId { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>New webinars use another one; those it already stands in go on with it.</summary>
    public DateTimeOffset? ReplacedAt { get; private set; }

    /// <summary>It answers for nobody any more.</summary>
    public DateTimeOffset? RevokedAt { get; private set; }
}

/// <summary>A link in a mail about an invitation; its purpose is part of the hash.</summary>
public sealed class InvitationLink
{
    private InvitationLink() { }

    public InvitationLink(byte[] hash, Guid invitationId, string purpose, DateTimeOffset now) =>
        (Hash, InvitationId, Purpose, CreatedAt) = (hash, invitationId, purpose, now);

    public byte[] Hash { get; private set; } = [];
    public Guid InvitationId { get; private set; }

    /// <summary><c>answer</c>, <c>room</c>, <c>date</c>, <c>survey</c> or <c>unsubscribe</c>.</summary>
    public string Purpose { get; private set; } = "";
    public DateTimeOffset CreatedAt { get; private set; }
}

/// <summary>One line of what happened to an invitation; rows are only ever added.</summary>
public sealed class InvitationLogEntry
{
    private InvitationLogEntry() { }

    public InvitationLogEntry(Guid webinarId, Guid? invitationId, DateTimeOffset at, string outcome) =>
        (WebinarId, InvitationId, At, Outcome) = (webinarId, invitationId, at, outcome);

    public long Id { get; private set; }
    public Guid WebinarId { get; private set; }
    public Guid? InvitationId { get; private set; }
    public DateTimeOffset At { get; private set; }

    /// <summary><c>link</c>, <c>calendar</c>, <c>page</c>; null: the organiser or the hub itself.</summary>
    public string? Via { get; init; }

    /// <summary>What was answered, also where it changed nothing.</summary>
    public string? Response { get; init; }

    /// <summary>Such as <c>recorded</c>, <c>stale</c>, <c>spoofed</c>; a text for each stands in the resources.</summary>
    public string Outcome { get; private set; } = "";

    /// <summary>The answering person's own words, or whose address it was.</summary>
    public string? Detail { get; init; }

    public Guid? InboundId { get; init; }
}
