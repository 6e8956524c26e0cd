namespace TwinHub.Core.Data.Histories;

/// <summary>
/// What a group of the demo has lived through, as it stands in Data/Demo/history. Days are counted back from the day the demo is
/// made; below zero they lie ahead. <c>by</c> is the part of a member's address before the @, or a partner's place in the group.
/// </summary>
/// <param name="Quarters">
/// One letter a quarter, the newest first, the last for all before: s submitted, m by mail, n nothing to report, l late, x missed,
/// ? left to the hub while it is open and else late, ! likewise and else missed, - none.
/// </param>
/// <param name="Until">Days ago after which nothing happened; null: it goes on.</param>
public sealed record DemoStory(
    string Quarters, int? Until, List<StoryObjective>? Objectives, List<StoryMilestone>? Milestones, List<StoryActivity>? Activities, List<StoryGift>? Given,
    List<StoryLesson>? Lessons, Dictionary<string, string[]>? Texts, StoryNudge? Nudge)
{
    /// <summary>A group's own story; what it lacks it takes from the pool of its network, where there is one.</summary>
    public static DemoStory Of(string group, string network)
    {
        var own = DemoNetworkFile.Read<DemoStory>($"demo/history/{group}.json") ?? throw new InvalidDataException($"The demo tells nothing of {group}.");
        return own.Activities is not null || DemoNetworkFile.Read<DemoStory>($"demo/history/pool-{network}.json") is not { } pool ? own with { Texts = own.Texts ?? [] } : own.With(pool, group);
    }

    /// <summary>Two of three of the pool's activities, which ones follows from the slug, some days earlier or later in each group.</summary>
    private DemoStory With(DemoStory pool, string group)
    {
        var (number, shift) = (Scene.Number(group), Scene.Number(group) % 12);
        return pool with
        {
            Quarters = Quarters,
            Until = Until,
            Milestones = [.. pool.Milestones!.Select(one => one with { Ago = one.Ago + shift })],
            Activities = [.. pool.Activities!.Where((_, place) => (place * 7 + number) % 3 != 0).Select(one => one with { Ago = one.Ago + shift })],
            Lessons = [.. (Lessons ?? []).Concat(pool.Lessons!).DistinctBy(one => (one.At, one.Review, one.Kind))],
        };
    }
}

public sealed record StoryObjective(string By, string Text, string Indicator, string Baseline, string Target);

/// <param name="Title">Empty: the final review of the twinning.</param>
/// <param name="Answers">By who answered: what went well, what could be strengthened.</param>
/// <param name="Conclusion">Who, and what.</param>
public sealed record StoryMilestone(string By, string Title, string Meaning, int Ago, Dictionary<string, string[]>? Answers, string[]? Conclusion);

/// <param name="Said">What the quarter's update says of it, by language.</param>
/// <param name="Review">The place of the milestone whose review asked for it.</param>
public sealed record StoryActivity(string By, string Title, string Kind, int Ago, int Days, int? Review, Dictionary<string, string>? Said);

public sealed record StoryGift(string By, int Ago, string Text);

/// <param name="At">The place of the message in the group's talk; null: a review or nothing.</param>
/// <param name="To">Who cares for it, who must hear of it, and <c>open</c> where that has not happened.</param>
public sealed record StoryLesson(int? At, int? Review, string Kind, string? By, string? Text, List<string[]> To);

public sealed record StoryNudge(string To, int Ago, string Text);
