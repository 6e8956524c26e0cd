using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Channels;
using TwinHub.Core.Groups;

namespace TwinHub.Web.Pages.Groups;

/// <summary>Earlier messages as a fragment, for paging upward.</summary>
public sealed class HistoryModel(Reader reader, GroupService groups, ChatService chat) : PageModel
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
        History = HistoryView.Of(found.Value, messages, more, null, reader);
        return Page();
    }
}
