using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Facilitation;

namespace TwinHub.Web.Pages.Facilitate;

/// <summary>All groups of a network at a glance: from here it is two clicks to who owes what and a nudge.</summary>
public sealed class IndexModel(Reader reader, BoardReader boards) : PageModel
{
    /// <summary>More arcs than these are drawn on the map's own page alone.</summary>
    public const int MostOnSmallMap = 60;

    [BindProperty(SupportsGet = true)] public BoardSearch Search { get; set; } = new();

    public Board Board { get; private set; } = null!;
    public BoardCharts Charts { get; private set; } = null!;

    /// <summary>Of those that fit the filter, the page in hand.</summary>
    public IReadOnlyList<BoardRow> Rows { get; private set; } = [];
    public bool HasMore { get; private set; }

    /// <summary>How many mails were just sent.</summary>
    public int? Sent { get; private set; }

    public async Task<IActionResult> OnGet(int? sent, CancellationToken cancel)
    {
        var found = await boards.Read(reader.Id, Search.Network, archive: false, cancel);
        if (found.Refusal is { } refusal)
        {
            return StatusCode(Auth.Problems.Status(refusal.Code));
        }
        (Board, Charts, Sent) = (found.Value, new BoardCharts(reader, found.Value), sent > 0 ? sent : null);
        var rows = Search.Of(Board, reader);
        var from = Math.Clamp(Search.Part - 1, 0, Math.Max(0, (rows.Count - 1) / BoardSearch.PageSize)) * BoardSearch.PageSize;
        (Rows, HasMore) = ([.. rows.Skip(from).Take(BoardSearch.PageSize)], rows.Count > from + BoardSearch.PageSize);
        return Page();
    }
}
