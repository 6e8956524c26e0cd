using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Networks;
using TwinHub.Core.Organisations;

namespace TwinHub.Web.Pages.Networks;

/// <summary>What the forms of a network's facilitators have in common: whose network, and what becomes of what was typed.</summary>
public sealed class NetworkForm(Reader reader, NetworkService networks)
{
    private const int Most = 5_000;

    public NetworkView View { get; private set; } = null!;

    public IReadOnlyList<Organisation> Organisations { get; private set; } = [];

    public NetworkTemplate Template => NetworkTemplate.Of(View.Network.Template);

    public Refusal? Refused { get; private set; }

    /// <summary>Reads the network.</summary>
    /// <returns>The answer to who may not fill in its forms; null: the reader may.</returns>
    public async Task<IActionResult?> Open(string slug, CancellationToken cancel)
    {
        var found = await networks.Find(reader.Id, slug, cancel);
        if (found.Refusal is not null)
        {
            return new NotFoundResult();
        }
        if (!found.Value.Facilitates)
        {
            return new StatusCodeResult(StatusCodes.Status403Forbidden);
        }
        View = found.Value;
        Organisations = await networks.Organisations(View.Network.Id, null, Most, cancel);
        return null;
    }

    /// <summary>Goes on to the next page with a word about what was made; refused, the form stays as it was typed.</summary>
    public IActionResult Finish<T>(PageModel page, Outcome<T> made, string said, Func<T, string> next)
    {
        if (made.Refusal is { } refusal)
        {
            Refused = refusal;
            page.Response.StatusCode = Auth.Problems.Status(refusal.Code);
            return page.Page();
        }
        page.TempData["Flash"] = reader.W[said];
        return new RedirectResult(next(made.Value));
    }
}
