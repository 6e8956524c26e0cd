using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Networks;

namespace TwinHub.Web.Pages.Networks;

/// <summary>A form for the network's facilitators; what was typed stays when something is refused.</summary>
public sealed class NewPersonModel(Reader reader, NetworkForm form, NetworkEditor editor) : PageModel
{
    public NetworkForm Form => form;

    [BindProperty] public NewPerson Input { get; set; } = new(null, null, null, null, null);

    public async Task<IActionResult> OnGet(string slug, CancellationToken cancel) => await form.Open(slug, cancel) ?? Page();

    public async Task<IActionResult> OnPost(string slug, CancellationToken cancel) => await form.Open(slug, cancel)
        ?? form.Finish(this, await editor.AddPerson(reader.Id, slug, Input, cancel), "networks.person.added", _ => "/networks/" + slug);
}
