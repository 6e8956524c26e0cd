using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core;
using TwinHub.Core.Webinars;
using TwinHub.Core.Webinars.Reports;
using TwinHub.Core.Webinars.Rooms;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>A webinar as an invitee sees it, with the question whether they come.</summary>
public sealed class ShowModel(Reader reader, WebinarReader webinars, WebinarDesk desk, AnswerService answers, ShowReading reading) : PageModel
{
    public WebinarView View { get; private set; } = null!;
    public string State { get; private set; } = "";
    public Standing Standing { get; private set; } = new(null, false);

    /// <summary>Null: nothing is asked of this person, or not any more.</summary>
    public AnswerForm? Form { get; private set; }

    public IReadOnlyList<SlotView> Agenda { get; private set; } = [];

    /// <summary>What came of it; before the end its materials.</summary>
    public AfterView After { get; private set; } = null!;

    /// <summary>The three questions for who was invited, once it is over; null: they are not asked.</summary>
    public SurveyForm? Survey { get; private set; }

    /// <summary>All of its series that the reader sees; none where it stands alone.</summary>
    public IReadOnlyList<Webinar> Series { get; private set; } = [];

    /// <summary>The room is open to the reader: they run it or said yes, and it is time.</summary>
    public bool MayEnter => RoomAccess.IsOpen(View.Webinar, reader.Now) && (View.Runs || View.Mine?.Response == Invitation.Accepted);

    /// <summary>What is said in the room's place; null: nothing more.</summary>
    public string? RoomKey => State is not ("scheduled" or "live") || MayEnter ? null : RoomAccess.IsOpen(View.Webinar, reader.Now) ? "invitee.link.answer" : "invitee.link.later";

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
        var answered = await reading.Surveys.Answer(reader.Id, id, typed, cancel);
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
        Agenda = await reading.Rooms.Agenda(reader.Id, View.Webinar, cancel);
        Series = View.Webinar.SeriesId is { } series ? await reading.Series.Of(reader.Id, series, cancel) : [];
        After = await reading.After.Of(reader.Id, View, cancel);
        Survey = Asked(null, null);
        if (View.Mine is { } mine && State is ("scheduled" or "live"))
        {
            Standing = await desk.Standing(mine, cancel);
            Form = new(reader.Viewer!.Name, mine, Standing, $"/webinars/{id}", Refused: refused);
        }
        return null;
    }
}

/// <summary>What a webinar's page shows beside the webinar itself.</summary>
public sealed record ShowReading(RoomReader Rooms, SeriesService Series, AfterReader After, SurveyService Surveys);
