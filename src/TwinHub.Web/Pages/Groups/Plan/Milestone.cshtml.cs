using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Groups.Plan;
using TwinHub.Core.Reviews;

namespace TwinHub.Web.Pages.Groups.Plan;

/// <summary>The form of one milestone, and whether the partners review it.</summary>
public sealed class MilestoneModel(PlanDoor door, MilestoneService milestones) : PageModel
{
    public PlanDoor Door => door;

    /// <summary>What is saved; null: a new one.</summary>
    public MilestoneView? Saved { get; private set; }

    public Refusal? Refused { get; private set; }

    [BindProperty] public MilestoneForm Input { get; set; } = new();

    public async Task<IActionResult> OnGet(string slug, Guid? id, CancellationToken cancel)
    {
        if (await door.LoadForm(slug, cancel) is { } hidden)
        {
            return hidden;
        }
        Saved = door.Plan.Milestones.FirstOrDefault(one => one.Milestone.Id == id);
        Input = Saved is null ? new() { IsReviewed = true } : MilestoneForm.Of(Saved);
        return id is not null && Saved is null ? NotFound() : Page();
    }

    public async Task<IActionResult> OnPost(string slug, Guid? id, CancellationToken cancel) =>
        await Finish(slug, id, await milestones.Save(door.Reader.Id, slug, id, Input.Input(), Input.IsReviewed, cancel), "form.saved", cancel);

    public async Task<IActionResult> OnPostRemove(string slug, Guid? id, CancellationToken cancel) =>
        await Finish(slug, id, await milestones.Remove(door.Reader.Id, slug, id ?? Guid.Empty, cancel), "plan.removed", cancel);

    private async Task<IActionResult> Finish(string slug, Guid? id, Outcome<Guid> outcome, string said, CancellationToken cancel)
    {
        if (outcome.Refusal is null)
        {
            TempData["Flash"] = door.Reader.W[said];
            return Redirect($"/groups/{slug}/plan");
        }
        (Refused, Response.StatusCode) = (outcome.Refusal, Auth.Problems.Status(outcome.Refusal.Code));
        if ((PlanDoor.Hidden(outcome.Refusal) ?? await door.Load(slug, cancel)) is { } hidden)
        {
            return hidden;
        }
        Saved = door.Plan.Milestones.FirstOrDefault(one => one.Milestone.Id == id);
        return Page();
    }
}

/// <summary>A milestone as it was typed.</summary>
public sealed class MilestoneForm
{
    public string? Title { get; set; }
    public string? DueOn { get; set; }
    public string? Meaning { get; set; }
    public bool IsReviewed { get; set; }

    public static MilestoneForm Of(MilestoneView one) =>
        new() { Title = one.Milestone.Title, DueOn = PlanRow.Write(one.Milestone.DueOn), Meaning = one.Milestone.Meaning, IsReviewed = one.Review is not null };

    public MilestoneInput Input() => new(Title ?? "", Meaning ?? "", PlanRow.Read(DueOn));
}
