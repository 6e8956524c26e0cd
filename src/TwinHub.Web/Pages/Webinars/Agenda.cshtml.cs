using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Groups;
using TwinHub.Core.Webinars;
using TwinHub.Core.Webinars.Rooms;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>The agenda as its organiser plans it: rows that are added, ordered and taken out on the page, and saved as a whole.</summary>
public sealed class AgendaModel(Reader reader, WebinarReader webinars, RoomReader rooms, AgendaService agenda, HostReader hosts) : PageModel
{
    private const int StockMinutes = 5, TalkMinutes = 10;

    public WebinarView View { get; private set; } = null!;

    /// <summary>The groups that may take stock, by slug.</summary>
    public IReadOnlyDictionary<string, GroupView> Groups { get; private set; } = new Dictionary<string, GroupView>();

    public Refusal? Refused { get; private set; }

    [BindProperty] public List<AgendaRow> Rows { get; set; } = [];

    /// <summary>Starts of the rows as they stand, for the reader.</summary>
    public IEnumerable<DateTimeOffset> Starts()
    {
        var at = View.Webinar.StartsAt;
        foreach (var row in Rows)
        {
            yield return at;
            at = at.AddMinutes(row.Minutes is > 0 and <= 480 ? row.Minutes.Value : 0);
        }
        yield return at;
    }

    public async Task<IActionResult> OnGet(Guid id, CancellationToken cancel)
    {
        if (await Load(id, cancel) is { } hidden)
        {
            return hidden;
        }
        Rows = [.. (await rooms.Agenda(reader.Id, View.Webinar, cancel)).Select(one => new AgendaRow
        {
            Id = one.Slot.Id, Title = one.Slot.Title, Speaker = one.Slot.Speaker, Minutes = one.Slot.Minutes, Group = one.Group?.Group.Slug,
        })];
        if (Rows.Count == 0)
        {
            Rows.Add(new() { Title = reader.W["agenda.welcome"], Minutes = TalkMinutes });
        }
        return Page();
    }

    /// <param name="act"><c>save</c>, <c>add</c>, <c>groups</c>, <c>group</c>, or <c>up:3</c>, <c>down:3</c>, <c>out:3</c> for a row.</param>
    public async Task<IActionResult> OnPost(Guid id, string? act, string? group, CancellationToken cancel)
    {
        if (await Load(id, cancel) is { } hidden)
        {
            return hidden;
        }
        ModelState.Clear();
        if (act != "save")
        {
            Arrange(act ?? "", group);
            return Page();
        }
        var saved = await agenda.Save(reader.Id, id, [.. Rows.Select(row => new SlotInput(row.Id, row.Title, row.Speaker, row.Minutes, row.Id is null && !string.IsNullOrEmpty(row.Group) ? row.Group : null))], cancel);
        if (saved.Refusal is not { } refusal)
        {
            TempData["Flash"] = reader.W["agenda.saved"];
            return Redirect($"/webinars/{id}");
        }
        Refused = refusal;
        Response.StatusCode = Auth.Problems.Status(refusal.Code);
        return Page();
    }

    private void Arrange(string act, string? group)
    {
        var place = act.Split(':') is [_, var number] && int.TryParse(number, CultureInfo.InvariantCulture, out var given) && given >= 0 && given < Rows.Count ? given : -1;
        switch (act.Split(':')[0])
        {
            case "add":
                Rows.Add(new() { Minutes = TalkMinutes });
                break;
            case "group" when group is not null && Groups.ContainsKey(group):
                AddGroup(group);
                break;
            case "groups":
                Groups.Keys.ToList().ForEach(AddGroup);
                break;
            case "up" when place > 0:
                (Rows[place - 1], Rows[place]) = (Rows[place], Rows[place - 1]);
                break;
            case "down" when place >= 0 && place < Rows.Count - 1:
                (Rows[place + 1], Rows[place]) = (Rows[place], Rows[place + 1]);
                break;
            case "out" when place >= 0:
                Rows.RemoveAt(place);
                break;
        }
    }

    private void AddGroup(string slug)
    {
        if (Rows.TrueForAll(row => row.Group != slug))
        {
            Rows.Add(new() { Title = reader.W["agenda.stock-title"], Minutes = StockMinutes, Group = slug });
        }
    }

    private async Task<IActionResult?> Load(Guid id, CancellationToken cancel)
    {
        var found = await webinars.Find(reader.Id, id, cancel);
        if (found.Refusal is not null || !found.Value.Runs)
        {
            return StatusCode(found.Refusal is null ? StatusCodes.Status403Forbidden : StatusCodes.Status404NotFound);
        }
        View = found.Value;
        var host = await hosts.Find(reader.Id, View.Network.Slug, cancel);
        Groups = host.Refusal is null ? host.Value.Groups.ToDictionary(one => one.View.Group.Slug, one => one.View) : Groups;
        return null;
    }
}

/// <summary>A row as it is edited.</summary>
public sealed class AgendaRow
{
    /// <summary>Null: not saved yet.</summary>
    public Guid? Id { get; set; }
    public string? Title { get; set; }
    public string? Speaker { get; set; }
    public int? Minutes { get; set; }

    /// <summary>Slug of the group whose slot it is; empty: a talk.</summary>
    public string? Group { get; set; }
}
