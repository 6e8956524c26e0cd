using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Groups;
using TwinHub.Core.Groups.Contributions;
using TwinHub.Core.Networks;
using TwinHub.Core.Register;

namespace TwinHub.Core.Facilitation;

/// <summary>Quarters, reviews, contributions and wishes of many groups, each read by one query.</summary>
internal sealed class BoardFacts
{
    // Four quarters that are over have all opened within these days.
    private const int DaysRead = 400;
    private const int WishDays = 30;

    private Dictionary<(Guid Group, string Quarter), string> _states = [];
    private Dictionary<Guid, BoardReview> _reviews = [];
    private Dictionary<(Guid Group, Guid Organisation), int> _given = [], _gained = [];
    private Dictionary<Guid, string> _wishes = [];

    public static async Task<BoardFacts> Read(TwinHubDb db, Network network, List<Guid> groups, DateTimeOffset now, CancellationToken cancel)
    {
        var (facts, today) = (new BoardFacts(), network.Day(now));
        var since = today.AddDays(-DaysRead);
        var updates = await db.QuarterlyUpdates.Where(u => groups.Contains(u.GroupId) && u.OpensOn > since)
            .Select(u => new { u.GroupId, u.Quarter, In = u.SubmittedAt != null, u.OpensOn, u.DueOn }).ToListAsync(cancel);
        facts._states = updates.ToDictionary(u => (u.GroupId, u.Quarter), u => QuarterlyUpdate.StateOn(u.In, u.OpensOn, u.DueOn, today, network.MissedAfter));
        await facts.ReadReviews(db, groups, today, today.AddDays(-network.MissedAfter), cancel);
        await facts.ReadContributions(db, groups, cancel);
        await facts.ReadWishes(db, groups, now.AddDays(-WishDays), cancel);
        return facts;
    }

    public IReadOnlyList<string?> States(Guid group, IEnumerable<Quarter> quarters) => [.. quarters.Select(quarter => _states.GetValueOrDefault((group, quarter.Label)))];

    public BoardReview? Review(Guid group) => _reviews.GetValueOrDefault(group);

    public IReadOnlyList<Tally> Tallies(GroupView view) => [.. view.Partners.Select(partner => new Tally(partner,
        _given.GetValueOrDefault((view.Group.Id, partner.Organisation.Id)), _gained.GetValueOrDefault((view.Group.Id, partner.Organisation.Id))))];

    public string? Wish(Guid group) => _wishes.GetValueOrDefault(group);

    /// <summary>From the day on which a review counts as missed nobody is asked any more, so the next one stands here.</summary>
    private async Task ReadReviews(TwinHubDb db, List<Guid> groups, DateOnly today, DateOnly missed, CancellationToken cancel)
    {
        var reviews = await db.MilestoneReviews.Where(r => groups.Contains(r.GroupId) && r.CancelledAt == null && r.CompleteAt == null && r.ConcludedAt == null && r.DueOn > missed)
            .Select(r => new { r.GroupId, r.Id, r.DueOn, Title = db.Milestones.Where(m => m.Id == r.MilestoneId).Select(m => m.Title).FirstOrDefault() }).ToListAsync(cancel);
        _reviews = reviews.GroupBy(r => r.GroupId).ToDictionary(of => of.Key, of => of.MinBy(r => r.DueOn)!)
            .ToDictionary(one => one.Key, one => new BoardReview(one.Value.Id, one.Value.Title, one.Value.DueOn, one.Value.DueOn < today));
    }

    private async Task ReadContributions(TwinHubDb db, List<Guid> groups, CancellationToken cancel)
    {
        var rows = await db.Contributions.Where(c => groups.Contains(c.GroupId) && c.State == Contribution.Confirmed)
            .GroupBy(c => new { c.GroupId, c.GiverId, c.ReceiverId }).Select(of => new { of.Key.GroupId, of.Key.GiverId, of.Key.ReceiverId, Times = of.Count() }).ToListAsync(cancel);
        _given = rows.GroupBy(row => (row.GroupId, row.GiverId)).ToDictionary(of => of.Key, of => of.Sum(row => row.Times));
        _gained = rows.GroupBy(row => (row.GroupId, row.ReceiverId)).ToDictionary(of => of.Key, of => of.Sum(row => row.Times));
    }

    private async Task ReadWishes(TwinHubDb db, List<Guid> groups, DateTimeOffset since, CancellationToken cancel)
    {
        var answers = await db.AliveAnswers.Where(a => groups.Contains(a.GroupId) && a.AnsweredAt > since).AsNoTracking().ToListAsync(cancel);
        _wishes = answers.GroupBy(a => a.GroupId).Select(of => of.MaxBy(a => a.AnsweredAt)!).Where(a => a.Answer != AliveAnswer.Well).ToDictionary(a => a.GroupId, a => a.Answer);
    }
}
