using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Groups.Plan;

namespace TwinHub.Web.Pages.Groups.Plan;

/// <summary>The form of one objective, new or to be changed.</summary>
public sealed class ObjectiveModel(PlanDoor door, PlanService plans) : PageModel
{
    public PlanDoor Door => door;

    public Refusal? Refused { get; private set; }

    [BindProperty] public ObjectiveForm Input { get; set; } = new();

    public async Task<IActionResult> OnGet(string slug, Guid? id, CancellationToken cancel)
    {
        if (await door.LoadForm(slug, cancel) is { } hidden)
        {
            return hidden;
        }
        var objective = door.Plan.Objectives.FirstOrDefault(one => one.Id == id);
        Input = objective is null ? Input : ObjectiveForm.Of(objective);
        return id is not null && objective is null ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPost(string slug, Guid? id, CancellationToken cancel) =>
        await Finish(slug, await plans.SaveObjective(door.Reader.Id, slug, id, Input.Input(), cancel), "form.saved", cancel);

    public async Task<IActionResult> OnPostRemove(string slug, Guid? id, CancellationToken cancel) =>
        await Finish(slug, await plans.RemoveObjective(door.Reader.Id, slug, id ?? Guid.Empty, cancel), "plan.removed", cancel);

    private async Task<IActionResult> Finish(string slug, Outcome<Guid> outcome, string said, CancellationToken cancel)
    {
        if (outcome.Refusal is null)
        {
            TempData["Flash"] = door.Reader.W[said];
            return Redirect($"/groups/{slug}/plan");
        }
        (Refused, Response.StatusCode) = (outcome.Refusal, Auth.Problems.Status(outcome.Refusal.Code));
        return PlanDoor.Hidden(outcome.Refusal) ?? await door.Load(slug, cancel) ?? Page();
    }
}

/// <summary>An objective as it was typed.</summary>
public sealed class ObjectiveForm
{
    public string? Text { get; set; }
    public string? Indicator { get; set; }
    public string? Baseline { get; set; }
    public string? Target { get; set; }
    public string? DueOn { get; set; }

    public static ObjectiveForm Of(Objective one) => new() { Text = one.Text, Indicator = one.Indicator, Baseline = one.Baseline, Target = one.Target, DueOn = PlanRow.Write(one.DueOn) };

    public ObjectiveInput Input() => new(Text ?? "", Indicator ?? "", Baseline ?? "", Target ?? "", string.IsNullOrWhiteSpace(DueOn) ? null : PlanRow.Read(DueOn));
}
