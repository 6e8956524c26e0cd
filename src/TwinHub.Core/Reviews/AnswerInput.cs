using TwinHub.Core.Webinars.Reports;

namespace TwinHub.Core.Reviews;

/// <summary>What a partner says in a review, as it was typed.</summary>
/// <param name="Ratings">Progress of every objective, 0 to 4 (<see cref="ReviewRating.Rating"/>).</param>
/// <param name="Version">The version of the partner's answer that was seen; 0: there was none.</param>
public sealed record AnswerInput(string? WentWell, string? Strengthen, IReadOnlyDictionary<Guid, int> Ratings, int Version)
{
    /// <summary>UTF-16 units of each text, as the schema says.</summary>
    public const int MaxText = 10_000;

    public const int MostReached = 4;

    /// <summary>The texts cleaned; both are wanted, and a number for each of the objectives there are.</summary>
    internal Outcome<AnswerInput> Clean(IReadOnlyCollection<Guid> objectives)
    {
        var (well, strengthen) = (Text(WentWell, "wentWell"), Text(Strengthen, "strengthen"));
        return (well.Refusal ?? strengthen.Refusal) is { } refusal ? refusal
            : !objectives.ToHashSet().SetEquals(Ratings.Keys) || Ratings.Values.Any(rating => rating is < 0 or > MostReached) ? Refusal.Invalid("ratings", "review.ratings")
            : this with { WentWell = well.Value, Strengthen = strengthen.Value };
    }

    internal static Outcome<string> Text(string? text, string field, string missing = "review.unwritten")
    {
        var clean = LongText.Clean(text, MaxText, field);
        return clean.Refusal is null && clean.Value.Length == 0 ? Refusal.Invalid(field, missing) : clean;
    }
}
