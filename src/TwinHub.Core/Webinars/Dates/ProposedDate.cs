namespace TwinHub.Core.Webinars.Dates;

/// <summary>A candidate time of a draft, in the webinar's zone.</summary>
public sealed class ProposedDate
{
    private ProposedDate() { }

    public ProposedDate(Guid webinarId, DateTime startsLocal, DateTimeOffset startsAt) =>
        (Id, WebinarId, StartsLocal, StartsAt) = (Guid.CreateVersion7(), webinarId, startsLocal, startsAt);

    public Guid Id { get; private set; }
    public Guid WebinarId { get; private set; }

    /// <summary>The wall time in the webinar's zone.</summary>
    public DateTime StartsLocal { get; private set; }
    public DateTimeOffset StartsAt { get; private set; }
}

/// <summary>Whether a proposed date suits an invitee.</summary>
public sealed class DateAnswer
{
    private DateAnswer() { }

    public DateAnswer(Guid dateId, Guid invitationId, string answer, DateTimeOffset now) => (DateId, InvitationId, Answer, AnsweredAt) = (dateId, invitationId, answer, now);

    public const string Yes = "yes";
    public const string Maybe = "maybe";
    public const string No = "no";

    public Guid DateId { get; private set; }
    public Guid InvitationId { get; private set; }

    /// <summary><c>yes</c>, <c>maybe</c> or <c>no</c>.</summary>
    public string Answer { get; private set; } = "";
    public DateTimeOffset AnsweredAt { get; private set; }

    public void Change(string answer, DateTimeOffset now) => (Answer, AnsweredAt) = (answer, now);
}
