using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Documents.Templates;
using TwinHub.Core.Text;

namespace TwinHub.Web.Pages.Networks;

/// <summary>A network's templates: whoever belongs to it takes them away, its facilitators bring their own.</summary>
[RequestSizeLimit(TemplatePress.MaxFile + 1024 * 1024)]
public sealed class TemplatesModel(Reader reader, TemplateReader templates, OwnTemplateService own) : PageModel
{
    public TemplateShelf Shelf { get; private set; } = null!;

    public Refusal? Refused { get; private set; }

    [BindProperty] public OwnTemplateForm Input { get; set; } = new();

    public IEnumerable<(string, string)> Kinds => Shelf.Kinds.Select(kind => (kind.Kind, kind.Name(reader.Language)));

    public IEnumerable<(string, string)> AllLanguages => Languages.All.Select(code => (code, Languages.OwnName(code)));

    public async Task<IActionResult> OnGet(string slug, CancellationToken cancel)
    {
        Input = new() { Id = Guid.CreateVersion7(), Kind = BuiltInTemplate.All[0].Kind, Language = reader.Language };
        return await Load(slug, cancel) ?? Page();
    }

    public async Task<IActionResult> OnPost(string slug, IFormFile? file, CancellationToken cancel)
    {
        await using var content = file?.OpenReadStream();
        var id = Input.Id == Guid.Empty ? Guid.CreateVersion7() : Input.Id;
        return await Finish(slug, await own.Put(reader.Id, slug, new(id, Input.Kind, Input.Language ?? "", Input.Name, file?.FileName), content, cancel), "templates.put.done", cancel);
    }

    public async Task<IActionResult> OnPostRemove(string slug, Guid id, CancellationToken cancel) =>
        await Finish(slug, await own.Remove(reader.Id, slug, id, cancel), "templates.removed", cancel);

    private async Task<IActionResult> Finish<T>(string slug, Outcome<T> outcome, string said, CancellationToken cancel)
    {
        if (outcome.Refusal is not { } refusal)
        {
            TempData["Flash"] = reader.W[said];
            return Redirect($"/networks/{slug}/templates");
        }
        Refused = refusal;
        Response.StatusCode = Auth.Problems.Status(refusal.Code);
        return refusal.Code is RefusalCode.NotFound or RefusalCode.NotAllowed ? StatusCode(Response.StatusCode) : await Load(slug, cancel) ?? Page();
    }

    private async Task<IActionResult?> Load(string slug, CancellationToken cancel)
    {
        var shelf = await templates.Read(reader.Id, slug, cancel);
        if (shelf.Refusal is not null)
        {
            return NotFound();
        }
        Shelf = shelf.Value;
        return null;
    }
}

/// <summary>What a file is to be, as it was typed.</summary>
public sealed class OwnTemplateForm
{
    public Guid Id { get; set; }

    /// <summary>Empty: a new one.</summary>
    public string? Kind { get; set; }
    public string? Language { get; set; }
    public string? Name { get; set; }
}
