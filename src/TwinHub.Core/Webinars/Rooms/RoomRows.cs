namespace TwinHub.Core.Webinars.Rooms;

/// <summary>A guest's session for the room of one webinar and nothing else (invitations, Decided).</summary>
public sealed class RoomSession
{
    private RoomSession() { }

    public RoomSession(byte[] hash, Guid invitationId, DateTimeOffset now) => (Id, Hash, InvitationId, CreatedAt) = (Guid.CreateVersion7(), hash, invitationId, now);

    public Guid Id { get; private set; }
    public byte[] Hash { get; private set; } = [];
    public Guid InvitationId { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
}

/// <summary>A stretch of time in which somebody was there.</summary>
public sealed class RoomVisit
{
    private RoomVisit() { }

    public RoomVisit(Guid webinarId, Guid personId, string via, DateTimeOffset joined, DateTimeOffset left)
    {
        (Id, WebinarId, PersonId, Via) = (Guid.CreateVersion7(), webinarId, personId, via);
        (JoinedAt, SeenAt, LeftAt) = (joined, left, left);
    }

    /// <summary>Connected to the room.</summary>
    public const string Room = "room";

    /// <summary>Opened the meeting itself: the moment is known, not how long.</summary>
    public const string Meeting = "meeting";

    /// <summary>The organiser says so.</summary>
    public const string Organiser = "organiser";

    public Guid Id { get; private set; }
    public Guid WebinarId { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary><c>room</c>, <c>meeting</c> or <c>organiser</c>.</summary>
    public string Via { get; private set; } = "";
    public DateTimeOffset JoinedAt { get; private set; }

    /// <summary>When it was last known to go on.</summary>
    public DateTimeOffset SeenAt { get; private set; }

    /// <summary>Null: still there.</summary>
    public DateTimeOffset? LeftAt { get; private set; }
}

/// <summary>Somebody who wants to speak.</summary>
public sealed class RaisedHand
{
    private RaisedHand() { }

    public RaisedHand(Guid webinarId, Guid personId, DateTimeOffset now) => (WebinarId, PersonId, RaisedAt) = (webinarId, personId, now);

    public Guid WebinarId { get; private set; }
    public Guid PersonId { get; private set; }
    public DateTimeOffset RaisedAt { get; private set; }
}

/// <summary>A question asked in writing.</summary>
public sealed class RoomQuestion
{
    private RoomQuestion() { }

    public RoomQuestion(Guid id, Guid webinarId, Guid personId, string body, DateTimeOffset now) =>
        (Id, WebinarId, PersonId, Body, AskedAt) = (id, webinarId, personId, body, now);

    public Guid Id { get; private set; }
    public Guid WebinarId { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary>Plain text of at most 500 UTF-16 units.</summary>
    public string Body { get; private set; } = "";
    public DateTimeOffset AskedAt { get; private set; }
    public DateTimeOffset? AnsweredAt { get; private set; }

    /// <summary>Since when the organiser does not show it any more.</summary>
    public DateTimeOffset? HiddenAt { get; private set; }

    public void Answer(DateTimeOffset? at) => AnsweredAt = at;

    public void Hide(DateTimeOffset? at) => HiddenAt = at;
}

/// <summary>Somebody wants that question answered too.</summary>
public sealed class QuestionVote
{
    private QuestionVote() { }

    public QuestionVote(Guid questionId, Guid personId, DateTimeOffset now) => (QuestionId, PersonId, At) = (questionId, personId, now);

    public Guid QuestionId { get; private set; }
    public Guid PersonId { get; private set; }
    public DateTimeOffset At { get; private set; }
}

/// <summary>A question with two to six choices that everybody in the room may answer once.</summary>
public sealed class RoomPoll
{
    private RoomPoll() { }

    public RoomPoll(Guid webinarId, string question, IEnumerable<string> choices, DateTimeOffset now) =>
        (Id, WebinarId, Question, Choices, OpenedAt) = (Guid.CreateVersion7(), webinarId, question, [.. choices], now);

    public Guid Id { get; private set; }
    public Guid WebinarId { get; private set; }
    public string Question { get; private set; } = "";
    public List<string> Choices { get; private set; } = [];
    public DateTimeOffset OpenedAt { get; private set; }
    public DateTimeOffset? ClosedAt { get; private set; }

    public void Close(DateTimeOffset now) => ClosedAt ??= now;
}

/// <summary>A person's choice in a poll; it may be changed while the poll is open.</summary>
public sealed class PollVote
{
    private PollVote() { }

    public PollVote(Guid pollId, Guid personId, int choice, DateTimeOffset now) => (PollId, PersonId, Choice, At) = (pollId, personId, choice, now);

    public Guid PollId { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary>Index of the choice, from 0.</summary>
    public int Choice { get; private set; }
    public DateTimeOffset At { get; private set; }
}
