namespace TwinHub.Core.Reminders;

/// <summary>Something to say to a person later: a row a subject, recipient and step, due at an instant of the hub's own time.</summary>
public sealed class Reminder
{
    private Reminder() { }

    public const string Waiting = "waiting";

    public Guid Id { get; private set; }

    /// <summary>What is spoken of, such as <c>webinar</c>.</summary>
    public string Kind { get; private set; } = "";

    public Guid SubjectId { get; private set; }
    public Guid PersonId { get; private set; }

    /// <summary>Such as <c>7d</c>: see <see cref="ReminderStep.Name"/>.</summary>
    public string Step { get; private set; } = "";

    /// <summary>A subject that moves begins a new one.</summary>
    public int Round { get; private set; }

    public DateTimeOffset DueAt { get; private set; }

    /// <summary>When it should have been said, where that was missed and <see cref="DueAt"/> has moved; null: it has not.</summary>
    public DateTimeOffset? PlannedAt { get; private set; }

    /// <summary>The partner answered for; null: none, as with webinars.</summary>
    public Guid? OrganisationId { get; private set; }

    /// <summary>
    /// <c>waiting</c>, <c>sent</c>, <c>cancelled</c> (not worth saying any more), <c>missed</c> (too late) or <c>superseded</c> (a later
    /// step was said on the same day).
    /// </summary>
    public string State { get; private set; } = Waiting;

    public DateTimeOffset? SettledAt { get; private set; }
    public Guid? EmailId { get; private set; }

    public void Sent(DateTimeOffset now, Guid email) => (State, SettledAt, EmailId) = ("sent", now, email);

    public void Cancel(DateTimeOffset now) => (State, SettledAt) = ("cancelled", now);

    public void Miss(DateTimeOffset now) => (State, SettledAt) = ("missed", now);

    public void Supersede(DateTimeOffset now) => (State, SettledAt) = ("superseded", now);

    /// <summary>To be said later than planned.</summary>
    public void Defer(DateTimeOffset until) => (PlannedAt, DueAt) = (PlannedAt ?? DueAt, until);
}

/// <summary>A person wants no more mails of a kind.</summary>
public sealed class Unsubscription
{
    private Unsubscription() { }

    public Guid PersonId { get; private set; }

    /// <summary>As mails name it, such as <c>webinar-reminder</c>.</summary>
    public string Kind { get; private set; } = "";

    public DateTimeOffset At { get; private set; }
}
