using TwinHub.Core;
using TwinHub.Core.Reviews;
using Xunit;

namespace TwinHub.Tests.Core.Reviews;

/// <summary>When a review opens and is due, and that its day never comes closer once somebody has answered.</summary>
public sealed class ReviewDaysTests
{
    private static readonly DateOnly Today = new(2027, 3, 10);

    [Theory]
    [InlineData(90, 60, 90)]
    [InlineData(30, 0, 30)]
    [InlineData(29, 0, 29)]
    [InlineData(7, 0, 7)]
    [InlineData(6, 0, 14)]
    [InlineData(0, 0, 14)]
    [InlineData(-400, 0, 14)]
    public void A_review_leaves_partners_at_least_a_week(int milestone, int opens, int due) =>
        Assert.Equal((Today.AddDays(opens), Today.AddDays(due)), ReviewDays.Around(Today.AddDays(milestone), Today));

    [Theory]
    // opens, due, answered, complete, wanted → why not
    [InlineData(-5, 10, false, false, 3, null)]
    [InlineData(-5, 10, false, false, 0, "review.due-ahead")]
    [InlineData(-5, 10, true, false, 11, null)]
    [InlineData(-5, 10, true, false, 10, null)]
    [InlineData(-5, 10, true, false, 9, "review.only-later")]
    [InlineData(-5, 10, true, true, 20, "review.has-opened")]
    [InlineData(-9, -1, true, false, 20, "review.has-opened")]
    [InlineData(-9, -1, false, false, 20, null)]
    [InlineData(-9, 0, true, false, 0, "review.due-ahead")]
    [InlineData(5, 10, false, false, 5, "review.due-ahead")]
    public void The_due_day_moves_as_far_as_it_may(int opens, int due, bool answered, bool complete, int wanted, string? why)
    {
        var review = new MilestoneReview(Guid.NewGuid(), Guid.NewGuid(), Today.AddDays(opens), Today.AddDays(due), DateTimeOffset.UnixEpoch);
        if (complete)
        {
            review.Complete(DateTimeOffset.UnixEpoch);
        }
        var hindrance = ReviewDays.Hindrance(review, answered, Today.AddDays(wanted), Today);
        Assert.Equal((why, why is null ? null : "dueOn"), (hindrance?.TextKey, hindrance?.Field));
        Assert.Equal(why == "review.has-opened", hindrance?.Code == RefusalCode.Closed);
    }
}
