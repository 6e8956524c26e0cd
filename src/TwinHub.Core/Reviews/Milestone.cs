namespace TwinHub.Core.Reviews;

/// <summary>A day in a twinning that means something: what has been reached is reviewed around it.</summary>
public sealed class Milestone
{
    private Milestone() { }

    public Milestone(Guid groupId, MilestoneInput input, Guid createdBy, DateTimeOffset now)
    {
        (Id, GroupId, CreatedBy, CreatedAt) = (Guid.CreateVersion7(), groupId, createdBy, now);
        Change(input);
    }

    public Guid Id { get; private set; }
    public Guid GroupId { get; private set; }
    public string Title { get; private set; } = "";

    /// <summary>What it means that it is reached.</summary>
    public string Meaning { get; private set; } = "";
    public DateOnly DueOn { get; private set; }
    public DateOnly? ReachedOn { get; private set; }
    public Guid CreatedBy { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? RemovedAt { get; private set; }

    internal MilestoneInput Input => new(Title, Meaning, DueOn);

    public void Change(MilestoneInput input) => (Title, Meaning, DueOn) = (input.Title, input.Meaning, input.DueOn);

    /// <summary>Null: not reached after all.</summary>
    public void Reach(DateOnly? day) => ReachedOn = day;

    public void Remove(DateTimeOffset now) => RemovedAt ??= now;
}

/// <summary>What is asked of a milestone; the title of at most 200 characters, the meaning of 2,000.</summary>
public sealed record MilestoneInput(string Title, string Meaning, DateOnly DueOn);
