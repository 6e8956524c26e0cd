using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Networks;
using TwinHub.Core.Webinars;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>The webinars the reader sees: what is to come, soonest first, and what is over; to be searched by combined criteria.</summary>
public sealed class IndexModel(Reader reader, WebinarReader webinars, WebinarDesk desk, HostReader hosts, NetworkService networks) : PageModel
{
    private const int PageSize = 20;

    [BindProperty(SupportsGet = true)] public WebinarSearch Search { get; set; } = new();

    public RowPage Ahead { get; private set; } = null!;
    public RowPage Past { get; private set; } = null!;
    public bool MayHost { get; private set; }

    /// <summary>There is no webinar at all for this person.</summary>
    public bool IsEmpty => Search.IsEmpty && Ahead.IsNothing && Past.IsNothing;

    public IEnumerable<(string Value, string Text)> Networks { get; private set; } = [];
    public IEnumerable<(string Value, string Text)> Groups { get; private set; } = [];
    public IEnumerable<(string Value, string Text)> Organisers { get; private set; } = [];

    /// <param name="ahead">Where the page of what is to come begins; null, or what is no such place: at the soonest.</param>
    /// <param name="past">The same for what is over.</param>
    /// <param name="cancel">The visitor has left.</param>
    public async Task OnGet(string? ahead, string? past, CancellationToken cancel)
    {
        MayHost = (await hosts.Networks(reader.Id, cancel)).Count > 0;
        Ahead = await Rows(true, ahead, cancel);
        Past = await Rows(false, past, cancel);
        Networks = reader.Sorted((await networks.ForPerson(reader.Id, cancel)).Select(one => (one.Network.Slug, one.Network.Names.In(reader.Language))), one => one.Item2);
        Groups = reader.Sorted((await reader.AllNews()).Select(one => (one.View.Group.Slug, one.View.Name(reader.Language))), one => one.Item2);
        Organisers = reader.Sorted((await desk.Organisers(reader.Id, cancel)).Select(one => (one.Id.ToString(), one.Name)), one => one.Name);
    }

    private async Task<RowPage> Rows(bool upcoming, string? after, CancellationToken cancel)
    {
        var cursor = after is null ? null : WebinarCursor.Parse(after);
        var rows = await webinars.List(reader.Id, Search.Filter(reader.Zone) with { Upcoming = upcoming }, cursor, PageSize + 1, cancel);
        return new([.. rows.Take(PageSize)], cursor?.ToString(), rows.Count > PageSize ? new WebinarCursor(rows[PageSize - 1].Webinar.StartsAt, rows[PageSize - 1].Webinar.Id).ToString() : null);
    }
}

/// <summary>One page of rows.</summary>
/// <param name="Here">The place after which it begins; null: it is the first.</param>
/// <param name="Next">The place after which the next begins; null: it is the last.</param>
public sealed record RowPage(IReadOnlyList<WebinarView> Rows, string? Here, string? Next)
{
    public bool IsNothing => Rows.Count == 0 && Here is null;
}
