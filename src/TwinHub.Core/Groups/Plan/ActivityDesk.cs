using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Networks;

namespace TwinHub.Core.Groups.Plan;

/// <summary>What an activity may name, and whether it stands in the plan already.</summary>
internal static class ActivityDesk
{
    /// <summary>The input cleaned; what it names must be of this group.</summary>
    public static async Task<Outcome<ActivityInput>> Clean(GroupWork work, ActivityInput input)
    {
        var clean = PlanRules.Clean(input, NetworkTemplate.Of(work.Standing.Network.Template));
        return clean.Refusal is null && await Foreign(work, clean.Value) is { } field ? Refusal.Invalid(field, "plan.foreign") : clean;
    }

    /// <summary>The same activity, word for word, asked for by the same review or by none.</summary>
    public static async Task<Activity?> Same(GroupWork work, ActivityInput input, Guid? review) =>
        (await work.Db.Activities.Where(a => a.GroupId == work.Group.Id && a.ReviewId == review && a.Title == input.Title).ToListAsync(work.Cancel)).Find(one => one.Input == input);

    private static async Task<string?> Foreign(GroupWork work, ActivityInput input)
    {
        var (db, group) = (work.Db, work.Group.Id);
        var known = await db.Groups.Where(g => g.Id == group).Select(g => new
        {
            Partner = input.OrganisationId == null || db.GroupPartners.Any(p => p.GroupId == group && p.OrganisationId == input.OrganisationId),
            Assignee = input.AssigneeId == null || db.Memberships.Any(m => m.GroupId == group && m.PersonId == input.AssigneeId),
            Objective = input.ObjectiveId == null || db.Objectives.Any(o => o.GroupId == group && o.Id == input.ObjectiveId && o.RemovedAt == null),
            Milestone = input.MilestoneId == null || db.Milestones.Any(m => m.GroupId == group && m.Id == input.MilestoneId && m.RemovedAt == null),
        }).SingleAsync(work.Cancel);
        return !known.Partner ? "organisationId" : !known.Assignee ? "assigneeId" : !known.Objective ? "objectiveId" : !known.Milestone ? "milestoneId" : null;
    }
}
