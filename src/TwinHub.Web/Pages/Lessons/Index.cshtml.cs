using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Groups;
using TwinHub.Core.Lessons;

namespace TwinHub.Web.Pages.Lessons;

/// <summary>What a group learned, its good practices and decisions, the newest first; one is written by hand beside them.</summary>
public sealed class IndexModel(Reader reader, GroupService groups, LessonReader lessons, LessonService service) : PageModel
{
    public GroupDetails Details { get; private set; } = null!;

    public LessonPage List { get; private set; } = null!;

    /// <summary>The only kind that is shown; null: all.</summary>
    public string? Kind { get; private set; }

    /// <summary>The review or webinar about which one is being written.</summary>
    public MarkedSource? Source { get; private set; }

    public Refusal? Refused { get; private set; }

    [BindProperty] public LessonForm Input { get; set; } = new();

    public async Task<IActionResult> OnGet(string slug, string? kind, Guid? before, Guid? review, Guid? webinar, CancellationToken cancel)
    {
        Input = new() { Id = Guid.CreateVersion7(), Kind = kind, Review = review, Webinar = webinar };
        var shown = await Show(slug, kind, before, cancel);
        Input.Text = Source?.Text;
        return shown;
    }

    public async Task<IActionResult> OnPost(string slug, CancellationToken cancel)
    {
        var written = await service.Write(reader.Id, slug, new(Input.Id, Input.Kind, Input.Text, Input.Source), cancel);
        if (written.Refusal is not { } refusal)
        {
            // Who writes one is asked at once who at home must hear of it.
            return Redirect($"/groups/{slug}/register/lessons/{written.Value}");
        }
        if (refusal.Code is RefusalCode.NotFound or RefusalCode.NotAllowed)
        {
            return StatusCode(Auth.Problems.Status(refusal.Code));
        }
        Refused = refusal;
        Response.StatusCode = Auth.Problems.Status(refusal.Code);
        return await Show(slug, null, null, cancel);
    }

    private async Task<IActionResult> Show(string slug, string? kind, Guid? before, CancellationToken cancel)
    {
        Kind = Lesson.Kinds.Contains(kind) ? kind : null;
        var found = await groups.Find(reader.Id, slug, cancel);
        var list = await lessons.List(reader.Id, slug, Kind, before, cancel);
        if (found.Refusal is not null || list.Refusal is not null)
        {
            return NotFound();
        }
        (Details, List) = (found.Value, list.Value);
        if (Input.Source is { } source)
        {
            var about = await lessons.Source(reader.Id, slug, source, cancel);
            if (about.Refusal is not null)
            {
                return NotFound();
            }
            Source = about.Value.Source;
        }
        return Page();
    }
}

/// <summary>A lesson as it is typed.</summary>
public sealed class LessonForm
{
    /// <summary>Made with the form: sent twice, it is one lesson.</summary>
    public Guid Id { get; set; }
    public string? Kind { get; set; }
    public string? Text { get; set; }
    public Guid? Review { get; set; }
    public Guid? Webinar { get; set; }

    public LessonSource? Source => Review is { } review ? new(LessonSource.Review, review) : Webinar is { } webinar ? new(LessonSource.Webinar, webinar) : null;
}
