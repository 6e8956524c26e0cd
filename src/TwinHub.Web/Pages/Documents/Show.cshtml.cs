using Microsoft.AspNetCore.Html;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Reading;

namespace TwinHub.Web.Pages.Documents;

/// <summary>One document: what it looks like, its versions, what is said of it, who has seen it.</summary>
/// <remarks>
/// That somebody has seen a version is noted by a form alone. Opening the page or downloading is a GET, which mail scanners and
/// browsers that fetch ahead make too, and a GET changes nothing (ASVS 3.5.3). The script sends the form once the page has been
/// on the screen; without it there is a button.
/// </remarks>
[RequestSizeLimit(DocumentDoor.FormLimit)]
[RequestFormLimits(MultipartBodyLengthLimit = DocumentDoor.FormLimit)]
public sealed class ShowModel(DocumentDoor door, DocumentPageReader documents, PreviewFiles previews, DocumentActs acts, UploadData uploads) : PageModel
{
    public DocumentDoor Door => door;

    public DocumentDetails Found { get; private set; } = null!;

    public DocumentPreview Preview { get; private set; } = null!;

    public Refusal? Refused { get; private set; }

    /// <summary>Which form was refused: <c>version</c>, <c>details</c> or <c>comment</c>.</summary>
    public string? Doing { get; private set; }

    [BindProperty] public DetailsForm Input { get; set; } = new();

    /// <summary>A comment that was refused, as it was typed.</summary>
    public string? Body { get; private set; }

    /// <summary>Made with each form: sent twice, it counts once.</summary>
    public Guid Form { get; private set; } = Guid.CreateVersion7();

    /// <summary>What the script needs to know, as JSON.</summary>
    public IHtmlContent Data { get; private set; } = HtmlString.Empty;

    /// <summary>The reader has not seen the newest version, as far as is known.</summary>
    public bool IsNew => !Found.Seen.Any(one => one.PersonId == Reader.Id && one.Version >= Found.Document.Version);

    private Reader Reader => door.Reader;

    private bool _isTyped;

    public Task<IActionResult> OnGet(string slug, Guid id, int? before, CancellationToken cancel) => Show(slug, id, before, cancel);

    public async Task<IActionResult> OnPostVersion(string slug, Guid id, Guid form, IFormFile? file, CancellationToken cancel)
    {
        if (file is null)
        {
            return await Finish(slug, id, "version", Refusal.Invalid("file", "documents.no-file"), cancel);
        }
        await using var content = file.OpenReadStream();
        return await Finish(slug, id, "version", (await acts.Files.AddVersion(Reader.Id, slug, id, new(form, 0, file.FileName, content), cancel)).Refusal, cancel);
    }

    public async Task<IActionResult> OnPostRestore(string slug, Guid id, int number, CancellationToken cancel) =>
        await Finish(slug, id, "restore", (await acts.Documents.RestoreVersion(Reader.Id, id, number, cancel)).Refusal, cancel);

    public async Task<IActionResult> OnPostDetails(string slug, Guid id, CancellationToken cancel)
    {
        _isTyped = true;
        return await Finish(slug, id, "details", (await acts.Edits.Change(Reader.Id, slug, id, Input.Read(), cancel)).Refusal, cancel);
    }

    public async Task<IActionResult> OnPostComment(string slug, Guid id, Guid form, string? body, CancellationToken cancel)
    {
        (Body, Form) = (body ?? "", form);
        return await Finish(slug, id, "comment", (await acts.Comments.Write(Reader.Id, slug, id, form, body, cancel)).Refusal, cancel, $"#c-{form}");
    }

    public async Task<IActionResult> OnPostTakeBack(string slug, Guid id, Guid comment, CancellationToken cancel) =>
        await Finish(slug, id, "takeBack", (await acts.Comments.TakeBack(Reader.Id, slug, id, comment, cancel)).Refusal, cancel, "#comments");

    public async Task<IActionResult> OnPostSeen(string slug, Guid id, int version, CancellationToken cancel) =>
        await Finish(slug, id, "seen", (await acts.Views.Note(Reader.Id, slug, id, version, cancel)).Refusal, cancel);

    public async Task<IActionResult> OnPostDelete(string slug, Guid id, CancellationToken cancel)
    {
        var deleted = await acts.Bin.Delete(Reader.Id, slug, id, cancel);
        if (deleted.Refusal is not null)
        {
            return await Finish(slug, id, "delete", deleted.Refusal, cancel);
        }
        TempData["Flash"] = Reader.W["documents.deleted"];
        return Redirect($"/groups/{slug}/documents");
    }

    private async Task<IActionResult> Finish(string slug, Guid id, string doing, Refusal? refusal, CancellationToken cancel, string place = "")
    {
        if (refusal is null)
        {
            return Redirect($"/groups/{slug}/documents/{id}{place}");
        }
        if (DocumentDoor.Hidden(refusal) is { } hidden)
        {
            return hidden;
        }
        var shown = await Show(slug, id, null, cancel);
        if (Found is null || DocumentDoor.Fault(Found.Standing) is { Code: RefusalCode.NotAllowed })
        {
            return Found is null ? shown : StatusCode(403);
        }
        (Refused, Doing, Response.StatusCode) = (refusal, doing, Auth.Problems.Status(refusal.Code));
        return shown;
    }

    private async Task<IActionResult> Show(string slug, Guid id, int? before, CancellationToken cancel)
    {
        var found = await documents.Find(Reader.Id, slug, id, before, cancel);
        if (found.Refusal is { Code: RefusalCode.Closed })
        {
            return Redirect($"/groups/{slug}/documents/bin#d-{id}");
        }
        var shown = found.Refusal is { } gone ? gone : await previews.Show(Reader.Id, id, found.Value.Document.Version, cancel);
        if (shown.Refusal is not null || !await door.Load(slug, cancel))
        {
            return NotFound();
        }
        (Found, Preview, Data) = (found.Value, new(shown.Value, found.Value.Preview), uploads.ForDocument(slug, id, Reader));
        if (!_isTyped)
        {
            Input = DetailsForm.Of(Found.Document);
        }
        return Page();
    }
}

/// <summary>What is said of a document, as it is typed.</summary>
public sealed class DetailsForm
{
    public string? Name { get; set; }
    public string? Description { get; set; }
    public string? Language { get; set; }
    public string? Folder { get; set; }

    public static DetailsForm Of(SharedDocument document) =>
        new() { Name = document.Name, Description = document.Description, Language = document.Language, Folder = document.FolderId?.ToString() };

    public DocumentDetailsInput Read() => new(Name, Description, string.IsNullOrEmpty(Language) ? null : Language, DocumentDoor.Chosen(Folder));
}
