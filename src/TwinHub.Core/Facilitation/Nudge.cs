namespace TwinHub.Core.Facilitation;

/// <summary>A mail a facilitator sent by hand: about what a group owes, or a message to many.</summary>
public sealed class Nudge
{
    private Nudge() { }

    public Nudge(Guid networkId, Guid groupId, Guid personId, Guid sentBy, NudgeSubject subject, string text, Guid? emailId, DateTimeOffset now)
    {
        (Id, NetworkId, GroupId, PersonId) = (Guid.CreateVersion7(), networkId, groupId, personId);
        (SentBy, About, SubjectId, Text, EmailId, SentAt) = (sentBy, subject.About, subject.Id, text, emailId, now);
    }

    public Guid Id { get; private set; }
    public Guid NetworkId { get; private set; }
    public Guid GroupId { get; private set; }

    /// <summary>Who got it.</summary>
    public Guid PersonId { get; private set; }
    public Guid SentBy { get; private set; }
    public DateTimeOffset SentAt { get; private set; }

    /// <summary><c>register</c>, <c>review</c> or <c>message</c>.</summary>
    public string About { get; private set; } = "";

    /// <summary>The update or review that is owed; of a message what all its mails share.</summary>
    public Guid SubjectId { get; private set; }

    /// <summary>What the facilitator wrote, at most 4,000 characters.</summary>
    public string Text { get; private set; } = "";
    public Guid? EmailId { get; private set; }
}

/// <summary>What a mail by hand is about.</summary>
/// <param name="About"><c>register</c>, <c>review</c> or <c>message</c>.</param>
public sealed record NudgeSubject(string About, Guid Id)
{
    public const string Register = "register", Review = "review", Message = "message";
}

/// <summary>What a lead answered when the group had been silent for long.</summary>
public sealed class AliveAnswer
{
    private AliveAnswer() { }

    public AliveAnswer(Guid groupId, Guid personId, string answer, DateTimeOffset now) =>
        (GroupId, PersonId, Answer, AnsweredAt) = (groupId, personId, answer, now);

    public Guid GroupId { get; private set; }
    public Guid PersonId { get; private set; }

    public const string Well = "well", Help = "help", Pause = "pause";

    public static readonly IReadOnlyList<string> Answers = [Well, Help, Pause];

    /// <summary><c>well</c>, <c>help</c> or <c>pause</c>.</summary>
    public string Answer { get; private set; } = "";
    public DateTimeOffset AnsweredAt { get; private set; }
}
