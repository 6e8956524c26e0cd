namespace TwinHub.Core.Reviews;

/// <summary>When a review opens and is due around the day it is about, and which way its due day may still move (domain, section 4).</summary>
public static class ReviewDays
{
    /// <summary>Days before a milestone on which its review opens.</summary>
    public const int OpensBefore = 30;

    /// <summary>A milestone less than this many days away, or past, leaves too little time to answer by its day.</summary>
    public const int TooNear = 7;

    /// <summary>Partners then get this many days from today.</summary>
    public const int AtLeast = 14;

    /// <summary>A review opens 30 days before, not before today, and is due on the day; where that is too near, 14 days from today.</summary>
    public static (DateOnly OpensOn, DateOnly DueOn) Around(DateOnly day, DateOnly today) =>
        day < today.AddDays(TooNear) ? (today, today.AddDays(AtLeast)) : (Later(today, day.AddDays(-OpensBefore)), day);

    /// <summary>
    /// Why the due day cannot move: earlier once somebody has answered, or at all once answers have opened. Null: it may. Whoever
    /// could bring it forward could open the others' answers.
    /// </summary>
    /// <param name="answered">Somebody has answered.</param>
    public static Refusal? Hindrance(MilestoneReview review, bool answered, DateOnly dueOn, DateOnly today) =>
        answered && !review.IsSealedOn(today) ? new(RefusalCode.Closed, "review.has-opened", "dueOn")
        : answered && dueOn < review.DueOn ? Refusal.Invalid("dueOn", "review.only-later")
        : dueOn <= today || dueOn <= review.OpensOn ? Refusal.Invalid("dueOn", "review.due-ahead")
        : null;

    internal static DateOnly Later(DateOnly one, DateOnly other) => one > other ? one : other;
}
