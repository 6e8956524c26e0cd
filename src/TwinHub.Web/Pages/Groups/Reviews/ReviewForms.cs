using TwinHub.Core.Reviews;
using TwinHub.Web.Pages.Groups.Plan;

namespace TwinHub.Web.Pages.Groups.Reviews;

/// <summary>A partner's answer as it was typed.</summary>
public sealed class AnswerForm
{
    public string? WentWell { get; set; }
    public string? Strengthen { get; set; }

    /// <summary>By objective; what was not chosen is not there.</summary>
    public Dictionary<Guid, int> Ratings { get; set; } = [];

    /// <summary>The version that was seen; 0: none.</summary>
    public int Version { get; set; }

    public static AnswerForm Of(AnswerView? mine) => mine is null ? new() : new()
    {
        WentWell = mine.Answer.WentWell, Strengthen = mine.Answer.Strengthen, Ratings = mine.Ratings.ToDictionary(), Version = mine.Answer.Version,
    };

    public AnswerInput Input() => new(WentWell, Strengthen, Ratings, Version);
}

/// <summary>A conclusion and its next steps as they were typed.</summary>
public sealed class ConclusionForm
{
    /// <summary>So many empty rows stand there; who has more to plan comes again.</summary>
    private const int Rows = 3;

    public string? Text { get; set; }

    /// <summary>When the conclusion that was seen had been written, in ticks; 0: there was none.</summary>
    public long Seen { get; set; }

    public List<StepForm> Steps { get; set; } = [];

    public DateTimeOffset? SeenAt => Seen == 0 ? null : new(Math.Clamp(Seen, 0, DateTime.MaxValue.Ticks), TimeSpan.Zero);

    public static ConclusionForm Of(MilestoneReview review) => new ConclusionForm { Text = review.Conclusion, Seen = review.ConcludedAt?.UtcTicks ?? 0 }.Filled();

    /// <summary>What was typed comes first, so that a refusal's number is its row; then empty rows.</summary>
    public ConclusionForm Filled()
    {
        Steps.RemoveAll(step => step.IsEmpty);
        Steps.AddRange(Enumerable.Range(0, Math.Max(0, Rows - Steps.Count)).Select(_ => new StepForm()));
        return this;
    }

    public IReadOnlyList<NextStep> Next() => [.. Steps.Where(step => !step.IsEmpty).Select(step => new NextStep(step.Title ?? "", step.Kind ?? "", step.Assignee, PlanRow.Read(step.DueOn)))];
}

/// <summary>A next step as it was typed.</summary>
public sealed class StepForm
{
    public string? Title { get; set; }
    public string? Kind { get; set; }
    public Guid? Assignee { get; set; }
    public string? DueOn { get; set; }

    public bool IsEmpty => string.IsNullOrWhiteSpace(Title) && string.IsNullOrWhiteSpace(Kind) && string.IsNullOrWhiteSpace(DueOn) && Assignee is null;
}
