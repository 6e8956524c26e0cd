using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Networks;
using TwinHub.Core.Webinars;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>The webinars the reader sees: what is to come, soonest first, and what is over; to be searched by combined criteria.</summary>
public sealed class IndexModel(Reader reader, WebinarReader webinars, WebinarDesk desk, NetworkService networks) : PageModel
{
    private const int PageSize = 20;
    private const int LastPage = 1_000;

    [BindProperty(SupportsGet = true)] public WebinarSearch Search { get; set; } = new();

    public RowPage Ahead { get; private set; } = null!;
    public RowPage Past { get; private set; } = null!;
    public bool MayHost { get; private set; }

    /// <summary>There is no webinar at all for this person.</summary>
    public bool IsEmpty => Search.IsEmpty && Ahead.IsNothing && Past.IsNothing;

    public IEnumerable<(string Value, string Text)> Networks { get; private set; } = [];
    public IEnumerable<(string Value, string Text)> Groups { get; private set; } = [];
    public IEnumerable<(string Value, string Text)> Organisers { get; private set; } = [];

    public async Task OnGet(int ahead, int past, CancellationToken cancel)
    {
        MayHost = (await desk.Hosts(reader.Id, cancel)).Count > 0;
        Ahead = await Rows(true, ahead, cancel);
        Past = await Rows(false, past, cancel);
        Networks = reader.Sorted((await networks.ForPerson(reader.Id, cancel)).Select(one => (one.Network.Slug, one.Network.Names.In(reader.Language))), one => one.Item2);
        Groups = reader.Sorted((await reader.News()).Select(one => (one.View.Group.Slug, one.View.Name(reader.Language))), one => one.Item2);
        Organisers = reader.Sorted((await desk.Organisers(reader.Id, cancel)).Select(one => (one.Id.ToString(), one.Name)), one => one.Name);
    }

    private async Task<RowPage> Rows(bool upcoming, int number, CancellationToken cancel)
    {
        var page = Math.Clamp(number, 1, LastPage);
        var rows = await webinars.List(reader.Id, Search.Filter(reader.Zone) with { Upcoming = upcoming }, (page - 1) * PageSize, PageSize + 1, cancel);
        return new([.. rows.Take(PageSize)], page, rows.Count > PageSize);
    }
}

/// <summary>One page of rows, from 1.</summary>
public sealed record RowPage(IReadOnlyList<WebinarView> Rows, int Number, bool More)
{
    public bool IsNothing => Rows.Count == 0 && Number == 1;
}
