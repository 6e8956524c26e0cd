using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Channels;
using TwinHub.Core.Groups;
using TwinHub.Core.Lessons;

namespace TwinHub.Web.Pages.Groups;

/// <summary>A group's talk: readable and writable as a plain page, live with the script.</summary>
public sealed class DiscussionModel(Reader reader, GroupService groups, ChatService chat, AttentionService attention, LessonReader lessons, ChannelData channelData) : PageModel
{
    private const int PageSize = 50;

    public GroupDetails Details { get; private set; } = null!;

    public HistoryView History { get; private set; } = null!;

    /// <summary>What the script needs to know, as JSON.</summary>
    public IHtmlContent Data { get; private set; } = HtmlString.Empty;

    [BindProperty] public Guid? ClientMessageId { get; set; }

    [BindProperty] public string? Body { get; set; }

    public string? Error { get; private set; }

    public async Task<IActionResult> OnGet(string slug, long? before, CancellationToken cancel)
    {
        ClientMessageId = Guid.NewGuid();
        return await Show(slug, before, cancel);
    }

    public async Task<IActionResult> OnPost(string slug, CancellationToken cancel)
    {
        var found = await groups.Find(reader.Id, slug, cancel);
        if (found.Refusal is not null)
        {
            return NotFound();
        }
        var posted = await chat.Post(reader.Id, found.Value.View.Talk.Id, new(ClientMessageId ?? Guid.Empty, Body ?? ""), cancel);
        if (posted.Refusal is null)
        {
            return Redirect($"/groups/{slug}#m-{posted.Value.MessageId}");
        }
        Error = posted.Refusal.Sentence(reader.W);
        Response.StatusCode = Auth.Problems.Status(posted.Refusal.Code);
        return await Show(slug, null, cancel);
    }

    private async Task<IActionResult> Show(string slug, long? before, CancellationToken cancel)
    {
        var found = await groups.Find(reader.Id, slug, cancel);
        if (found.Refusal is not null)
        {
            return NotFound();
        }
        Details = found.Value;
        var channel = Details.View.Talk;
        var (messages, more) = await chat.Before(channel.Id, before ?? long.MaxValue, PageSize, cancel);
        messages.Reverse();
        var marks = await lessons.Marks(Details.View.Group.Id, messages.Count > 0 ? messages[0].Posted : 0, before, cancel);
        History = HistoryView.Of(Details, messages, more, before is null ? Details.ReadRevision : null, marks, reader);
        Data = channelData.Describe(Details, messages, more, reader);
        if (before is null && messages.Count > 0 && !HasScript())
        {
            await attention.MarkRead(reader.Id, channel.Id, messages[^1].Revision, cancel);
        }
        return Page();
    }

    /// <summary>With the script, reading is what is on the screen; without it, what was on the page. The script leaves a cookie.</summary>
    private bool HasScript() => Request.Cookies.ContainsKey("twinhub-script");
}
