namespace TwinHub.Core.Lessons;

/// <summary>A lesson learned, a good practice or a decision, written where it happened (domain, section 4).</summary>
public sealed class Lesson
{
    private Lesson() { }

    public Lesson(Guid groupId, string kind, string text, LessonSource? source, Guid? organisationId, Guid personId, DateTimeOffset happenedAt, DateTimeOffset now, Guid? id = null)
    {
        (Id, GroupId, Kind, Text, SourceKind, SourceId) = (id ?? Guid.CreateVersion7(), groupId, kind, text, source?.Kind, source?.Id);
        (OrganisationId, PersonId, HappenedAt, CreatedAt) = (organisationId, personId, happenedAt, now);
    }

    public static readonly IReadOnlyList<string> Kinds = ["lesson", "practice", "decision"];

    public Guid Id { get; private set; }
    public Guid GroupId { get; private set; }

    /// <summary><c>lesson</c>, <c>practice</c> or <c>decision</c>.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>1 to 4,000 characters.</summary>
    public string Text { get; private set; } = "";

    /// <summary><c>message</c>, <c>review</c> or <c>webinar</c>; null: written by hand.</summary>
    public string? SourceKind { get; private set; }
    public Guid? SourceId { get; private set; }

    /// <summary>Whose it is; null: of all partners.</summary>
    public Guid? OrganisationId { get; private set; }

    /// <summary>Who marked or wrote it.</summary>
    public Guid PersonId { get; private set; }

    /// <summary>When its source was said; the quarter it belongs to follows from it.</summary>
    public DateTimeOffset HappenedAt { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? RemovedAt { get; private set; }

    public void Rewrite(string text) => Text = text;

    public void Remove(DateTimeOffset now) => RemovedAt ??= now;
}

/// <summary>Where a lesson was written.</summary>
/// <param name="Kind">One of the three constants.</param>
/// <param name="Id">Of the message, review or webinar.</param>
public sealed record LessonSource(string Kind, Guid Id)
{
    public const string Message = "message", Review = "review", Webinar = "webinar";
}

/// <summary>Who at home must hear of a lesson, by when, and that it happened.</summary>
public sealed class Dissemination
{
    private Dissemination() { }

    public Dissemination(Guid lessonId, Guid organisationId, string audience, DateOnly dueOn, Guid createdBy, DateTimeOffset now, Guid? id = null)
    {
        (Id, LessonId, OrganisationId) = (id ?? Guid.CreateVersion7(), lessonId, organisationId);
        (Audience, DueOn, CreatedBy, CreatedAt) = (audience, dueOn, createdBy, now);
    }

    public Guid Id { get; private set; }
    public Guid LessonId { get; private set; }

    /// <summary>At whose home.</summary>
    public Guid OrganisationId { get; private set; }

    /// <summary>Who must hear of it, as written, 1 to 300 characters.</summary>
    public string Audience { get; private set; } = "";
    public DateOnly DueOn { get; private set; }
    public DateOnly? DoneOn { get; private set; }
    public Guid? DoneBy { get; private set; }
    public string Note { get; private set; } = "";
    public Guid CreatedBy { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }

    /// <summary>It happened; a null day takes that back.</summary>
    public void Done(DateOnly? day, Guid? person, string note) => (DoneOn, DoneBy, Note) = (day, day is null ? null : person, note);
}
