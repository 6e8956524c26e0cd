using TwinHub.Core.Groups;
using TwinHub.Core.Networks;
using TwinHub.Core.Register;

namespace TwinHub.Core.Facilitation;

/// <summary>All groups of a network at a glance, for its facilitators (domain, section 7).</summary>
/// <param name="Networks">All networks the person facilitates, to go from one to another.</param>
/// <param name="Today">The day in the network's zone.</param>
/// <param name="Quarters">The last four that are over, oldest first.</param>
/// <param name="Webinar">The next one of the network; null: none is planned.</param>
public sealed record Board(Network Network, IReadOnlyList<Network> Networks, DateTimeOffset Now, DateOnly Today, IReadOnlyList<Quarter> Quarters, BoardWebinar? Webinar, IReadOnlyList<BoardRow> Rows)
{
    /// <summary>The newest quarter that is over: its update is the one asked for now.</summary>
    public Quarter Current => Quarters[^1];

    /// <summary>The busiest week of all rows: the rows share one scale.</summary>
    public int BusiestWeek => Rows.Count == 0 ? 1 : Math.Max(1, Rows.Max(row => row.Weeks.Max()));
}

/// <summary>A group on the board.</summary>
/// <param name="LastSign">Null: it has given none yet.</param>
/// <param name="Weeks">Signs of life in each of twelve weeks, oldest first.</param>
/// <param name="States">As <see cref="Board.Quarters"/>, each as <see cref="QuarterlyUpdate.StateOn(DateOnly, int)"/>; null: the group owed none.</param>
/// <param name="Review">The next review that is not complete.</param>
/// <param name="Tallies">One a partner, in their order.</param>
/// <param name="Answers">To the next webinar; null: nobody was asked as this group.</param>
/// <param name="Wish"><c>help</c> or <c>pause</c>, the group's newest answer of the last thirty days; null: none of these.</param>
public sealed record BoardRow(GroupView View, DateTimeOffset? LastSign, IReadOnlyList<int> Weeks, OpenItems Open, IReadOnlyList<string?> States, BoardReview? Review, IReadOnlyList<Tally> Tallies, BoardAnswers? Answers, string? Wish)
{
    /// <summary>Days without a sign of life after which a group counts as quiet: four weeks.</summary>
    public const int QuietDays = 28;

    public bool IsQuiet(DateTimeOffset now) => View.Group.Status == "active" && (LastSign ?? View.Group.CreatedAt) < now.AddDays(-QuietDays);

    /// <summary>An update or a review is past its due day.</summary>
    public bool IsOverdue => Review is { IsOverdue: true } || States.Contains("late");

    /// <summary>An update or a review is due within the next seven days.</summary>
    public bool IsDueSoon(Board board) => (States[^1] == "open" && board.Current.DueOn <= board.Today.AddDays(7))
        || (Review is { } review && review.DueOn >= board.Today && review.DueOn <= board.Today.AddDays(7));
}

/// <summary>What a group owes: updates of quarters and answers to reviews from their opening on, the rest once it is overdue.</summary>
public sealed record OpenItems(int Updates, int Reviews, int Disseminations, int Activities)
{
    public static readonly OpenItems None = new(0, 0, 0, 0);

    public int All => Updates + Reviews + Disseminations + Activities;
}

/// <param name="Title">The milestone's; null: the final review.</param>
public sealed record BoardReview(Guid Id, string? Title, DateOnly DueOn, bool IsOverdue);

/// <summary>What a partner gave and gained, as the receiving sides confirmed: two tallies, never one score.</summary>
public sealed record Tally(PartnerView Partner, int Given, int Gained);

/// <param name="Answered">People of the whole network who answered, and how many were asked.</param>
public sealed record BoardWebinar(Guid Id, string Title, DateOnly Day, int Answered, int Asked);

/// <summary>How many of a group's people were asked to the next webinar, and what they answered.</summary>
public sealed record BoardAnswers(int Yes, int Maybe, int No, int None)
{
    public int All => Yes + Maybe + No + None;
}
