using TwinHub.Core.Networks;
using TwinHub.Core.Reviews;
using TwinHub.Core.Webinars.Reports;

namespace TwinHub.Core.Groups.Plan;

/// <summary>What a plan takes: texts of one line within their limits, days of this century, kinds the network knows.</summary>
internal static class PlanRules
{
    private static readonly DateOnly First = new(2000, 1, 1), Last = new(2099, 12, 31);

    public static Outcome<ObjectiveInput> Clean(ObjectiveInput input)
    {
        var (text, indicator, baseline, target) = (Names.Clean(input.Text, 500), Line(input.Indicator, 500), Line(input.Baseline, 200), Line(input.Target, 200));
        return text is null ? Unwritten(input.Text, "text", "plan.objective.missing")
            : indicator is null ? TooLong("indicator") : baseline is null ? TooLong("baseline") : target is null ? TooLong("target")
            : input.DueOn is { } due && !IsDay(due) ? Refusal.Invalid("dueOn", "plan.day")
            : new ObjectiveInput(text, indicator, baseline, target, input.DueOn);
    }

    public static Outcome<MilestoneInput> Clean(MilestoneInput input)
    {
        var (title, meaning) = (Names.Clean(input.Title, 200), LongText.Clean(input.Meaning, 2_000, "meaning"));
        return title is null ? Unwritten(input.Title, "title", "plan.title.missing")
            : !IsDay(input.DueOn) ? Refusal.Invalid("dueOn", "plan.day")
            : meaning.Refusal is { } refusal ? refusal
            : new MilestoneInput(title, meaning.Value, input.DueOn);
    }

    public static Outcome<ActivityInput> Clean(ActivityInput input, NetworkTemplate template)
    {
        var title = Names.Clean(input.Title, 200);
        return title is null ? Unwritten(input.Title, "title", "plan.title.missing")
            : template.ActivityKinds.All(kind => kind.Key != input.Kind) ? Refusal.Invalid("kind", "plan.kind")
            : !IsDay(input.StartsOn) ? Refusal.Invalid("startsOn", "plan.day")
            : !IsDay(input.EndsOn) ? Refusal.Invalid("endsOn", "plan.day")
            : input.EndsOn < input.StartsOn ? Refusal.Invalid("endsOn", "plan.ends-before")
            : input with { Title = title };
    }

    /// <summary>A day somebody may mean; what could not be read is the first of all days.</summary>
    public static bool IsDay(DateOnly day) => day >= First && day <= Last;

    /// <summary>Null: too long.</summary>
    private static string? Line(string text, int max) => string.IsNullOrWhiteSpace(text) ? "" : Names.Clean(text, max);

    private static Refusal Unwritten(string? text, string field, string missing) => string.IsNullOrWhiteSpace(text) ? Refusal.Invalid(field, missing) : TooLong(field);

    private static Refusal TooLong(string field) => new(RefusalCode.TooLong, "report.too-long", field);
}
