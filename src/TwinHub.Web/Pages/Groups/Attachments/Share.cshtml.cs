using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Attachments;
using TwinHub.Core.Groups;

namespace TwinHub.Web.Pages.Groups.Attachments;

/// <summary>A file of the discussion becomes a document of the group.</summary>
public sealed class ShareModel(Reader reader, GroupService groups, AttachmentSharing sharing) : PageModel
{
    public GroupDetails Details { get; private set; } = null!;

    public SharedAttachment Shared { get; private set; } = null!;

    /// <summary>Folders by their path, in the reader's alphabet.</summary>
    public IReadOnlyList<(Guid Id, string Path)> Folders => reader.Sorted(Shared.Folders.Select(folder => (folder.Id, Path: PathOf(folder))), one => one.Path);

    public Guid? Folder { get; private set; }

    public Refusal? Refused { get; private set; }

    public Task<IActionResult> OnGet(string slug, Guid id, CancellationToken cancel) => Show(slug, id, cancel);

    public async Task<IActionResult> OnPost(string slug, Guid id, Guid? folder, CancellationToken cancel)
    {
        var shared = await sharing.Share(reader.Id, slug, id, folder, cancel);
        if (shared.Refusal is not { } refusal)
        {
            return Redirect($"/groups/{slug}/documents/{shared.Value}");
        }
        if (refusal.Code is RefusalCode.NotFound or RefusalCode.NotAllowed)
        {
            return StatusCode(Auth.Problems.Status(refusal.Code));
        }
        (Refused, Folder) = (refusal, folder);
        Response.StatusCode = Auth.Problems.Status(refusal.Code);
        return await Show(slug, id, cancel);
    }

    private async Task<IActionResult> Show(string slug, Guid id, CancellationToken cancel)
    {
        var found = await groups.Find(reader.Id, slug, cancel);
        var shared = await sharing.Find(reader.Id, slug, id, cancel);
        if (found.Refusal is not null || shared.Refusal is not null)
        {
            return NotFound();
        }
        (Details, Shared) = (found.Value, shared.Value);
        // Who only reads has nothing to do here.
        return shared.Value.MayShare || Refused is not null || shared.Value.Document is not null ? Page() : StatusCode(StatusCodes.Status403Forbidden);
    }

    private string PathOf(DocumentFolder folder)
    {
        var names = new List<string>();
        // Bounded, should a folder ever lie within itself.
        for (var one = folder; one is not null && names.Count < 20; one = Shared.Folders.FirstOrDefault(parent => parent.Id == one.ParentId))
        {
            names.Insert(0, one.Name);
        }
        return string.Join(" / ", names);
    }
}
