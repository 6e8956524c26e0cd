using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Facilitation;

namespace TwinHub.Web.Pages.Facilitate;

/// <summary>The network on a map.</summary>
public sealed class MapModel(Reader reader, BoardReader boards) : PageModel
{
    public Board Board { get; private set; } = null!;

    public async Task<IActionResult> OnGet(string? network, CancellationToken cancel)
    {
        var found = await boards.Read(reader.Id, network, archive: false, cancel);
        if (found.Refusal is { } refusal)
        {
            return StatusCode(Auth.Problems.Status(refusal.Code));
        }
        Board = found.Value;
        return Page();
    }
}
