using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Networks;
using TwinHub.Core.Register;

namespace TwinHub.Web.Pages.Register;

/// <summary>The inventory of good practices and lessons across a network's groups.</summary>
public sealed class PracticesModel(Reader reader, RegisterOf of, PracticeReader practices, RegisterReader register) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)] public PracticeSearch Search { get; set; } = new();

    /// <summary>The row after which the page begins.</summary>
    [BindProperty(SupportsGet = true)] public string? After { get; set; }

    public NetworkView View { get; private set; } = null!;
    public PracticePage Found { get; private set; } = null!;
    public IEnumerable<(string Value, string Text)> Countries { get; private set; } = [];

    public async Task<IActionResult> OnGet(CancellationToken cancel)
    {
        if (await of.Find(Search.Network, cancel) is not { } view)
        {
            return NotFound();
        }
        View = view;
        Found = (await practices.List(reader.Id, view.Network.Slug, Search.Filter(), PracticeCursor.Parse(After), PageSize, cancel)).Value;
        Countries = reader.Sorted((await register.Choices(view.Network.Id, cancel)).Countries.Select(code => (code, reader.W.Country(code))), one => one.Item2);
        return Page();
    }
}
