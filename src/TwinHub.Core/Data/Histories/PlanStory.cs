using TwinHub.Core.Groups.Plan;
using TwinHub.Core.Reviews;

namespace TwinHub.Core.Data.Histories;

/// <summary>A group's plan: objectives, milestones, and activities that are done, going on and to come.</summary>
internal static class PlanStory
{
    public static void Tell(TwinHubDb db, Scene scene, Chronicle told)
    {
        told.Objectives.AddRange(scene.Story.Objectives!.Select(one => Objective(scene, one)));
        foreach (var (one, place) in scene.Story.Milestones!.Select((one, place) => (one, place)).Where(one => one.one.Title.Length > 0 && scene.Saw(one.one.Ago)))
        {
            told.Milestones[place] = Milestone(scene, one);
        }
        db.Objectives.AddRange(told.Objectives);
        db.Milestones.AddRange(told.Milestones.Values);
    }

    /// <summary>After the reviews, some of which asked for an activity.</summary>
    public static void TellActivities(TwinHubDb db, Scene scene, Chronicle told)
    {
        foreach (var (one, place) in scene.Story.Activities!.Where(one => scene.Saw(one.Ago)).Select((one, place) => (one, place)))
        {
            told.Activities.Add((Activity(scene, told, one, place), one));
        }
        db.Activities.AddRange(told.Activities.Select(one => one.Activity));
    }

    private static Objective Objective(Scene scene, StoryObjective one)
    {
        var by = scene.By(one.By, one.Text).Person;
        return new(scene.Group.Id, new(one.Text, one.Indicator, one.Baseline, one.Target, scene.Group.EndsOn ?? scene.Today.AddDays(200)), by.Id, scene.At(scene.StartsOn.AddDays(12), by, one.Text));
    }

    private static Milestone Milestone(Scene scene, StoryMilestone one)
    {
        var (by, due) = (scene.By(one.By, one.Title).Person, scene.Ago(one.Ago));
        var milestone = new Milestone(scene.Group.Id, new(one.Title, one.Meaning, due), by.Id, scene.At(Planned(scene, due), by, one.Title));
        milestone.Reach(one.Ago > 0 ? due.AddDays(-(Scene.Number(one.Title) % 3)) : null);
        return milestone;
    }

    /// <summary>When something of this day was written into the plan.</summary>
    internal static DateOnly Planned(Scene scene, DateOnly day)
    {
        var (written, yesterday, first) = (day.AddDays(-150), scene.Today.AddDays(-1), scene.StartsOn.AddDays(15));
        written = written < first ? first : written;
        return written < yesterday ? written : yesterday;
    }

    private static Activity Activity(Scene scene, Chronicle told, StoryActivity one, int place)
    {
        var (by, starts) = (scene.By(one.By, one.Title), scene.Ago(one.Ago));
        var ends = starts.AddDays(one.Days - 1);
        var objective = told.Objectives[place % told.Objectives.Count].Id;
        var milestone = told.Milestones.Values.Where(m => m.DueOn >= ends && m.DueOn <= ends.AddDays(200)).OrderBy(m => m.DueOn).FirstOrDefault()?.Id;
        var review = one.Review is { } asked ? told.Reviews.GetValueOrDefault(asked) : null;
        var created = review?.ConcludedAt ?? scene.At(Earlier(Planned(scene, starts.AddDays(110)), starts.AddDays(-1)), by.Person, one.Title);
        var activity = new Activity(scene.Group.Id, new(one.Title, one.Kind, starts, ends, by.Organisation, by.Person.Id, objective, milestone), by.Person.Id, created, review?.ConcludedAt is null ? null : review.Id);
        if (starts <= scene.Today)
        {
            activity.Become(Groups.Plan.Activity.Begun, starts, scene.At(starts, by.Person, one.Title));
        }
        if (ends < scene.Today)
        {
            activity.Become(Groups.Plan.Activity.Done, ends, scene.At(ends, by.Person, one.Title));
        }
        return activity;
    }

    private static DateOnly Earlier(DateOnly one, DateOnly other) => one < other ? one : other;
}
