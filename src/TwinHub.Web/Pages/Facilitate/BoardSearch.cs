using Microsoft.AspNetCore.WebUtilities;
using TwinHub.Core.Facilitation;

namespace TwinHub.Web.Pages.Facilitate;

/// <summary>What of the board is shown, as the address says it; anything else is taken as if it was not said.</summary>
public sealed record BoardSearch
{
    public const int PageSize = 50;

    public static readonly IReadOnlyList<string> Filters = ["all", "quiet", "overdue", "week"], Sorts = ["sign", "silent", "name", "open", "review"];

    public string? Network { get; init; }
    public string? Filter { get; init; }
    public string? Sort { get; init; }

    /// <summary>Which hundred rows, from 1. Not "page": so the framework calls the page itself.</summary>
    public int Part { get; init; } = 1;

    public string FilterName => Filters.Contains(Filter) ? Filter! : Filters[0];

    public string SortName => Sorts.Contains(Sort) ? Sort! : Sorts[0];

    public string Address => QueryHelpers.AddQueryString("/facilitate", new Dictionary<string, string?>
    {
        ["network"] = Network, ["filter"] = FilterName == Filters[0] ? null : Filter, ["sort"] = SortName == Sorts[0] ? null : Sort, ["part"] = Part > 1 ? Part.ToString(System.Globalization.CultureInfo.InvariantCulture) : null,
    });

    /// <summary>All rows that fit, in order.</summary>
    public IReadOnlyList<BoardRow> Of(Board board, Reader reader)
    {
        var rows = board.Rows.Where(row => FilterName switch
        {
            "quiet" => row.IsQuiet(board.Now),
            "overdue" => row.IsOverdue,
            "week" => row.IsDueSoon(board),
            _ => true,
        });
        // The alphabet first: rows that are alike otherwise stay in it.
        var named = reader.Sorted(rows, row => row.View.Name(reader.Language));
        IEnumerable<BoardRow> sorted = SortName switch
        {
            "silent" => named.OrderBy(row => row.LastSign ?? row.View.Group.CreatedAt),
            "name" => named,
            "open" => named.OrderByDescending(row => row.Open.All),
            "review" => named.OrderBy(row => row.Review?.DueOn ?? DateOnly.MaxValue),
            _ => named.OrderByDescending(row => row.LastSign ?? DateTimeOffset.MinValue),
        };
        return [.. sorted];
    }
}
