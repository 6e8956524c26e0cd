using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Groups;
using TwinHub.Core.Register;

namespace TwinHub.Web.Pages.Groups.Register;

/// <summary>A group's quarterly updates: the one that is owed, and all before it.</summary>
public sealed class IndexModel(Reader reader, GroupService groups, UpdateReader updates) : PageModel
{
    private const int PageSize = 20;

    public GroupDetails Details { get; private set; } = null!;

    public GroupUpdates Updates { get; private set; } = null!;

    /// <summary>The newest that is still owed, with its draft; null: none.</summary>
    public UpdateView? Current { get; private set; }

    /// <summary>Where the next page begins; null: there is none.</summary>
    public string? Before { get; private set; }

    /// <summary>When the quarter that is running now opens.</summary>
    public DateOnly FirstOpens => Quarter.Of(Updates.Seat.Network.Day(reader.Now), Updates.Seat.Network.YearStartsIn).OpensOn;

    public async Task<IActionResult> OnGet(string slug, string? before, CancellationToken cancel)
    {
        var found = await groups.Find(reader.Id, slug, cancel);
        var listed = await updates.List(reader.Id, slug, before, PageSize + 1, cancel);
        if ((found.Refusal ?? listed.Refusal) is not null)
        {
            return NotFound();
        }
        var all = listed.Value.Updates;
        (Details, Updates) = (found.Value, listed.Value with { Updates = [.. all.Take(PageSize)] });
        Before = all.Count > PageSize ? all[PageSize - 1].Quarter.Label : null;
        if (before is null && all is [{ State: "open" or "late" } owed, ..])
        {
            Current = (await updates.Find(reader.Id, slug, owed.Quarter.Label, cancel)).Value.Updates[0];
        }
        return Page();
    }
}
