using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Groups;
using TwinHub.Core.Lessons;

namespace TwinHub.Web.Pages.Lessons;

/// <summary>One lesson: its words, and who at home must hear of it.</summary>
public sealed class ShowModel(Reader reader, GroupService groups, LessonReader lessons, LessonService service, DisseminationService dissemination) : PageModel
{
    private const int DaysToTell = 30;

    public GroupDetails Details { get; private set; } = null!;

    public GroupStanding Seat { get; private set; } = null!;

    public LessonView Lesson { get; private set; } = null!;

    public Refusal? Refused { get; private set; }

    /// <summary>Which form was refused: <c>name</c>, <c>row</c> or <c>rewrite</c>.</summary>
    public string? Doing { get; private set; }

    public bool Editing { get; private set; }

    /// <summary>The row about which it is being noted that it happened.</summary>
    public DisseminationView? Telling { get; private set; }

    [BindProperty] public HomeForm Input { get; set; } = new();

    /// <summary>What was typed, where it was refused.</summary>
    public string? Text { get; private set; }
    public string? DoneOn { get; private set; }
    public string? Note { get; private set; }

    public DateOnly Today => Seat.Day(reader.Now);

    /// <summary>The partners for which the reader may name somebody.</summary>
    public IReadOnlyList<PartnerView> Homes => [.. Details.View.Partners.Where(one => Seat.Facilitates || one.Organisation.Id == Seat.OrganisationId)];

    public async Task<IActionResult> OnGet(string slug, Guid id, bool edit, Guid? told, CancellationToken cancel)
    {
        Editing = edit;
        var shown = await Show(slug, id, told, cancel);
        if (Lesson is not null)
        {
            Input = new() { Id = Guid.CreateVersion7(), DueOn = LessonWords.Day(Today.AddDays(DaysToTell)) };
        }
        return shown;
    }

    public async Task<IActionResult> OnPostName(string slug, Guid id, CancellationToken cancel) => await Finish(slug, id, "name", null,
        await dissemination.Name(reader.Id, slug, id, new(Input.Id, Input.Organisation is { } home && Guid.TryParse(home, out var chosen) ? chosen : null, Input.Audience, LessonWords.Day(Input.DueOn)), cancel), cancel);

    /// <param name="act"><c>done</c>, <c>back</c> (it was not) or <c>drop</c>.</param>
    /// <param name="back"><c>list</c>: the list is shown again, not the lesson.</param>
    /// <param name="told">Set by the form with day and note: without it the day is today's.</param>
    public async Task<IActionResult> OnPostRow(string slug, Guid id, Guid row, string? act, string? back, Guid? told, string? doneOn, string? note, CancellationToken cancel)
    {
        (DoneOn, Note) = (doneOn, note);
        var day = LessonWords.Day(doneOn);
        var done = act switch
        {
            "back" => await dissemination.TakeBack(reader.Id, slug, row, cancel),
            "drop" => await dissemination.Drop(reader.Id, slug, row, cancel),
            _ => await dissemination.Tell(reader.Id, slug, row, told is null ? null : day ?? DateOnly.MaxValue, note, cancel),
        };
        return done.Refusal is null && back == "list" ? Redirect($"/groups/{slug}/register/lessons#l-{done.Value}") : await Finish(slug, id, "row", told, done, cancel);
    }

    public async Task<IActionResult> OnPostRewrite(string slug, Guid id, string? text, CancellationToken cancel)
    {
        (Editing, Text) = (true, text ?? "");
        return await Finish(slug, id, "rewrite", null, await service.Rewrite(reader.Id, slug, id, text, cancel), cancel);
    }

    public async Task<IActionResult> OnPostRemove(string slug, Guid id, CancellationToken cancel)
    {
        var removed = await service.Remove(reader.Id, slug, id, cancel);
        return removed.Refusal is null ? Redirect($"/groups/{slug}/register/lessons") : await Finish(slug, id, "remove", null, removed, cancel);
    }

    private async Task<IActionResult> Finish(string slug, Guid id, string doing, Guid? told, Outcome<Guid> outcome, CancellationToken cancel)
    {
        if (outcome.Refusal is not { } refusal)
        {
            TempData["Flash"] = reader.W["form.saved"];
            return Redirect($"/groups/{slug}/register/lessons/{id}");
        }
        if (refusal.Code is RefusalCode.NotFound or RefusalCode.NotAllowed)
        {
            return StatusCode(Auth.Problems.Status(refusal.Code));
        }
        (Refused, Doing, Response.StatusCode) = (refusal, doing, Auth.Problems.Status(refusal.Code));
        return await Show(slug, id, told, cancel);
    }

    private async Task<IActionResult> Show(string slug, Guid id, Guid? told, CancellationToken cancel)
    {
        var found = await groups.Find(reader.Id, slug, cancel);
        var lesson = await lessons.Find(reader.Id, slug, id, cancel);
        if (found.Refusal is not null || lesson.Refusal is not null)
        {
            return NotFound();
        }
        (Details, Seat, Lesson) = (found.Value, lesson.Value.Seat, lesson.Value.Lesson);
        Editing &= Seat.MayWrite;
        Telling = Seat.MayWrite ? Lesson.Told.FirstOrDefault(row => row.Row.Id == told && row.Mine) : null;
        return Page();
    }
}

/// <summary>Who at home must hear of it, as it is typed.</summary>
public sealed class HomeForm
{
    /// <summary>Made with the form: sent twice, it is one row.</summary>
    public Guid Id { get; set; }
    public string? Organisation { get; set; }
    public string? Audience { get; set; }
    public string? DueOn { get; set; }
}
