using Microsoft.EntityFrameworkCore;

namespace TwinHub.Core.Groups.Plan;

/// <summary>
/// Objectives of a group and the dates of its plan (domain, section 4). Members who may write and facilitators change them. Adding
/// what stands there already, word for word, adds nothing: a form sent twice is one.
/// </summary>
public sealed class PlanService(GroupDesk desk)
{
    internal const string What = "plan";

    /// <summary>Adds an objective, or changes one.</summary>
    /// <param name="id">Null: a new one.</param>
    public Task<Outcome<Guid>> SaveObjective(Guid actor, string slug, Guid? id, ObjectiveInput input, CancellationToken cancel) => Change(actor, slug, async work =>
    {
        var living = work.Db.Objectives.Where(o => o.GroupId == work.Group.Id && o.RemovedAt == null);
        var objective = id is null ? null : await living.SingleOrDefaultAsync(o => o.Id == id, cancel);
        var clean = id is not null && objective is null ? Refusal.NotFound : PlanRules.Clean(input);
        if (clean.Refusal is { } refusal)
        {
            return refusal;
        }
        objective ??= (await living.Where(o => o.Text == clean.Value.Text).ToListAsync(cancel)).Find(one => one.Input == clean.Value)
            ?? work.Db.Objectives.Add(new Objective(work.Group.Id, clean.Value, actor, work.Now)).Entity;
        objective.Change(clean.Value);
        return objective.Id;
    }, cancel);

    /// <summary>
    /// Takes an objective away; refused once a partner has answered a review that asked for it. That it has been rated tells no more
    /// than that somebody answered, because every answer rates every objective.
    /// </summary>
    public Task<Outcome<Guid>> RemoveObjective(Guid actor, string slug, Guid id, CancellationToken cancel) => Change(actor, slug, async work =>
    {
        var objective = await work.Db.Objectives.SingleOrDefaultAsync(o => o.Id == id && o.GroupId == work.Group.Id, cancel);
        if (objective is null || await work.Db.ReviewRatings.AnyAsync(r => r.ObjectiveId == id, cancel))
        {
            return objective is null ? Refusal.NotFound : new Refusal(RefusalCode.Conflict, "plan.objective.rated");
        }
        objective.Remove(work.Now);
        await work.Db.Activities.Where(a => a.ObjectiveId == id).ExecuteUpdateAsync(set => set.SetProperty(a => a.ObjectiveId, (Guid?)null), cancel);
        return id;
    }, cancel);

    /// <summary>Adds an activity, or changes one.</summary>
    /// <param name="id">Null: a new one.</param>
    public Task<Outcome<Guid>> SaveActivity(Guid actor, string slug, Guid? id, ActivityInput input, CancellationToken cancel) => Change(actor, slug, async work =>
    {
        var activity = id is null ? null : await work.Db.Activities.SingleOrDefaultAsync(a => a.Id == id && a.GroupId == work.Group.Id, cancel);
        var clean = id is not null && activity is null ? Refusal.NotFound : await ActivityDesk.Clean(work, input);
        if (clean.Refusal is { } refusal)
        {
            return refusal;
        }
        activity ??= await ActivityDesk.Same(work, clean.Value, null) ?? work.Db.Activities.Add(new Activity(work.Group.Id, clean.Value, actor, work.Now)).Entity;
        if (activity.Input != clean.Value)
        {
            activity.Change(clean.Value, work.Now);
        }
        return activity.Id;
    }, cancel);

    /// <summary>Plans an activity, begins it, finishes it or calls it off; into the state it is in changes nothing.</summary>
    /// <param name="state">One of <see cref="Activity.States"/>.</param>
    public Task<Outcome<Guid>> SetState(Guid actor, string slug, Guid id, string state, CancellationToken cancel) => Change(actor, slug, async work =>
    {
        var activity = await work.Db.Activities.SingleOrDefaultAsync(a => a.Id == id && a.GroupId == work.Group.Id, cancel);
        if (activity is null || !Activity.States.Contains(state))
        {
            return activity is null ? Refusal.NotFound : Refusal.Invalid("state");
        }
        if (activity.State != state)
        {
            activity.Become(state, work.Today, work.Now);
        }
        return id;
    }, cancel);

    private Task<Outcome<Guid>> Change(Guid actor, string slug, Func<GroupWork, Task<Outcome<Guid>>> change, CancellationToken cancel) =>
        desk.Change(actor, db => db.Groups.Where(g => g.Slug == slug), What, change, cancel);
}
