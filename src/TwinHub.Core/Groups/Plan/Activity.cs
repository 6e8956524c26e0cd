namespace TwinHub.Core.Groups.Plan;

/// <summary>Something a group does together; its kind is one of the network's <see cref="Networks.NetworkTemplate.ActivityKinds"/>.</summary>
public sealed class Activity
{
    private Activity() { }

    public Activity(Guid groupId, ActivityInput input, Guid createdBy, DateTimeOffset now, Guid? review = null)
    {
        (Id, GroupId, CreatedBy, CreatedAt, ReviewId) = (Guid.CreateVersion7(), groupId, createdBy, now, review);
        Change(input, now);
    }

    public const string Planned = "planned", Begun = "begun", Done = "done", Cancelled = "cancelled";

    /// <summary>The states of an activity, as it goes through them.</summary>
    public static readonly IReadOnlyList<string> States = [Planned, Begun, Done, Cancelled];

    public Guid Id { get; private set; }
    public Guid GroupId { get; private set; }
    public string Title { get; private set; } = "";
    public string Kind { get; private set; } = "";
    public DateOnly StartsOn { get; private set; }
    public DateOnly EndsOn { get; private set; }

    /// <summary><c>planned</c>, <c>begun</c>, <c>done</c> or <c>cancelled</c>.</summary>
    public string State { get; private set; } = Planned;

    /// <summary>The day on which it really began and was finished; null: not yet.</summary>
    public DateOnly? BegunOn { get; private set; }
    public DateOnly? DoneOn { get; private set; }

    /// <summary>The partner that leads it, and so gives; null: all of them together.</summary>
    public Guid? OrganisationId { get; private set; }
    public Guid? AssigneeId { get; private set; }
    public Guid? ObjectiveId { get; private set; }
    public Guid? MilestoneId { get; private set; }

    /// <summary>The review that asked for it as a next step.</summary>
    public Guid? ReviewId { get; private set; }
    public Guid CreatedBy { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }

    internal ActivityInput Input => new(Title, Kind, StartsOn, EndsOn, OrganisationId, AssigneeId, ObjectiveId, MilestoneId);

    public void Change(ActivityInput input, DateTimeOffset now)
    {
        (Title, Kind, StartsOn, EndsOn, ChangedAt) = (input.Title, input.Kind, input.StartsOn, input.EndsOn, now);
        (OrganisationId, AssigneeId, ObjectiveId, MilestoneId) = (input.OrganisationId, input.AssigneeId, input.ObjectiveId, input.MilestoneId);
    }

    /// <summary>Going back forgets the day on which it had begun or was done.</summary>
    public void Become(string state, DateOnly today, DateTimeOffset now)
    {
        BegunOn = state is Begun or Done ? BegunOn ?? (StartsOn < today ? StartsOn : today) : null;
        DoneOn = state is Done ? DoneOn ?? today : null;
        (State, ChangedAt) = (state, now);
    }
}

/// <summary>What is asked of an activity; the title of at most 200 characters.</summary>
public sealed record ActivityInput(string Title, string Kind, DateOnly StartsOn, DateOnly EndsOn, Guid? OrganisationId, Guid? AssigneeId, Guid? ObjectiveId, Guid? MilestoneId);
