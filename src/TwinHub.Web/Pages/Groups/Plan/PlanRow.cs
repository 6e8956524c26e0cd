using System.Globalization;
using TwinHub.Core.Groups.Plan;

namespace TwinHub.Web.Pages.Groups.Plan;

/// <summary>A line of the plan: an activity, or a milestone.</summary>
/// <param name="Day">The day by which it is sorted.</param>
public sealed record PlanRow(DateOnly Day, ActivityView? Activity, MilestoneView? Milestone, PlanDoor Door, bool MayWrite)
{
    /// <summary>It is done, called off or reached.</summary>
    public bool IsBehind => Activity is { } one ? one.Activity.State is "done" or "cancelled" : Milestone!.Milestone.ReachedOn is not null;

    /// <summary>Its day has passed and it is not done.</summary>
    public bool IsOverdue => !IsBehind && (Activity?.Activity.EndsOn ?? Milestone!.Milestone.DueOn) < Door.Plan.Today;

    /// <summary>The state that one press leads on to.</summary>
    public string NextState => Activity!.Activity.State switch { "planned" => "begun", "begun" => "done", "done" => "begun", _ => "planned" };

    /// <summary>The chip's look; the word says the same.</summary>
    public string Chip => Activity?.Activity.State switch { "begun" => "in", "planned" => "open", _ => "none" };

    /// <summary>All lines: what lies ahead in the order of its days, then what lies behind, the newest first.</summary>
    public static (IReadOnlyList<PlanRow> Ahead, IReadOnlyList<PlanRow> Behind) Of(PlanDoor door)
    {
        var mayWrite = door.Plan.Standing.MayWrite;
        var rows = door.Plan.Activities.Select(one => new PlanRow(one.Activity.StartsOn, one, null, door, mayWrite))
            .Concat(door.Plan.Milestones.Select(one => new PlanRow(one.Milestone.DueOn, null, one, door, mayWrite))).ToLookup(row => row.IsBehind);
        return ([.. rows[false].OrderBy(row => row.Day)], [.. rows[true].OrderByDescending(row => row.Day)]);
    }

    /// <summary>A day as date inputs write it; null: empty.</summary>
    public static string? Write(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>A day as it was typed; what cannot be read is no day of any plan.</summary>
    public static DateOnly Read(string? typed) => DateOnly.TryParseExact(typed, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : DateOnly.MinValue;
}
