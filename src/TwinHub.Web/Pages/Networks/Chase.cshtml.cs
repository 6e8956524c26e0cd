using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Calendar;
using TwinHub.Core.Networks;
using TwinHub.Core.Reminders;

namespace TwinHub.Web.Pages.Networks;

/// <summary>When a network's year begins, which steps a chase has, and which days off the network knows better.</summary>
public sealed class ChaseModel(Reader reader, ChaseSettings settings) : PageModel
{
    public Network Network { get; private set; } = null!;

    public IReadOnlyList<NetworkHoliday> Days { get; private set; } = [];

    public Refusal? Refused { get; private set; }

    [BindProperty] public ChaseForm Input { get; set; } = new();
    [BindProperty] public DayForm Day { get; set; } = new();

    public IEnumerable<(string Value, string Text)> Months => Enumerable.Range(1, 12).Select(month => (Number(month), reader.W[$"month.{Number(month)}"]));

    public IEnumerable<(string Value, string Text)> Countries => reader.Sorted(PublicHolidays.Shared.Countries.Select(code => (code, reader.W.Country(code))), one => one.Item2);

    public IEnumerable<(string Value, string Text)> Kinds => [("closed", reader.W["chase.closed"]), ("open", reader.W["chase.open"])];

    public async Task<IActionResult> OnGet(string slug, CancellationToken cancel)
    {
        if (await Load(slug, cancel) is { } hidden)
        {
            return hidden;
        }
        Input = new() { YearStartsIn = Number(Network.YearStartsIn), Before = List(Network.StepsBefore), After = List(Network.StepsAfter), MissedAfter = Number(Network.MissedAfter) };
        return Page();
    }

    public async Task<IActionResult> OnPost(string slug, CancellationToken cancel) =>
        await Finish(slug, await settings.Set(reader.Id, slug, Parse(Input.YearStartsIn), Input.Before, Input.After, Parse(Input.MissedAfter), cancel), cancel);

    public async Task<IActionResult> OnPostDay(string slug, CancellationToken cancel) =>
        await Finish(slug, await settings.Put(reader.Id, slug, Day.Country, Date(Day.Day), Day.Name, Day.Kind != "open", cancel), cancel);

    public async Task<IActionResult> OnPostRemove(string slug, CancellationToken cancel) =>
        await Finish(slug, await settings.Remove(reader.Id, slug, Day.Country, Date(Day.Day), cancel), cancel);

    private async Task<IActionResult> Finish(string slug, Outcome<bool> outcome, CancellationToken cancel)
    {
        if (outcome.Refusal is null)
        {
            TempData["Flash"] = reader.W["form.saved"];
            return Redirect($"/networks/{slug}/reminders");
        }
        if (await Load(slug, cancel) is { } hidden)
        {
            return hidden;
        }
        Refused = outcome.Refusal;
        Response.StatusCode = Auth.Problems.Status(Refused.Code);
        if (Refused.Field == "day")
        {
            Input = new() { YearStartsIn = Number(Network.YearStartsIn), Before = List(Network.StepsBefore), After = List(Network.StepsAfter), MissedAfter = Number(Network.MissedAfter) };
        }
        return Page();
    }

    private async Task<IActionResult?> Load(string slug, CancellationToken cancel)
    {
        var found = await settings.Read(reader.Id, slug, cancel);
        if (found.Refusal is { } refusal)
        {
            return StatusCode(Auth.Problems.Status(refusal.Code));
        }
        (Network, Days) = found.Value;
        return null;
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string List(IEnumerable<int> days) => string.Join(", ", days.Select(Number));

    private static int Parse(string? text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : 0;

    private static DateOnly? Date(string? text) => DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

/// <summary>Year and steps as they were typed.</summary>
public sealed class ChaseForm
{
    public string? YearStartsIn { get; set; }
    public string? Before { get; set; }
    public string? After { get; set; }
    public string? MissedAfter { get; set; }
}

/// <summary>A day off, or on, as it was typed.</summary>
public sealed class DayForm
{
    public string? Day { get; set; }
    public string? Country { get; set; }
    public string? Name { get; set; }

    /// <summary><c>closed</c> or <c>open</c>.</summary>
    public string? Kind { get; set; }
}
