using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Groups;
using TwinHub.Core.Lessons;

namespace TwinHub.Web.Pages.Lessons;

/// <summary>A message is marked as a lesson, practice or decision, or its mark taken off.</summary>
public sealed class MarkModel(Reader reader, GroupService groups, LessonReader lessons, LessonService service) : PageModel
{
    public GroupDetails Details { get; private set; } = null!;

    public MarkedSource Source { get; private set; } = null!;

    /// <summary>The lessons it is marked as, by kind.</summary>
    public IReadOnlyDictionary<string, Guid> Marks { get; private set; } = new Dictionary<string, Guid>();

    public string? Error { get; private set; }

    public Task<IActionResult> OnGet(string slug, Guid id, CancellationToken cancel) => Show(slug, id, cancel);

    public async Task<IActionResult> OnPost(string slug, Guid id, string? kind, bool on, CancellationToken cancel)
    {
        if (on)
        {
            var marked = await service.Mark(reader.Id, slug, id, kind, cancel);
            // Who marks something is asked at once who at home must hear of it.
            return marked.Refusal is { } refusal ? await Refuse(slug, id, refusal, cancel) : Redirect($"/groups/{slug}/register/lessons/{marked.Value}");
        }
        var taken = await service.Unmark(reader.Id, slug, id, kind, cancel);
        return taken.Refusal is { } why ? await Refuse(slug, id, why, cancel) : Redirect($"/groups/{slug}/messages/{id}/mark");
    }

    private async Task<IActionResult> Refuse(string slug, Guid id, Refusal refusal, CancellationToken cancel)
    {
        if (refusal.Code is RefusalCode.NotFound or RefusalCode.NotAllowed)
        {
            return StatusCode(Auth.Problems.Status(refusal.Code));
        }
        Error = refusal.Sentence(reader.W);
        Response.StatusCode = Auth.Problems.Status(refusal.Code);
        return await Show(slug, id, cancel);
    }

    private async Task<IActionResult> Show(string slug, Guid id, CancellationToken cancel)
    {
        var found = await groups.Find(reader.Id, slug, cancel);
        var source = await lessons.Source(reader.Id, slug, new(LessonSource.Message, id), cancel);
        if (found.Refusal is not null || source.Refusal is not null)
        {
            return NotFound();
        }
        (Details, Source, Marks) = (found.Value, source.Value.Source, source.Value.Marks);
        return Page();
    }
}
