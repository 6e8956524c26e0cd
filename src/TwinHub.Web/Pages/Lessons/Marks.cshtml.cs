using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Groups;
using TwinHub.Core.Lessons;

namespace TwinHub.Web.Pages.Lessons;

/// <summary>What the messages on a page are marked as, for its script: kinds by message.</summary>
public sealed class MarksModel(Reader reader, GroupService groups, LessonReader lessons) : PageModel
{
    /// <param name="from">The place of the oldest message on the page.</param>
    public async Task<IActionResult> OnGet(string slug, long from, CancellationToken cancel)
    {
        var found = await groups.Find(reader.Id, slug, cancel);
        return found.Refusal is not null ? NotFound() : new JsonResult(await lessons.Marks(found.Value.View.Group.Id, from, null, cancel));
    }
}
