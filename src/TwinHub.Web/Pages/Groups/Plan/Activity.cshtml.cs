using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Groups.Plan;

namespace TwinHub.Web.Pages.Groups.Plan;

/// <summary>The form of one activity, new or to be changed.</summary>
public sealed class ActivityModel(PlanDoor door, PlanService plans) : PageModel
{
    public PlanDoor Door => door;

    /// <summary>What is saved; null: a new one.</summary>
    public Activity? Saved { get; private set; }

    public Refusal? Refused { get; private set; }

    [BindProperty] public ActivityForm Input { get; set; } = new();

    public async Task<IActionResult> OnGet(string slug, Guid? id, CancellationToken cancel)
    {
        if (Load(id, await door.LoadForm(slug, cancel)) is { } hidden)
        {
            return hidden;
        }
        Input = Saved is null ? new() { StartsOn = PlanRow.Write(door.Plan.Today), EndsOn = PlanRow.Write(door.Plan.Today) } : ActivityForm.Of(Saved);
        return Page();
    }

    public async Task<IActionResult> OnPost(string slug, Guid? id, CancellationToken cancel)
    {
        var saved = await plans.SaveActivity(door.Reader.Id, slug, id, Input.Input(), cancel);
        if (saved.Refusal is null)
        {
            TempData["Flash"] = door.Reader.W["form.saved"];
            return Redirect($"/groups/{slug}/plan#r-{saved.Value}");
        }
        (Refused, Response.StatusCode) = (saved.Refusal, Auth.Problems.Status(saved.Refusal.Code));
        return PlanDoor.Hidden(saved.Refusal) ?? Load(id, await door.Load(slug, cancel)) ?? Page();
    }

    private IActionResult? Load(Guid? id, IActionResult? hidden)
    {
        Saved = hidden is null ? door.Plan.Activities.FirstOrDefault(one => one.Activity.Id == id)?.Activity : null;
        return hidden ?? (id is not null && Saved is null ? NotFound() : null);
    }
}

/// <summary>An activity as it was typed.</summary>
public sealed class ActivityForm
{
    public string? Title { get; set; }
    public string? Kind { get; set; }
    public string? StartsOn { get; set; }
    public string? EndsOn { get; set; }
    public Guid? Partner { get; set; }
    public Guid? Assignee { get; set; }
    public Guid? Objective { get; set; }
    public Guid? Milestone { get; set; }

    public static ActivityForm Of(Activity one) => new()
    {
        Title = one.Title, Kind = one.Kind, StartsOn = PlanRow.Write(one.StartsOn), EndsOn = PlanRow.Write(one.EndsOn),
        Partner = one.OrganisationId, Assignee = one.AssigneeId, Objective = one.ObjectiveId, Milestone = one.MilestoneId,
    };

    /// <summary>An activity of one day needs no second date.</summary>
    public ActivityInput Input() => new(
        Title ?? "", Kind ?? "", PlanRow.Read(StartsOn), PlanRow.Read(string.IsNullOrWhiteSpace(EndsOn) ? StartsOn : EndsOn), Partner, Assignee, Objective, Milestone);
}
