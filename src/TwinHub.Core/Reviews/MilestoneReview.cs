namespace TwinHub.Core.Reviews;

/// <summary>
/// Every partner says what went well and what could be strengthened. The answers are sealed until all have answered or the due
/// day has passed (domain, section 4, Reviews).
/// </summary>
public sealed class MilestoneReview
{
    private MilestoneReview() { }

    public MilestoneReview(Guid groupId, Guid? milestoneId, DateOnly opensOn, DateOnly dueOn, DateTimeOffset now) =>
        (Id, GroupId, MilestoneId, OpensOn, DueOn, CreatedAt) = (Guid.CreateVersion7(), groupId, milestoneId, opensOn, dueOn, now);

    public Guid Id { get; private set; }
    public Guid GroupId { get; private set; }

    /// <summary>Null: the final review of the twinning.</summary>
    public Guid? MilestoneId { get; private set; }
    public DateOnly OpensOn { get; private set; }

    /// <summary>The last day on which an answer is in time; the answers open when it has passed in the network's zone.</summary>
    public DateOnly DueOn { get; private set; }

    /// <summary>When the last partner answered; null: some have not.</summary>
    public DateTimeOffset? CompleteAt { get; private set; }
    public string Conclusion { get; private set; } = "";
    public Guid? ConcludedBy { get; private set; }
    public DateTimeOffset? ConcludedAt { get; private set; }
    public DateTimeOffset CreatedAt { get; private set; }
    public DateTimeOffset? CancelledAt { get; private set; }

    public bool IsSealedOn(DateOnly today) => CompleteAt is null && today <= DueOn;

    /// <summary>Sets its days; a review that was called off takes place again.</summary>
    public void Plan(DateOnly opensOn, DateOnly dueOn) => (OpensOn, DueOn, CancelledAt) = (opensOn, dueOn, null);

    public void Complete(DateTimeOffset now) => CompleteAt ??= now;

    public void Conclude(string conclusion, Guid person, DateTimeOffset now) => (Conclusion, ConcludedBy, ConcludedAt) = (conclusion, person, now);

    public void Cancel(DateTimeOffset now) => CancelledAt ??= now;
}

/// <summary>A partner that owes a review its answer.</summary>
public sealed class ReviewPartner
{
    private ReviewPartner() { }

    public ReviewPartner(Guid reviewId, Guid organisationId) => (ReviewId, OrganisationId) = (reviewId, organisationId);

    public Guid ReviewId { get; private set; }
    public Guid OrganisationId { get; private set; }
}

/// <summary>What one partner says; nobody but that partner may see it while the review is sealed.</summary>
public sealed class ReviewAnswer
{
    private ReviewAnswer() { }

    public ReviewAnswer(Guid reviewId, Guid organisationId, Guid personId, string wentWell, string strengthen, bool late, DateTimeOffset now)
    {
        (ReviewId, OrganisationId, AnsweredAt, Late) = (reviewId, organisationId, now, late);
        (PersonId, WentWell, Strengthen, ChangedAt) = (personId, wentWell, strengthen, now);
    }

    public Guid ReviewId { get; private set; }
    public Guid OrganisationId { get; private set; }
    public Guid PersonId { get; private set; }
    public string WentWell { get; private set; } = "";
    public string Strengthen { get; private set; } = "";
    public DateTimeOffset AnsweredAt { get; private set; }
    public DateTimeOffset ChangedAt { get; private set; }
    public int Version { get; private set; } = 1;

    /// <summary>It came in after the answers had opened.</summary>
    public bool Late { get; private set; }

    public void Change(Guid person, string wentWell, string strengthen, DateTimeOffset now) =>
        (PersonId, WentWell, Strengthen, ChangedAt, Version) = (person, wentWell, strengthen, now, Version + 1);
}

/// <summary>Progress of an objective as one partner sees it.</summary>
public sealed class ReviewRating
{
    private ReviewRating() { }

    public ReviewRating(Guid reviewId, Guid organisationId, Guid objectiveId, int rating) =>
        (ReviewId, OrganisationId, ObjectiveId, Rating) = (reviewId, organisationId, objectiveId, rating);

    public Guid ReviewId { get; private set; }
    public Guid OrganisationId { get; private set; }
    public Guid ObjectiveId { get; private set; }

    /// <summary>0 not begun, 1 begun, 2 half way, 3 nearly there, 4 reached.</summary>
    public int Rating { get; private set; }
}
