using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Uploads;

namespace TwinHub.Web.Pages.Documents;

/// <summary>A group's documents: folders first, then files, and the place where new ones come in.</summary>
[RequestSizeLimit(DocumentDoor.FormLimit)]
[RequestFormLimits(MultipartBodyLengthLimit = DocumentDoor.FormLimit)]
public sealed class IndexModel(DocumentDoor door, DocumentReader documents, DocumentSearch search, DocumentListActs acts) : PageModel
{
    public DocumentDoor Door => door;

    public DocumentList List { get; private set; } = null!;

    public bool Newest { get; private set; }

    /// <summary>What is looked for; null: nothing.</summary>
    public string? Query { get; private set; }

    public Refusal? Refused { get; private set; }

    /// <summary>Which form was refused: <c>upload</c>, <c>folder</c> or <c>change</c>.</summary>
    public string? Doing { get; private set; }

    /// <summary>The files of a form that were not taken, each with its reason.</summary>
    public IReadOnlyList<(string Name, Refusal Why)> NotTaken { get; private set; } = [];

    /// <summary>A name that was refused, as it was typed.</summary>
    public string? Typed { get; private set; }

    /// <summary>Made with each form: sent twice, it counts once.</summary>
    public Guid Form { get; private set; } = Guid.CreateVersion7();

    /// <summary>What the script needs to know, as JSON.</summary>
    public IHtmlContent Data { get; private set; } = HtmlString.Empty;

    private Reader Reader => door.Reader;

    /// <summary>What was found; null: nothing was looked for.</summary>
    public DocumentHits? Hits { get; private set; }

    public async Task<IActionResult> OnGet(string slug, Guid? folder, string? q, string? sort, string? after, CancellationToken cancel)
    {
        Query = string.IsNullOrWhiteSpace(q) ? null : q.Trim();
        if (Query is not null && await search.Find(Reader.Id, slug, Query, DocumentSearch.MostHits, after, cancel) is { Refusal: null } found)
        {
            Hits = found.Value;
        }
        return await Show(slug, new(folder, sort == "new", Hits is null ? DocumentDoor.Chosen(after) : null), cancel);
    }

    public async Task<IActionResult> OnPostUpload(string slug, Guid? folder, Guid form, List<IFormFile> file, CancellationToken cancel)
    {
        var refused = new List<(string, Refusal)>();
        for (var i = 0; i < file.Count; i++)
        {
            await using var content = file[i].OpenReadStream();
            var added = await acts.Files.Add(Reader.Id, slug, folder, new(form, i, file[i].FileName, content), cancel);
            if (added.Refusal is { } refusal)
            {
                refused.Add((FileNames.Clean(file[i].FileName) ?? "", refusal));
            }
        }
        NotTaken = refused;
        var taken = file.Count - refused.Count;
        if (taken > 0)
        {
            TempData["Flash"] = Reader.W.Count("documents.added", taken);
        }
        return await Finish(slug, folder, "upload", refused.Count > 0 ? refused[0].Item2 : file.Count == 0 ? Refusal.Invalid("file", "documents.no-file") : null, cancel);
    }

    public async Task<IActionResult> OnPostFolder(string slug, Guid? folder, Guid form, string? name, CancellationToken cancel)
    {
        (Typed, Form) = (name, form);
        return await Finish(slug, folder, "folder", (await acts.Folders.Make(Reader.Id, slug, form, name, folder, cancel)).Refusal, cancel);
    }

    public async Task<IActionResult> OnPostChange(string slug, Guid folder, string? name, string? parent, CancellationToken cancel)
    {
        Typed = name;
        return await Finish(slug, folder, "change", (await acts.Folders.Change(Reader.Id, slug, folder, name, DocumentDoor.Chosen(parent), cancel)).Refusal, cancel);
    }

    public async Task<IActionResult> OnPostRemove(string slug, Guid folder, CancellationToken cancel)
    {
        var removed = await acts.Folders.Remove(Reader.Id, slug, folder, cancel);
        return removed.Refusal is null ? Redirect(DocumentDoor.Address(slug, removed.Value == Guid.Empty ? null : removed.Value)) : await Finish(slug, folder, "remove", removed.Refusal, cancel);
    }

    private async Task<IActionResult> Finish(string slug, Guid? folder, string doing, Refusal? refusal, CancellationToken cancel)
    {
        if (refusal is null)
        {
            return Redirect(DocumentDoor.Address(slug, folder));
        }
        if (DocumentDoor.Hidden(refusal) is { } hidden)
        {
            return hidden;
        }
        var shown = await Show(slug, new(folder), cancel);
        if (List is null || DocumentDoor.Fault(List.Standing) is { Code: RefusalCode.NotAllowed })
        {
            return List is null ? shown : StatusCode(403);
        }
        (Refused, Doing, Response.StatusCode) = (refusal, doing, Auth.Problems.Status(refusal.Code));
        return shown;
    }

    private async Task<IActionResult> Show(string slug, DocumentQuery query, CancellationToken cancel)
    {
        var list = await documents.List(Reader.Id, slug, query, cancel);
        if (list.Refusal is not null || !await door.Load(slug, cancel))
        {
            return NotFound();
        }
        (List, Newest, Data) = (list.Value, query.Newest, acts.Uploads.ForFolder(slug, query.Folder, Reader));
        return Page();
    }
}
