using TwinHub.Core.Groups;
using TwinHub.Core.Groups.Plan;
using TwinHub.Core.Organisations;

namespace TwinHub.Core.Reviews;

/// <summary>The reviews of a group, the nearest due day first.</summary>
/// <param name="Today">The day it is in the network's own zone.</param>
public sealed record GroupReviews(GroupStanding Standing, IReadOnlyList<ReviewSummary> Reviews, DateOnly Today)
{
    /// <summary>The final review; null: it has not been opened.</summary>
    public ReviewSummary? Final => Reviews.FirstOrDefault(one => one.Review.MilestoneId is null);
}

/// <summary>What everybody in a group sees of a review: its days, and who has answered; never what.</summary>
/// <param name="Milestone">Null: the final review.</param>
public sealed record ReviewSummary(MilestoneReview Review, Milestone? Milestone, IReadOnlyList<ReviewPartnerView> Partners, DateOnly Today)
{
    public const string Planned = "planned", Sealed = "sealed", Open = "open", Concluded = "concluded";

    /// <summary><c>planned</c>: nobody can answer yet; <c>sealed</c>: partners answer; <c>open</c>: answers are read; <c>concluded</c>.</summary>
    public string State => Today < Review.OpensOn ? Planned : Review.IsSealedOn(Today) ? Sealed : Review.ConcludedAt is null ? Open : Concluded;

    public bool IsSealed => Review.IsSealedOn(Today);
}

/// <summary>Whether a partner has answered.</summary>
/// <param name="Hue">Its hue in the group; null: it has left.</param>
public sealed record ReviewPartnerView(Organisation Organisation, string? Hue, bool HasAnswered, bool IsLate);

/// <summary>One review with what the person who asked may read of it.</summary>
/// <param name="Objectives">Those every answer rates, and those that have been rated.</param>
/// <param name="Mine">The answer of the person's own partner; null: there is none, or they belong to none.</param>
/// <param name="Answers">All of them once they are open; before that none.</param>
/// <param name="Steps">The activities it asked for.</param>
public sealed record ReviewView(
    GroupStanding Standing, ReviewSummary Summary, IReadOnlyList<Objective> Objectives, AnswerView? Mine, IReadOnlyList<AnswerView> Answers, IReadOnlyList<ActivityView> Steps)
{
    /// <summary>The person writes the conclusion, once the answers are open.</summary>
    public bool MayConclude { get; init; }

    /// <summary>Who wrote the conclusion; null: nobody has.</summary>
    public string? ConcludedBy { get; init; }

    /// <summary>The person gives or changes their partner's answer now.</summary>
    public bool MayAnswer => Standing is { MayWrite: true, SpeaksFor: { } partner } && Summary.State != ReviewSummary.Planned
        && Summary.Partners.Any(one => one.Organisation.Id == partner && (Summary.IsSealed || !one.HasAnswered));
}

/// <summary>What a partner said.</summary>
/// <param name="Author">Who wrote it last.</param>
public sealed record AnswerView(ReviewAnswer Answer, Organisation Organisation, string? Hue, string Author, IReadOnlyDictionary<Guid, int> Ratings);
