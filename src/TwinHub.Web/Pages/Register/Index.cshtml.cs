using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Networks;
using TwinHub.Core.Register;

namespace TwinHub.Web.Pages.Register;

/// <summary>The register of one of the reader's networks, to be searched by combined criteria.</summary>
public sealed class IndexModel(Reader reader, RegisterOf of, RegisterReader register) : PageModel
{
    private const int PageSize = 50;

    [BindProperty(SupportsGet = true)] public EntrySearch Search { get; set; } = new();

    /// <summary>The slug after which the page begins.</summary>
    [BindProperty(SupportsGet = true)] public string? After { get; set; }

    public RegisterOf Of => of;

    /// <summary>The network; null: the reader belongs to none.</summary>
    public NetworkView? View { get; private set; }

    public RegisterPage Found { get; private set; } = null!;
    public IEnumerable<(string Value, string Text)> Countries { get; private set; } = [];
    public IEnumerable<(string Value, string Text)> Years { get; private set; } = [];

    public async Task<IActionResult> OnGet(CancellationToken cancel)
    {
        View = await of.Find(Search.Network, cancel);
        if (View is null)
        {
            return string.IsNullOrEmpty(Search.Network) ? Page() : NotFound();
        }
        Found = (await register.List(reader.Id, View.Network.Slug, Search.Filter(), After, PageSize, cancel)).Value;
        var choices = await register.Choices(View.Network.Id, cancel);
        Countries = reader.Sorted(choices.Countries.Select(code => (code, reader.W.Country(code))), one => one.Item2);
        Years = Enumerable.Range(choices.FirstYear, Math.Max(1, reader.Today.Year - choices.FirstYear + 1)).Reverse().Select(year => year.ToString(CultureInfo.InvariantCulture)).Select(year => (year, year));
        return Page();
    }
}
