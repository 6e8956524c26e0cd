using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Channels;
using TwinHub.Core.Groups;
using TwinHub.Core.Lessons;

namespace TwinHub.Web.Pages.Groups;

/// <summary>A group's talk: readable and writable as a plain page, live with the script.</summary>
[RequestSizeLimit(DiscussionFiles.MaxForm), RequestFormLimits(MultipartBodyLengthLimit = DiscussionFiles.MaxForm)]
public sealed class DiscussionModel(Reader reader, GroupService groups, ChatService chat, AttentionService attention, LessonReader lessons, ChannelData channelData, DiscussionFiles files) : PageModel
{
    private const int PageSize = 50;

    public GroupDetails Details { get; private set; } = null!;

    public HistoryView History { get; private set; } = null!;

    /// <summary>What the script needs to know, as JSON.</summary>
    public IHtmlContent Data { get; private set; } = HtmlString.Empty;

    [BindProperty] public Guid? ClientMessageId { get; set; }

    [BindProperty] public string? Body { get; set; }

    /// <summary>Files chosen without the script.</summary>
    [BindProperty] public List<IFormFile> Files { get; set; } = [];

    /// <summary>Files that came with the form before and were kept.</summary>
    [BindProperty] public List<Guid> AttachmentIds { get; set; } = [];

    /// <summary>A document that is to be shown with the message.</summary>
    [BindProperty(SupportsGet = true)] public Guid? Share { get; set; }

    public ComposedFiles Composed { get; private set; } = new([], null);

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
        var taken = await files.Take(reader.Id, slug, AttachmentIds, Share, Files, cancel);
        var posted = taken.Refusal is { } refused ? refused : await chat.Post(reader.Id, found.Value.View.Talk.Id, new(ClientMessageId ?? Guid.Empty, Body ?? "", taken.Ids), cancel);
        if (posted.Refusal is null)
        {
            await files.GiveUp(reader.Id, posted.Value.Repeated ? taken.Ids : [], cancel);
            return Redirect($"/groups/{slug}#m-{posted.Value.MessageId}");
        }
        Error = posted.Refusal.Sentence(reader.W);
        Response.StatusCode = Auth.Problems.Status(posted.Refusal.Code);
        // What has arrived stays with the form; the document is among it.
        ModelState.Clear();
        (AttachmentIds, Share) = ([.. taken.Ids], taken.Ids.Count > AttachmentIds.Count ? null : Share);
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
        Composed = await files.Compose(reader.Id, slug, AttachmentIds, Share, cancel);
        Data = channelData.Describe(Details, messages, more, reader);
        if (before is null && messages.Count > 0 && !HasScript())
        {
            await attention.MarkRead(reader.Id, channel.Id, messages[^1].Revision, cancel);
        }
        return Page();
    }

    /// <summary>With the script, reading is what is on the screen; without it, what was on the page. The script leaves a cookie.</summary>
    public bool HasScript() => Request.Cookies.ContainsKey("twinhub-script");
}
