using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Networks;

namespace TwinHub.Web.Pages.Networks;

/// <summary>A form for the network's facilitators; what was typed stays when something is refused.</summary>
public sealed class NewOrganisationModel(Reader reader, NetworkService networks, NetworkEditor editor) : PageModel
{
    public NetworkView View { get; private set; } = null!;

    public IReadOnlyList<Core.Organisations.Organisation> Organisations { get; private set; } = [];

    public NetworkTemplate Template => NetworkTemplate.Of(View.Network.Template);

    [BindProperty] public NewOrganisation Input { get; set; } = new(null, null, null, null, null, null, null, null);

    public Refusal? Refused { get; private set; }

    public async Task<IActionResult> OnGet(string slug, CancellationToken cancel) => await Load(slug, cancel) ?? Page();

    public async Task<IActionResult> OnPost(string slug, CancellationToken cancel)
    {
        if (await Load(slug, cancel) is { } refused)
        {
            return refused;
        }
        var made = await editor.AddOrganisation(reader.Id, slug, Input, cancel);
        if (made.Refusal is { } refusal)
        {
            Refused = refusal;
            Response.StatusCode = Auth.Problems.Status(refusal.Code);
            return Page();
        }
        TempData["Flash"] = reader.W["networks.organisation.added"];
        return Redirect("/networks/" + slug);
    }

    private async Task<IActionResult?> Load(string slug, CancellationToken cancel)
    {
        var found = await networks.Find(reader.Id, slug, cancel);
        if (found.Refusal is not null)
        {
            return NotFound();
        }
        if (!found.Value.Facilitates)
        {
            return StatusCode(403);
        }
        View = found.Value;
        Organisations = await networks.Organisations(View.Network.Id, null, 5_000, cancel);
        return null;
    }
}
