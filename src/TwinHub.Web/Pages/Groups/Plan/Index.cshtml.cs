using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Groups.Plan;
using TwinHub.Core.Reviews;

namespace TwinHub.Web.Pages.Groups.Plan;

/// <summary>The plan as a list: what lies ahead, what lies behind, and the objectives beside it. One press moves a line on.</summary>
public sealed class IndexModel(PlanDoor door, PlanService plans, MilestoneService milestones) : PageModel
{
    public PlanDoor Door => door;

    public IReadOnlyList<PlanRow> Ahead { get; private set; } = [];

    public IReadOnlyList<PlanRow> Behind { get; private set; } = [];

    public Refusal? Refused { get; private set; }

    public async Task<IActionResult> OnGet(string slug, CancellationToken cancel) => await Show(slug, cancel);

    public async Task<IActionResult> OnPostState(string slug, Guid id, string? state, CancellationToken cancel) =>
        await Finish(slug, id, await plans.SetState(door.Reader.Id, slug, id, state ?? "", cancel), cancel);

    public async Task<IActionResult> OnPostReach(string slug, Guid id, bool reached, CancellationToken cancel) =>
        await Finish(slug, id, await milestones.Reach(door.Reader.Id, slug, id, reached, cancel), cancel);

    private async Task<IActionResult> Finish(string slug, Guid id, Outcome<Guid> outcome, CancellationToken cancel)
    {
        if (outcome.Refusal is null)
        {
            TempData["Flash"] = door.Reader.W["form.saved"];
            return Redirect($"/groups/{slug}/plan#r-{id}");
        }
        if (PlanDoor.Hidden(outcome.Refusal) is { } hidden)
        {
            return hidden;
        }
        (Refused, Response.StatusCode) = (outcome.Refusal, Auth.Problems.Status(outcome.Refusal.Code));
        return await Show(slug, cancel);
    }

    private async Task<IActionResult> Show(string slug, CancellationToken cancel)
    {
        if (await door.Load(slug, cancel) is { } hidden)
        {
            return hidden;
        }
        (Ahead, Behind) = PlanRow.Of(door);
        return Page();
    }
}
