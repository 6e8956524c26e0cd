using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Reviews;
using TwinHub.Web.Pages.Groups.Plan;

namespace TwinHub.Web.Pages.Groups.Reviews;

/// <summary>One review: answering while it is sealed, reading side by side once it is open, and what comes of it.</summary>
public sealed class ShowModel(Reader reader, PlanDoor door, ReviewReader reviews, ReviewService service, ConclusionService conclusions) : PageModel
{
    /// <summary>The group round it, and whom a next step may name.</summary>
    public PlanDoor Door => door;

    public ReviewView Review { get; private set; } = null!;

    public Refusal? Refused { get; private set; }

    [BindProperty] public AnswerForm Input { get; set; } = new();
    [BindProperty] public ConclusionForm Conclusion { get; set; } = new();
    [BindProperty] public string? DueOn { get; set; }

    public async Task<IActionResult> OnGet(string slug, Guid id, CancellationToken cancel)
    {
        var hidden = await Load(slug, id, cancel);
        if (hidden is null)
        {
            Fill(answer: true, conclusion: true, day: true);
        }
        return hidden ?? Page();
    }

    public async Task<IActionResult> OnPostAnswer(string slug, Guid id, CancellationToken cancel)
    {
        var answered = await Load(slug, id, cancel) is null ? await service.Answer(reader.Id, id, Input.Input(), cancel) : Refusal.NotFound;
        return await Finish(slug, id, answered, "review.answer.saved", () => Fill(answer: false, conclusion: true, day: true), cancel);
    }

    public async Task<IActionResult> OnPostConclude(string slug, Guid id, CancellationToken cancel)
    {
        Conclusion.Filled();
        var concluded = await Load(slug, id, cancel) is null ? await conclusions.Conclude(reader.Id, id, Conclusion.Text, Conclusion.SeenAt, Conclusion.Next(), cancel) : Refusal.NotFound;
        return await Finish(slug, id, concluded, "form.saved", () => Fill(answer: true, conclusion: false, day: true), cancel);
    }

    public async Task<IActionResult> OnPostPostpone(string slug, Guid id, CancellationToken cancel)
    {
        var moved = await Load(slug, id, cancel) is null ? await service.Postpone(reader.Id, id, PlanRow.Read(DueOn), cancel) : Refusal.NotFound;
        return await Finish(slug, id, moved, "form.saved", () => Fill(answer: true, conclusion: true, day: false), cancel);
    }

    private async Task<IActionResult> Finish(string slug, Guid id, Outcome<Guid> outcome, string said, Action fill, CancellationToken cancel)
    {
        if (outcome.Refusal is null)
        {
            TempData["Flash"] = reader.W[said];
            return Redirect($"/groups/{slug}/reviews/{id}");
        }
        (Refused, Response.StatusCode) = (outcome.Refusal, Auth.Problems.Status(outcome.Refusal.Code));
        if ((PlanDoor.Hidden(outcome.Refusal) ?? await Load(slug, id, cancel)) is { } hidden)
        {
            return hidden;
        }
        fill();
        if (outcome.Refusal.Field == "version")
        {
            // The newer text is shown: the next press means it too.
            (Input.Version, Conclusion.Seen) = (Review.Mine?.Answer.Version ?? 0, Review.Summary.Review.ConcludedAt?.UtcTicks ?? 0);
            ModelState.Clear();
        }
        return Page();
    }

    /// <summary>Forms other than the one that was sent show what is saved.</summary>
    private void Fill(bool answer, bool conclusion, bool day)
    {
        Input = answer ? AnswerForm.Of(Review.Mine) : Input;
        Conclusion = conclusion ? ConclusionForm.Of(Review.Summary.Review) : Conclusion;
        DueOn = day ? PlanRow.Write(Review.Summary.Review.DueOn) : DueOn;
    }

    private async Task<IActionResult?> Load(string slug, Guid id, CancellationToken cancel)
    {
        var found = await reviews.Find(reader.Id, id, cancel);
        if (found.Refusal is not null || found.Value.Standing.Group.Slug != slug)
        {
            return NotFound();
        }
        Review = found.Value;
        return await door.Load(slug, cancel);
    }
}
