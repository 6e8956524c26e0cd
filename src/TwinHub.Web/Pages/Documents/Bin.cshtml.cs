using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Documents;

namespace TwinHub.Web.Pages.Documents;

/// <summary>What was deleted, for as long as it can still come back.</summary>
public sealed class BinModel(DocumentDoor door, DocumentReader documents, BinService bin) : PageModel
{
    public DocumentDoor Door => door;

    public BinList List { get; private set; } = null!;

    public Refusal? Refused { get; private set; }

    /// <summary>The document about which it is asked whether it shall go for good.</summary>
    public BinRow? Asked { get; private set; }

    private Reader Reader => door.Reader;

    public async Task<IActionResult> OnGet(string slug, Guid? after, Guid? remove, CancellationToken cancel)
    {
        var shown = await Show(slug, after, cancel);
        Asked = List?.Documents.FirstOrDefault(one => one.Id == remove && one.MayRemove);
        return shown;
    }

    public async Task<IActionResult> OnPostRestore(string slug, Guid id, CancellationToken cancel)
    {
        var restored = await bin.Restore(Reader.Id, slug, id, cancel);
        return restored.Refusal is null ? Redirect($"/groups/{slug}/documents/{id}") : await Refuse(slug, restored.Refusal, cancel);
    }

    public async Task<IActionResult> OnPostRemove(string slug, Guid id, CancellationToken cancel)
    {
        var removed = await bin.Remove(Reader.Id, slug, id, cancel);
        return removed.Refusal is null ? Redirect($"/groups/{slug}/documents/bin") : await Refuse(slug, removed.Refusal, cancel);
    }

    private async Task<IActionResult> Refuse(string slug, Refusal refusal, CancellationToken cancel)
    {
        if (DocumentDoor.Hidden(refusal) is { } hidden)
        {
            return hidden;
        }
        (Refused, Response.StatusCode) = (refusal, Auth.Problems.Status(refusal.Code));
        return await Show(slug, null, cancel);
    }

    private async Task<IActionResult> Show(string slug, Guid? after, CancellationToken cancel)
    {
        var list = await documents.Bin(Reader.Id, slug, after, cancel);
        if (list.Refusal is not null || !await door.Load(slug, cancel))
        {
            return NotFound();
        }
        List = list.Value;
        return Page();
    }
}
