using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Groups;
using TwinHub.Core.Networks;
using TwinHub.Core.Organisations;

namespace TwinHub.Web.Pages.Networks;

/// <summary>A network: its groups, organisations and people. Addresses are for its facilitators.</summary>
public sealed class ShowModel(Reader reader, NetworkService networks, GroupService groups, MembershipService memberships) : PageModel
{
    private const int Most = 5_000;

    public NetworkView View { get; private set; } = null!;
    public IReadOnlyList<GroupView> Groups { get; private set; } = [];
    public IReadOnlyList<Organisation> Organisations { get; private set; } = [];
    public IReadOnlyList<NetworkPerson> People { get; private set; } = [];

    /// <summary>The groups whose talk the reader may open.</summary>
    public IReadOnlySet<Guid> Mine { get; private set; } = new HashSet<Guid>();

    /// <summary>Whose account the facilitator is about to close: asked once more.</summary>
    public NetworkPerson? Closing { get; private set; }

    public async Task<IActionResult> OnGet(string slug, Guid? close, CancellationToken cancel)
    {
        var found = await networks.Find(reader.Id, slug, cancel);
        if (found.Refusal is not null)
        {
            return NotFound();
        }
        View = found.Value;
        var id = View.Network.Id;
        Groups = reader.Sorted(await networks.Groups(id, cancel), group => group.Name(reader.Language));
        Organisations = reader.Sorted(await networks.Organisations(id, null, Most, cancel), one => one.Names.In(reader.Language));
        People = reader.Sorted(await networks.People(id, null, Most, cancel), person => person.Name);
        Closing = People.FirstOrDefault(person => person.Id == close && !person.Disabled);
        Mine = (await groups.ForPerson(reader.Id, null, Most, cancel)).Select(group => group.Group.Id).ToHashSet();
        return Page();
    }

    public async Task<IActionResult> OnPostDisable(string slug, Guid personId, CancellationToken cancel)
    {
        if ((await networks.Find(reader.Id, slug, cancel)).Refusal is not null)
        {
            return NotFound();
        }
        var disabled = await memberships.Disable(reader.Id, personId, cancel);
        if (disabled.Refusal is { } refusal)
        {
            return StatusCode(Auth.Problems.Status(refusal.Code));
        }
        TempData["Flash"] = reader.W["form.saved"];
        return Redirect("/networks/" + slug);
    }
}
