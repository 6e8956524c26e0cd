using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Groups;
using TwinHub.Core.Reviews;

namespace TwinHub.Web.Pages.Groups.Reviews;

/// <summary>A group's reviews; with the final one its twinning ends.</summary>
public sealed class IndexModel(Reader reader, GroupService groups, ReviewReader reviews, ConclusionService conclusions) : PageModel
{
    public GroupDetails Details { get; private set; } = null!;

    public GroupReviews Reviews { get; private set; } = null!;

    /// <summary>The end of the twinning waits for a second press.</summary>
    public bool IsEnding { get; private set; }

    public Refusal? Refused { get; private set; }

    /// <summary>The reader may end the twinning: its final review is concluded.</summary>
    public bool MayEnd => MayLead && Reviews.Final is { State: ReviewSummary.Concluded };

    /// <summary>The reader leads or facilitates, and the group is no archive.</summary>
    public bool MayLead => Reviews.Standing is { Leads: true, MayWrite: true };

    public async Task<IActionResult> OnGet(string slug, string? ask, CancellationToken cancel)
    {
        var hidden = await Load(slug, cancel);
        IsEnding = hidden is null && ask == "complete" && MayEnd;
        return hidden ?? Page();
    }

    public async Task<IActionResult> OnPostFinal(string slug, CancellationToken cancel) =>
        await Finish(slug, await conclusions.OpenFinal(reader.Id, slug, cancel), "review.final.opened", cancel);

    public async Task<IActionResult> OnPostComplete(string slug, CancellationToken cancel)
    {
        var completed = await conclusions.Complete(reader.Id, slug, cancel);
        // A second press finds the archive the first one made.
        return completed.Refusal is { Code: RefusalCode.Closed } ? Redirect($"/groups/{slug}/reviews") : await Finish(slug, completed, "review.completed", cancel);
    }

    private async Task<IActionResult> Finish(string slug, Outcome<Guid> outcome, string said, CancellationToken cancel)
    {
        if (outcome.Refusal is null)
        {
            TempData["Flash"] = reader.W[said];
            return Redirect($"/groups/{slug}/reviews");
        }
        (Refused, Response.StatusCode) = (outcome.Refusal, Auth.Problems.Status(outcome.Refusal.Code));
        return Plan.PlanDoor.Hidden(outcome.Refusal) ?? await Load(slug, cancel) ?? Page();
    }

    private async Task<IActionResult?> Load(string slug, CancellationToken cancel)
    {
        var (group, list) = (await groups.Find(reader.Id, slug, cancel), await reviews.List(reader.Id, slug, cancel));
        if (group.Refusal is not null || list.Refusal is not null)
        {
            return NotFound();
        }
        (Details, Reviews) = (group.Value, list.Value);
        return null;
    }
}
