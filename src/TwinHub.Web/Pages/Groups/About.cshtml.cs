using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Groups;
using TwinHub.Core.Networks;

namespace TwinHub.Web.Pages.Groups;

/// <summary>Who is in a group and on what terms; its facilitators change the members here.</summary>
public sealed class AboutModel(Reader reader, GroupService groups, MembershipService memberships, NetworkService networks) : PageModel
{
    public GroupDetails Details { get; private set; } = null!;

    public IReadOnlyList<NetworkPerson> Candidates { get; private set; } = [];

    public MemberView? Editing { get; private set; }

    public string? Error { get; private set; }

    [BindProperty] public Guid PersonId { get; set; }

    [BindProperty] public List<string> Roles { get; set; } = [];

    private NetworkTemplate Template => NetworkTemplate.Of(Details.View.Network.Template);

    public string ConceptName => Template.Concepts.First(concept => concept.Key == Details.View.Group.Concept).Names.In(reader.Language);

    public string KindName(PartnerView partner) => Template.KindName(partner.Organisation.Kind, reader.Language);

    public Task<IActionResult> OnGet(string slug, Guid? edit, CancellationToken cancel) => Show(slug, edit, cancel);

    public async Task<IActionResult> OnPost(string slug, CancellationToken cancel) =>
        await Finish(slug, await memberships.Set(reader.Id, slug, PersonId, Roles, cancel), cancel);

    public async Task<IActionResult> OnPostRemove(string slug, CancellationToken cancel) =>
        await Finish(slug, await memberships.Remove(reader.Id, slug, PersonId, cancel), cancel);

    private async Task<IActionResult> Finish(string slug, Outcome<bool> outcome, CancellationToken cancel)
    {
        if (outcome.Refusal is null)
        {
            TempData["Flash"] = reader.W["form.saved"];
            return Redirect($"/groups/{slug}/about");
        }
        if (outcome.Refusal.Code is RefusalCode.NotFound or RefusalCode.NotAllowed)
        {
            return StatusCode(Auth.Problems.Status(outcome.Refusal.Code));
        }
        Error = outcome.Refusal.Sentence(reader.W);
        Response.StatusCode = Auth.Problems.Status(outcome.Refusal.Code);
        return await Show(slug, null, cancel);
    }

    private async Task<IActionResult> Show(string slug, Guid? edit, CancellationToken cancel)
    {
        var found = await groups.Find(reader.Id, slug, cancel);
        if (found.Refusal is not null)
        {
            return NotFound();
        }
        Details = found.Value;
        if (Details.Access.Facilitates)
        {
            // Who is in the group already is changed where they stand in the list.
            var partners = Details.View.Partners.Select(partner => partner.Organisation.Id).ToHashSet();
            Candidates = [.. (await networks.People(Details.View.Network.Id, null, 5_000, cancel)).Where(person => partners.Contains(person.OrganisationId) && !person.Disabled && (person.Id == edit || Details.Members.All(member => member.PersonId != person.Id)))];
            Editing = Details.Members.FirstOrDefault(member => member.PersonId == edit);
        }
        return Page();
    }
}
