namespace TwinHub.Core.Register;

/// <summary>What a group reports of one quarter. Whether it is open, late or missed follows from the days; only what people did is stored.</summary>
public sealed class QuarterlyUpdate
{
    private QuarterlyUpdate() { }

    public QuarterlyUpdate(Guid groupId, Quarter quarter, DateTimeOffset now)
    {
        (Id, GroupId, Quarter) = (Guid.CreateVersion7(), groupId, quarter.Label);
        (StartsOn, OpensOn, DueOn) = (quarter.StartsOn, quarter.OpensOn, quarter.DueOn);
        (OpenedAt, ChangedAt) = (now, now);
    }

    public Guid Id { get; private set; }
    public Guid GroupId { get; private set; }

    /// <summary>Such as <c>2026-Q3</c>.</summary>
    public string Quarter { get; private set; } = "";

    /// <summary>The quarter itself.</summary>
    public Quarter Period => Register.Quarter.Stored(Quarter, StartsOn);

    public DateOnly StartsOn { get; private set; }
    public DateOnly OpensOn { get; private set; }
    public DateOnly DueOn { get; private set; }

    /// <summary>Rises with every change of what is stored.</summary>
    public int Version { get; private set; } = 1;

    /// <summary>Nothing to report.</summary>
    public bool NoChange { get; private set; }

    public string Summary { get; private set; } = "";
    public string BestPractices { get; private set; } = "";
    public string LessonsLearned { get; private set; } = "";
    public string Contacts { get; private set; } = "";
    public DateTimeOffset OpenedAt { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }
    public DateTimeOffset? SubmittedAt { get; private set; }
    public Guid? SubmittedBy { get; private set; }

    /// <summary><c>page</c>, <c>mail</c> or <c>api</c>.</summary>
    public string? SubmittedVia { get; private set; }

    /// <summary><c>future</c>, <c>open</c>, <c>submitted</c>, <c>late</c> or <c>missed</c> on a day of the network's zone.</summary>
    public string StateOn(DateOnly today, int missedAfter) => StateOn(SubmittedAt is not null, OpensOn, DueOn, today, missedAfter);

    /// <summary>The same for a quarter nobody has opened yet.</summary>
    public static string StateOn(bool submitted, DateOnly opensOn, DateOnly dueOn, DateOnly today, int missedAfter) =>
        submitted ? "submitted" : today < opensOn ? "future" : today <= dueOn ? "open" : today < dueOn.AddDays(missedAfter) ? "late" : "missed";

    public void Write(UpdateTexts texts, DateTimeOffset now)
    {
        (Summary, BestPractices, LessonsLearned, Contacts) = (texts.Summary, texts.BestPractices, texts.LessonsLearned, texts.Contacts);
        Changed(now);
    }

    public void Submit(Guid person, string via, bool noChange, DateTimeOffset now)
    {
        (SubmittedAt, SubmittedBy, SubmittedVia, NoChange) = (now, person, via, noChange);
        Changed(now);
    }

    public void Undo(DateTimeOffset now)
    {
        (SubmittedAt, SubmittedBy, SubmittedVia, NoChange) = (null, null, null, false);
        Changed(now);
    }

    public void Changed(DateTimeOffset now) => (Version, ChangedAt) = (Version + 1, now);
}

/// <summary>What people write of a quarter beside its lines.</summary>
public sealed record UpdateTexts(string Summary, string BestPractices, string LessonsLearned, string Contacts);

/// <summary>A line of an update that somebody changed, left out or added; at submission all of them.</summary>
public sealed class UpdateItem
{
    private UpdateItem() { }

    public UpdateItem(Guid updateId, string kind, Guid sourceId, string facts)
    {
        (UpdateId, Kind, SourceId, Facts) = (updateId, kind, sourceId, facts);
    }

    public Guid UpdateId { get; private set; }

    /// <summary>What the line tells of, such as <c>activity_done</c>; <c>note</c>: somebody wrote it.</summary>
    public string Kind { get; private set; } = "";

    /// <summary>The record it tells of; of a note its own.</summary>
    public Guid SourceId { get; private set; }

    public int Position { get; private set; }

    /// <summary>JSON: the names and days from which the line is told in the reader's language.</summary>
    public string Facts { get; private set; } = "{}";

    /// <summary>What somebody wrote in its place; null: it is told from its facts.</summary>
    public string? Text { get; private set; }

    public bool Included { get; private set; } = true;

    /// <summary>Who wrote it; null: nobody changed it.</summary>
    public Guid? PersonId { get; private set; }

    public void Put(int position, string facts) => (Position, Facts) = (position, facts);

    public void Change(string? text, bool included, Guid person) => (Text, Included, PersonId) = (text, included, person);
}

/// <summary>Something that happened to an update.</summary>
public sealed class UpdateLogEntry
{
    private UpdateLogEntry() { }

    public UpdateLogEntry(Guid updateId, DateTimeOffset at, Guid? person, string what, string? via) =>
        (UpdateId, At, PersonId, What, Via) = (updateId, at, person, what, via);

    public long Id { get; private set; }
    public Guid UpdateId { get; private set; }
    public DateTimeOffset At { get; private set; }
    public Guid? PersonId { get; private set; }

    /// <summary><c>opened</c>, <c>changed</c>, <c>submitted</c> or <c>undone</c>.</summary>
    public string What { get; private set; } = "";

    /// <summary>As <see cref="QuarterlyUpdate.SubmittedVia"/>.</summary>
    public string? Via { get; private set; }
}
