using Microsoft.AspNetCore.Mvc;
using TwinHub.Core;
using TwinHub.Core.Groups;
using TwinHub.Core.Groups.Plan;
using TwinHub.Core.Networks;
using TwinHub.Core.Reviews;

namespace TwinHub.Web.Pages.Groups.Plan;

/// <summary>A plan for its pages: the group round it, and what every form of it does with a refusal.</summary>
public sealed class PlanDoor(Reader reader, GroupService groups, PlanReader plans)
{
    public GroupDetails Details { get; private set; } = null!;

    public GroupPlan Plan { get; private set; } = null!;

    public Reader Reader => reader;

    public string Path => $"/groups/{Details.View.Group.Slug}/plan";

    public NetworkTemplate Template => NetworkTemplate.Of(Details.View.Network.Template);

    /// <summary>The kinds of activity the network knows, in the reader's language.</summary>
    public IEnumerable<(string, string)> Kinds => Template.ActivityKinds.Select(kind => (kind.Key, kind.Names.In(reader.Language)));

    public IEnumerable<(string, string)> Partners => Details.View.Partners.Select(partner => (partner.Organisation.Id.ToString(), partner.Organisation.ShortName(reader.Language)));

    /// <summary>The members, each with their partner's place.</summary>
    public IEnumerable<(string, string)> Members => reader.Sorted(Details.Members, member => member.Name).Select(member => (member.PersonId.ToString(), $"{member.Name} · {Place(member.OrganisationId)}"));

    public IEnumerable<(string, string)> Objectives => Plan.Objectives.Select(one => (one.Id.ToString(), Short(one.Text)));

    public IEnumerable<(string, string)> Milestones => Plan.Milestones.OrderBy(one => one.Milestone.DueOn).Select(one => (one.Milestone.Id.ToString(), Short(one.Milestone.Title)));

    /// <summary>Reads the plan; null: there it is.</summary>
    public async Task<IActionResult?> Load(string slug, CancellationToken cancel)
    {
        var (group, plan) = (await groups.Find(reader.Id, slug, cancel), await plans.Find(reader.Id, slug, cancel));
        if (group.Refusal is not null || plan.Refusal is not null)
        {
            return new NotFoundResult();
        }
        (Details, Plan) = (group.Value, plan.Value);
        return null;
    }

    /// <summary>As <see cref="Load"/>, for a form: who only reads is not allowed, and an archive has no forms.</summary>
    public async Task<IActionResult?> LoadForm(string slug, CancellationToken cancel) =>
        await Load(slug, cancel) ?? (Plan.Standing.MayWrite ? null : Details.View.Group.IsClosed ? new RedirectResult(Path) : new StatusCodeResult(403));

    /// <summary>What is not there or not allowed has no page.</summary>
    public static IActionResult? Hidden(Refusal refusal) =>
        refusal.Code is RefusalCode.NotFound or RefusalCode.NotAllowed ? new StatusCodeResult(Auth.Problems.Status(refusal.Code)) : null;

    /// <summary>The place of a partner, or of all of them; a partner that has left is not named.</summary>
    public string Place(Guid? organisation) => organisation is null
        ? GroupWords.Places(Details.View, reader.Language)
        : Details.View.Partners.FirstOrDefault(partner => partner.Organisation.Id == organisation) is { } one ? GroupWords.City(one, reader.Language) : "–";

    /// <summary>The days of a review in one sentence.</summary>
    public string Days(MilestoneReview review) => reader.W.Say("review.days", ("opens", reader.W.ShortDate(review.OpensOn)), ("due", reader.W.ShortDate(review.DueOn)));

    private static string Short(string text) => text.Length <= 80 ? text : Core.Names.Clean(text[..78]) + "…";
}
