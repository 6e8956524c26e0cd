using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Networks;

namespace TwinHub.Web.Pages.Networks;

/// <summary>The networks one belongs to; who belongs to one only goes straight there.</summary>
public sealed class IndexModel(Reader reader, NetworkService networks) : PageModel
{
    public IReadOnlyList<NetworkView> Networks { get; private set; } = [];

    public async Task<IActionResult> OnGet(CancellationToken cancel)
    {
        Networks = await networks.ForPerson(reader.Id, cancel);
        return Networks.Count == 1 ? Redirect("/networks/" + Networks[0].Network.Slug) : Page();
    }
}
