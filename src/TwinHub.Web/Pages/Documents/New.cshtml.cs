using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Documents;
using TwinHub.Core.Documents.Templates;
using TwinHub.Core.Groups;

namespace TwinHub.Web.Pages.Documents;

/// <summary>A template becomes a document of the group.</summary>
public sealed class NewModel(Reader reader, GroupService groups, TemplateService templates) : PageModel
{
    public GroupDetails Details { get; private set; } = null!;

    public TemplateChoice Choice { get; private set; } = null!;

    public Refusal? Refused { get; private set; }

    [BindProperty] public NewForm Input { get; set; } = new();

    public IEnumerable<(string, string)> AllLanguages => Core.Text.Languages.All.Select(code => (code, Core.Text.Languages.OwnName(code)));

    /// <summary>Folders by their whole way from the top.</summary>
    public IEnumerable<(string, string)> Folders => reader.Sorted(Choice.Folders.Select(folder => (folder.Id.ToString(), Way(folder, 0))), one => one.Item2);

    public string Languages(IEnumerable<string> codes) => string.Join(reader.W["list.comma"] + " ", codes.Select(reader.W.LanguageName));

    public async Task<IActionResult> OnGet(string slug, string? kind, Guid? folder, CancellationToken cancel)
    {
        if (await Load(slug, cancel) is { } hidden)
        {
            return hidden;
        }
        Input = new() { Id = Guid.CreateVersion7(), Kind = Choice.Kinds.Any(one => one.Kind == kind) ? kind : Choice.Kinds[0].Kind, Language = reader.Language, Folder = folder?.ToString() };
        return Page();
    }

    public async Task<IActionResult> OnPost(string slug, CancellationToken cancel)
    {
        var id = Input.Id == Guid.Empty ? Guid.CreateVersion7() : Input.Id;
        var made = await templates.Make(reader.Id, slug, new(id, Input.Kind, Input.Language ?? "", Input.Name, Guid.TryParse(Input.Folder, out var folder) ? folder : null), cancel);
        if (made.Refusal is not { } refusal)
        {
            TempData["Flash"] = reader.W["templates.made"];
            return Redirect($"/groups/{slug}/documents/{made.Value}");
        }
        Refused = refusal;
        Response.StatusCode = Auth.Problems.Status(refusal.Code);
        return refusal.Code is RefusalCode.NotFound or RefusalCode.NotAllowed or RefusalCode.Closed ? StatusCode(Response.StatusCode) : await Load(slug, cancel) ?? Page();
    }

    private async Task<IActionResult?> Load(string slug, CancellationToken cancel)
    {
        var choice = await templates.Choose(reader.Id, slug, cancel);
        if (choice.Refusal is { } refusal)
        {
            // An archive has no forms.
            return refusal.Code == RefusalCode.Closed ? Redirect($"/groups/{slug}/documents") : StatusCode(Auth.Problems.Status(refusal.Code));
        }
        var details = await groups.Find(reader.Id, slug, cancel);
        if (details.Refusal is not null)
        {
            return NotFound();
        }
        (Choice, Details) = (choice.Value, details.Value);
        return null;
    }

    private string Way(DocumentFolder folder, int depth) =>
        depth < 20 && Choice.Folders.FirstOrDefault(one => one.Id == folder.ParentId) is { } parent ? $"{Way(parent, depth + 1)} / {folder.Name}" : folder.Name;
}

/// <summary>What is to be made, as it was typed.</summary>
public sealed class NewForm
{
    public Guid Id { get; set; }
    public string? Kind { get; set; }
    public string? Language { get; set; }
    public string? Name { get; set; }
    public string? Folder { get; set; }
}
