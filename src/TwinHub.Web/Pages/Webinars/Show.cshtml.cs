using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Webinars;
using TwinHub.Core.Webinars.Reports;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>A webinar as an invitee sees it, with the question whether they come.</summary>
public sealed class ShowModel(Reader reader, WebinarReader webinars, WebinarDesk desk, AnswerService answers, AfterReader afters, SurveyService surveys) : PageModel
{
    /// <summary>The meeting's link is shown from so long before the start.</summary>
    private static readonly TimeSpan LinkBefore = TimeSpan.FromMinutes(15);

    public WebinarView View { get; private set; } = null!;
    public string State { get; private set; } = "";
    public Standing Standing { get; private set; } = new(null, false);

    /// <summary>Null: nothing is asked of this person, or not any more.</summary>
    public AnswerForm? Form { get; private set; }

    /// <summary>What came of it; before the end its materials.</summary>
    public AfterView After { get; private set; } = null!;

    /// <summary>The three questions for who was invited, once it is over; null: they are not asked.</summary>
    public SurveyForm? Survey { get; private set; }

    /// <summary>The meeting's address, for who runs it and, when it is time, for who said yes.</summary>
    public string? JoinUrl => IsTime && (View.Runs || View.Mine?.Response == Invitation.Accepted) ? View.Webinar.JoinUrl : null;

    /// <summary>What is said in the link's place; null: nothing more.</summary>
    public string? LinkKey => State is not ("scheduled" or "live") || JoinUrl is not null ? null
        : !IsTime ? "invitee.link.later"
        : View.Runs || View.Mine?.Response == Invitation.Accepted ? "invitee.link.missing"
        : "invitee.link.answer";

    private bool IsTime => State == "live" || (State == "scheduled" && reader.Now >= View.Webinar.StartsAt - LinkBefore);

    public async Task<IActionResult> OnGet(Guid id, CancellationToken cancel) => await Load(id, null, cancel) ?? Page();

    public async Task<IActionResult> OnPost(Guid id, string? answer, CancellationToken cancel)
    {
        if (await Load(id, null, cancel) is { } hidden)
        {
            return hidden;
        }
        if (View.Mine is not { } mine)
        {
            return StatusCode(403);
        }
        var answered = await answers.Answer(new(mine.Id, answer ?? "", "page"), cancel);
        if (answered.Refusal is not { } refusal)
        {
            return Redirect($"/webinars/{id}");
        }
        Response.StatusCode = Auth.Problems.Status(refusal.Code);
        return await Load(id, refusal, cancel) ?? Page();
    }

    /// <summary>Records what an invitee says of a webinar that is over.</summary>
    public async Task<IActionResult> OnPostSurvey(Guid id, int? useful, string? takesHome, string? better, CancellationToken cancel)
    {
        var typed = new SurveyInput(useful, takesHome, better);
        var answered = await surveys.Answer(reader.Id, id, typed, cancel);
        if (answered.Refusal is not { } refusal)
        {
            return Redirect($"/webinars/{id}#survey");
        }
        if (refusal.Code is RefusalCode.NotFound or RefusalCode.NotAllowed || await Load(id, null, cancel) is not null)
        {
            return StatusCode(Auth.Problems.Status(refusal.Code));
        }
        (Response.StatusCode, Survey) = (Auth.Problems.Status(refusal.Code), Asked(typed, refusal));
        return Page();
    }

    /// <summary>The three questions, for who was invited to what is over.</summary>
    private SurveyForm? Asked(SurveyInput? typed, Refusal? refused) =>
        View.Mine is null || !After.HasEnded ? null : SurveyForm.Of(After, $"/webinars/{View.Webinar.Id}?handler=survey", byLink: false, typed, refused);

    private async Task<IActionResult?> Load(Guid id, Refusal? refused, CancellationToken cancel)
    {
        var found = await webinars.Find(reader.Id, id, cancel);
        if (found.Refusal is not null)
        {
            return NotFound();
        }
        (View, State) = (found.Value, found.Value.Webinar.StateAt(reader.Now));
        After = await afters.Of(reader.Id, View, cancel);
        Survey = Asked(null, null);
        if (View.Mine is { } mine && State is ("scheduled" or "live"))
        {
            Standing = await desk.Standing(mine, cancel);
            Form = new(reader.Viewer!.Name, mine, Standing, $"/webinars/{id}", Refused: refused);
        }
        return null;
    }
}
