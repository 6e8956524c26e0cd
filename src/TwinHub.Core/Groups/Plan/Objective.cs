namespace TwinHub.Core.Groups.Plan;

/// <summary>What a group wants to reach (domain, section 4). The review against SMART comes with the agreement.</summary>
public sealed class Objective
{
    private Objective() { }

    public Objective(Guid groupId, ObjectiveInput input, Guid createdBy, DateTimeOffset now)
    {
        (Id, GroupId, CreatedBy, CreatedAt) = (Guid.CreateVersion7(), groupId, createdBy, now);
        Change(input);
    }

    public Guid Id { get; private set; }
    public Guid GroupId { get; private set; }
    public string Text { get; private set; } = "";
    public string Indicator { get; private set; } = "";
    public string Baseline { get; private set; } = "";
    public string Target { get; private set; } = "";
    public DateOnly? DueOn { get; private set; }
    public Guid CreatedBy { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? RemovedAt { get; private set; }

    internal ObjectiveInput Input => new(Text, Indicator, Baseline, Target, DueOn);

    public void Change(ObjectiveInput input) =>
        (Text, Indicator, Baseline, Target, DueOn) = (input.Text, input.Indicator, input.Baseline, input.Target, input.DueOn);

    public void Remove(DateTimeOffset now) => RemovedAt ??= now;
}

/// <summary>What is asked of an objective; texts of at most 500 characters, baseline and target of 200.</summary>
public sealed record ObjectiveInput(string Text, string Indicator, string Baseline, string Target, DateOnly? DueOn);
