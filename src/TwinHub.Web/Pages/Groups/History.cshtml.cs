using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Channels;
using TwinHub.Core.Groups;
using TwinHub.Core.Lessons;

namespace TwinHub.Web.Pages.Groups;

/// <summary>Earlier messages as a fragment, for paging upward.</summary>
public sealed class HistoryModel(Reader reader, GroupService groups, ChatService chat, LessonReader lessons) : PageModel
{
    private const int PageSize = 50;

    public HistoryView History { get; private set; } = null!;

    public async Task<IActionResult> OnGet(string slug, long? before, CancellationToken cancel)
    {
        var found = await groups.Find(reader.Id, slug, cancel);
        if (found.Refusal is not null)
        {
            return NotFound();
        }
        var (messages, more) = await chat.Before(found.Value.View.Talk.Id, before ?? long.MaxValue, PageSize, cancel);
        messages.Reverse();
        var marks = await lessons.Marks(found.Value.View.Group.Id, messages.Count > 0 ? messages[0].Posted : 0, before, cancel);
        History = HistoryView.Of(found.Value, messages, more, null, marks, reader);
        return Page();
    }
}
