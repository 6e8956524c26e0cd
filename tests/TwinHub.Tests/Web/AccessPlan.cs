using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Groups.Plan;
using TwinHub.Core.Reviews;
using TwinHub.Tests.Support;
using Xunit;

namespace TwinHub.Tests.Web;

/// <summary>
/// Plans and reviews for the matrix, in the group of each role. One review of each group has a sealed answer of a partner that no
/// role belongs to: nobody may read its nonce anywhere.
/// </summary>
public sealed class AccessPlan
{
    /// <summary>Stands in sealed answers alone.</summary>
    public const string Nonce = "nonce4d0c81e6";

    private readonly Dictionary<(string Group, string What), Guid> _ids = [];
    private readonly TestHub _hub;

    private AccessPlan(TestHub hub) => _hub = hub;

    public static async Task<AccessPlan> Open(TestHub hub)
    {
        var plan = new AccessPlan(hub);
        foreach (var (group, one, other) in new[] { (People.TheirGroup, People.Selin, People.Rana), ("nablus-saida", "samah.anabtawi@nablus.example.org", "nadine.baba@saida.example.org") })
        {
            plan._ids[(group, "objective")] = await hub.Objective("Matrix", group);
            plan._ids[(group, "activity")] = await plan.Activity(group);
            plan._ids[(group, "sealed")] = await hub.Review("Sealed", group: group);
            plan._ids[(group, "milestone")] = await hub.Scalar<Guid>("select milestone_id from milestone_reviews where id = $1", plan._ids[(group, "sealed")]);
            (plan._ids[(group, "open")], plan._ids[(group, "mine")]) = (await hub.Review("Open", group: group), await hub.Review("Mine", group: group));
            Assert.Null((await hub.Answer(one, plan._ids[(group, "sealed")], Nonce)).Refusal);
            Assert.Null((await hub.Answer(one, plan._ids[(group, "open")], "Matrix")).Refusal);
            Assert.Null((await hub.Answer(other, plan._ids[(group, "open")], "Matrix")).Refusal);
            // The member's partner has answered; in the observer's group it is the other one.
            Assert.Null((await hub.Answer(group == People.TheirGroup ? other : one, plan._ids[(group, "mine")], group == People.TheirGroup ? "Matrix" : Nonce)).Refusal);
        }
        plan._ids[(AccessWorld.ForeignGroup, "foreign")] = await hub.Review("Foreign", group: AccessWorld.ForeignGroup);
        return plan;
    }

    /// <summary>The thing an address of a row names; what a row changes for good is made for it.</summary>
    /// <param name="group">The role's own group.</param>
    public async Task<Guid> Id(AccessRow row, string group) => (row.Id, row.Route) switch
    {
        ("foreign", _) => _ids[(AccessWorld.ForeignGroup, "foreign")],
        ("absent", _) => Guid.NewGuid(),
        ("sealed", _) => _ids[(group, "sealed")],
        (_, var route) when route.Contains("/objective/", StringComparison.Ordinal) => route.Contains("remove", StringComparison.Ordinal) ? await _hub.Objective("Gone", group) : _ids[(group, "objective")],
        (_, var route) when route.Contains("/milestone/", StringComparison.Ordinal) => route.Contains("remove", StringComparison.Ordinal) ? await Milestone(group) : _ids[(group, "milestone")],
        (_, var route) when route.Contains("/activity/", StringComparison.Ordinal) => _ids[(group, "activity")],
        (_, var route) when route.Contains("conclude", StringComparison.Ordinal) => _ids[(group, "open")],
        (_, var route) when route.StartsWith("PUT ", StringComparison.Ordinal) || route.StartsWith("POST ", StringComparison.Ordinal) => await _hub.Review("Fresh", group: group),
        (_, var route) when route.EndsWith("/mine", StringComparison.Ordinal) => _ids[(group, "mine")],
        (_, var route) when route.EndsWith("/answers", StringComparison.Ordinal) => _ids[(group, "open")],
        _ => _ids[(group, "sealed")],
    };

    /// <summary>The fields of one of the forms.</summary>
    public async Task<(string, string)[]> Form(AccessRow row, string group) => row.Route.Split("/groups/{slug}")[1] switch
    {
        "/plan?handler=state" => [("id", Own(row, group, "activity")), ("state", "begun")],
        "/plan?handler=reach" => [("id", Own(row, group, "milestone")), ("reached", "true")],
        var path when path.StartsWith("/plan/objective", StringComparison.Ordinal) => [("Input.Text", "Matrix")],
        var path when path.StartsWith("/plan/milestone", StringComparison.Ordinal) => [("Input.Title", "Sealed"), ("Input.DueOn", $"{_hub.Day(10):yyyy-MM-dd}"), ("Input.IsReviewed", "true")],
        var path when path.StartsWith("/plan/activity", StringComparison.Ordinal) => [("Input.Title", "Matrix"), ("Input.Kind", "visit"), ("Input.StartsOn", "2030-05-14")],
        var path when path.EndsWith("=answer", StringComparison.Ordinal) => [("Input.WentWell", "Matrix"), ("Input.Strengthen", "Matrix"), .. (await Ratings(group)).Select(id => ($"Input.Ratings[{id}]", "2"))],
        var path when path.EndsWith("=conclude", StringComparison.Ordinal) => [("Conclusion.Text", "Matrix"), ("Conclusion.Seen", (await Concluded(group)).ToString(System.Globalization.CultureInfo.InvariantCulture))],
        var path when path.EndsWith("=postpone", StringComparison.Ordinal) => [("DueOn", $"{_hub.Day(40):yyyy-MM-dd}")],
        _ => [],
    };

    /// <summary>The body of an answer.</summary>
    public async Task<object> Answer(string group) => new { wentWell = "Matrix", strengthen = "Matrix", ratings = (await Ratings(group)).Select(objective => new { objective, rating = 1 }) };

    private string Own(AccessRow row, string group, string what) => (row.Id == "own" ? _ids[(group, what)] : Guid.NewGuid()).ToString();

    private Task<List<Guid>> Ratings(string group) => _hub.Db(db => db.Objectives.Where(o => o.RemovedAt == null && db.Groups.Any(g => g.Slug == group && g.Id == o.GroupId)).Select(o => o.Id).ToListAsync());

    private async Task<long> Concluded(string group)
    {
        var review = _ids.GetValueOrDefault((group, "open"));
        return (await _hub.Db(db => db.MilestoneReviews.Where(r => r.Id == review).Select(r => r.ConcludedAt).SingleOrDefaultAsync()))?.UtcTicks ?? 0;
    }

    private async Task<Guid> Activity(string group)
    {
        var (id, person) = (await _hub.GroupId(group), await _hub.PersonId(People.Claire));
        return await _hub.Change(db => Task.FromResult(db.Activities.Add(new Activity(id, new("Matrix", "visit", _hub.Day(), _hub.Day(2), null, null, null, null), person, _hub.Now())).Entity.Id));
    }

    private async Task<Guid> Milestone(string group)
    {
        var (id, person) = (await _hub.GroupId(group), await _hub.PersonId(People.Claire));
        return await _hub.Change(db => Task.FromResult(db.Milestones.Add(new Milestone(id, new("Gone", "", _hub.Day(30)), person, _hub.Now())).Entity.Id));
    }
}
