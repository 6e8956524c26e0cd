using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Webinars.Reports;
using TwinHub.Web.Pages.Webinars;

namespace TwinHub.Web.Pages.Surveys;

/// <summary>
/// The mailed way to the three questions, and to what came of a webinar: guests have no other. Looking records nothing, only the
/// button does; the token authorises and nothing is taken from cookies, as on the page of an invitation.
/// </summary>
[IgnoreAntiforgeryToken]
public sealed class AnswerModel(Reader reader, SurveyService surveys) : PageModel
{
    /// <summary>Null: the link leads nowhere, or nowhere any more.</summary>
    public SurveyForm? Form { get; private set; }

    public async Task<IActionResult> OnGet(string token, CancellationToken cancel)
    {
        await Load(token, null, null, cancel);
        return Page();
    }

    public async Task<IActionResult> OnPost(string token, int? useful, string? takesHome, string? better, CancellationToken cancel)
    {
        var typed = new SurveyInput(useful, takesHome, better);
        var answered = await surveys.Answer(token, typed, cancel);
        if (answered.Refusal is not { } refusal)
        {
            return Redirect($"/surveys/{token}");
        }
        Response.StatusCode = Auth.Problems.Status(refusal.Code);
        await Load(token, typed, refusal, cancel);
        return Page();
    }

    private async Task Load(string token, SurveyInput? typed, Refusal? refused, CancellationToken cancel)
    {
        var found = await surveys.ByLink(token, cancel);
        if (found.Refusal is not null || !found.Value.After.HasEnded)
        {
            Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        reader.SpeakTo(found.Value.Language, found.Value.TimeZone);
        Form = SurveyForm.Of(found.Value.After, $"/surveys/{token}", byLink: true, typed, refused);
    }
}
