using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Networks;
using TwinHub.Core.Webinars;
using TwinHub.Core.Webinars.Dates;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>Finding a date together, for who runs the webinar: proposing, asking, seeing who can come when, choosing.</summary>
public sealed class DatesModel(Reader reader, DatePollReader polls, DatePollService service, NetworkService networks) : PageModel
{
    public DatePoll Poll { get; private set; } = null!;

    /// <summary>The people in the order of the table, by groups.</summary>
    public IReadOnlyList<AnswerRow> Rows { get; private set; } = [];

    /// <summary>The date that waits for a second press.</summary>
    public DateColumn? Choosing { get; private set; }

    public Refusal? Refused { get; private set; }

    /// <summary>Something was typed that is not saved yet.</summary>
    public bool IsTyping { get; private set; }

    [BindProperty] public DatesForm Input { get; set; } = new();

    /// <summary><c>save</c>; <c>more</c>: one row more; <c>off-3</c>: without the fourth row. The last two save nothing.</summary>
    [BindProperty] public string? Act { get; set; }

    public bool IsOpen => Poll.View.Webinar.State == Webinar.Draft;

    public bool IsAsked => Poll.View.Webinar.DatesAskedAt is not null;

    public async Task<IActionResult> OnGet(Guid id, Guid? choose, CancellationToken cancel)
    {
        if (await Load(id, cancel) is { } hidden)
        {
            return hidden;
        }
        Input = DatesForm.Of(Poll, reader.Now);
        Choosing = IsOpen && Poll.People.Count > 0 ? Poll.Dates.FirstOrDefault(one => one.Date.Id == choose && one.Rank is not null) : null;
        return Page();
    }

    public async Task<IActionResult> OnPost(Guid id, CancellationToken cancel)
    {
        IsTyping = true;
        if (Act == "save")
        {
            return await Finish(id, await service.Propose(reader.Id, id, Input.Filled().Dates(), cancel), _ => reader.W["dates.saved"], cancel);
        }
        Input = Act == "more" ? Input.More() : Act?.StartsWith("off-", StringComparison.Ordinal) == true ? Input.Without(Act["off-".Length..]) : Input;
        return await Load(id, cancel) ?? Page();
    }

    public async Task<IActionResult> OnPostAsk(Guid id, int version, bool again, CancellationToken cancel) =>
        await Finish(id, await service.Ask(reader.Id, id, version, again, cancel), asked => reader.W.Count("dates.asked", asked), cancel);

    public async Task<IActionResult> OnPostChoose(Guid id, int version, Guid date, CancellationToken cancel)
    {
        var chosen = await service.Choose(reader.Id, id, version, date, cancel);
        if (chosen.Refusal is not null || await Load(id, cancel) is not null)
        {
            return await Finish(id, chosen, _ => "", cancel);
        }
        TempData["Flash"] = reader.W.Count("organiser.sent", Poll.People.Count);
        return Redirect($"/webinars/{id}/answers");
    }

    private async Task<IActionResult> Finish<T>(Guid id, Outcome<T> outcome, Func<T, string> said, CancellationToken cancel)
    {
        if (outcome.Refusal is null)
        {
            TempData["Flash"] = said(outcome.Value);
            return Redirect($"/webinars/{id}/dates");
        }
        return outcome.Refusal.Code is RefusalCode.NotFound or RefusalCode.NotAllowed ? StatusCode(Auth.Problems.Status(outcome.Refusal.Code)) : await Load(id, cancel) ?? Refuse(outcome.Refusal);
    }

    private PageResult Refuse(Refusal refusal)
    {
        (Refused, Input) = (refusal, IsTyping ? Input : DatesForm.Of(Poll, reader.Now));
        Response.StatusCode = Auth.Problems.Status(refusal.Code);
        return Page();
    }

    private async Task<IActionResult?> Load(Guid id, CancellationToken cancel)
    {
        var found = await polls.Find(reader.Id, id, cancel);
        if (found.Refusal is { } hidden)
        {
            return StatusCode(Auth.Problems.Status(hidden.Code));
        }
        Poll = found.Value;
        var groups = (await networks.Groups(Poll.View.Network.Id, cancel)).ToDictionary(group => group.Group.Slug);
        Rows = AnswersReading.Rows(Poll.People.Select(one => one.View), groups, reader);
        return null;
    }
}
