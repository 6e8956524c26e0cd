using TwinHub.Core.Groups.Plan;
using TwinHub.Core.Lessons;
using TwinHub.Core.Register;
using TwinHub.Core.Reviews;

namespace TwinHub.Core.Data.Histories;

/// <summary>What has been told of a group so far; a quarter's update draws its lines from it, as <see cref="DraftReader"/> would.</summary>
internal sealed class Chronicle(Scene scene)
{
    public List<Objective> Objectives { get; } = [];

    /// <summary>By their place in the story.</summary>
    public Dictionary<int, Milestone> Milestones { get; } = [];

    /// <summary>By the place of their milestone.</summary>
    public Dictionary<int, MilestoneReview> Reviews { get; } = [];

    public List<(Activity Activity, StoryActivity Story)> Activities { get; } = [];

    public List<Lesson> Lessons { get; } = [];

    /// <summary>What is said in an update of what was done in these days, by language.</summary>
    public List<Dictionary<string, string>> Said(DateOnly from, DateOnly to) =>
        [.. Activities.Where(one => one.Activity.DoneOn >= from && one.Activity.DoneOn <= to && one.Story.Said is not null).OrderBy(one => one.Activity.DoneOn).Select(one => one.Story.Said!)];

    /// <summary>The lines of these days in the order of an update.</summary>
    public List<DraftLine> Lines(DateOnly from, DateOnly to) =>
        [.. All().Where(line => line.On >= from && line.On <= to).Select(line => line.Line).Where(line => line.Kind != "activity_begun" || !IsDone(line.SourceId, to))
            .OrderBy(line => DraftLine.Kinds.ToList().IndexOf(line.Kind)).ThenBy(line => line.Facts.Day).ThenBy(line => line.Facts.Title, StringComparer.Ordinal)];

    /// <summary>What was begun and done in one quarter is told once, as done.</summary>
    private bool IsDone(Guid activity, DateOnly by) => Activities.Any(one => one.Activity.Id == activity && one.Activity.DoneOn <= by);

    private IEnumerable<(DateOnly On, DraftLine Line)> All() =>
    [
        .. Activities.Select(one => one.Activity).Where(a => a.BegunOn is not null).Select(a => (a.BegunOn!.Value, new DraftLine("activity_begun", a.Id, new(a.Title, a.BegunOn.Value, null, a.Kind)))),
        .. Activities.Select(one => one.Activity).Where(a => a.DoneOn is not null).Select(a => (a.DoneOn!.Value, new DraftLine("activity_done", a.Id, new(a.Title, a.BegunOn ?? a.DoneOn.Value, a.DoneOn, a.Kind)))),
        .. scene.Webinars.Select(w => (scene.Network.Day(w.At), new DraftLine("webinar", w.Id, new(w.Title, scene.Network.Day(w.At), People: w.People)))),
        .. Milestones.Values.Where(m => m.ReachedOn is not null).Select(m => (m.ReachedOn!.Value, new DraftLine("milestone", m.Id, new(m.Title, m.ReachedOn.Value)))),
        .. Reviews.Where(r => r.Value.CompleteAt is not null).Select(r => (Day(r.Value.CompleteAt), new DraftLine("review", r.Value.Id, new(Milestones.GetValueOrDefault(r.Key)?.Title ?? "", Day(r.Value.CompleteAt))))),
        .. Lessons.Select(l => (Day(l.HappenedAt), new DraftLine(l.Kind, l.Id, new(l.Text, Day(l.HappenedAt))))),
    ];

    private DateOnly Day(DateTimeOffset? at) => scene.Network.Day(at!.Value);
}
