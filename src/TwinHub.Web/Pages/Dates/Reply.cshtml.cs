using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Webinars.Dates;

namespace TwinHub.Web.Pages.Dates;

/// <summary>
/// Which dates suit, asked by mail: looking shows them and records nothing, only the button answers. As for invitations the
/// token authorises and nothing is taken from cookies, so no antiforgery token is asked for.
/// </summary>
[IgnoreAntiforgeryToken]
public sealed class ReplyModel(Reader reader, DatePollReader polls, DateAnswerService answers) : PageModel
{
    /// <summary>Null: the link leads nowhere, or nowhere any more.</summary>
    public DateReply? Shown { get; private set; }

    /// <summary>What was pressed last where it was refused; else what is recorded.</summary>
    public IReadOnlyDictionary<Guid, string> Given { get; private set; } = new Dictionary<Guid, string>();

    public Refusal? Refused { get; private set; }

    public bool IsOpen => Shown?.State == "open";

    public async Task<IActionResult> OnGet(string token, CancellationToken cancel)
    {
        await Load(token, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPost(string token, IFormCollection? form, CancellationToken cancel)
    {
        var given = (form ?? FormCollection.Empty).Where(field => Guid.TryParse(field.Key, out _)).DistinctBy(field => Guid.Parse(field.Key)).ToDictionary(field => Guid.Parse(field.Key), field => field.Value.ToString());
        var answered = await answers.Answer(token, given, cancel);
        if (answered.Refusal is not { Code: RefusalCode.Invalid } refusal)
        {
            // Whatever else came between is said by the page itself.
            return answered.Refusal is { Code: RefusalCode.NotFound } ? await OnGet(token, cancel) : Redirect($"/dates/{token}");
        }
        await Load(token, cancel);
        if (IsOpen)
        {
            (Given, Refused, Response.StatusCode) = (given, refusal, StatusCodes.Status400BadRequest);
        }
        return Page();
    }

    private async Task Load(string token, CancellationToken cancel)
    {
        var found = await polls.ByLink(token, cancel);
        if (found.Refusal is not null)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        Shown = found.Value;
        reader.SpeakTo(Shown.Language, Shown.TimeZone);
        Given = Shown.Dates.Where(date => date.Answer is not null).ToDictionary(date => date.Id, date => date.Answer!);
        if (Shown.State is "cancelled" or "ended")
        {
            Response.StatusCode = StatusCodes.Status410Gone;
        }
    }
}
