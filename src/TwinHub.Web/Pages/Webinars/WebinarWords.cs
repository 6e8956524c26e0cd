using Microsoft.AspNetCore.Html;
using TwinHub.Core.Text;
using TwinHub.Core.Webinars;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>A webinar's facts in words, for one of its invitees.</summary>
public static class WebinarWords
{
    public static readonly IReadOnlyList<string> Answers = [Invitation.Accepted, Invitation.Tentative, Invitation.Declined];

    /// <summary>The chip's look for a state; the word says the same.</summary>
    public static string StateChip(string state) => state switch { "live" => "in", "draft" => "open", _ => "none" };

    /// <summary>The chip's look for the reader's own answer.</summary>
    public static string AnswerChip(string response) => response switch
    {
        Invitation.Accepted => "in",
        Invitation.None or Invitation.Waiting => "open",
        Invitation.Tentative => "look",
        _ => "none",
    };

    /// <summary>The reader's answer as a chip says it; null where none is given or asked for.</summary>
    public static string? Mine(WebinarView view, string state) => view.Mine is not { } mine || state is "draft" or "cancelled" ? null
        : mine.Response == Invitation.None && state == "ended" ? null : mine.Response;

    /// <summary>"10:00 Paris time for Claire Fabre", with the day where that is another one; null: the reader's clock shows the same.</summary>
    public static IHtmlContent? Theirs(WebinarView view, LocalHours mine, Words words, DateOnly today)
    {
        var theirs = LocalHours.Of(view.Webinar, view.Organiser.TimeZone);
        var clock = ("clock", (object?)words.ClockIn(theirs.Hour, theirs.Zone));
        return theirs.Start == mine.Start ? null
            : theirs.Day == mine.Day ? words.Html("invitee.their-clock", clock, ("name", view.Organiser.Name))
            : words.Html("invitee.their-day", clock, ("day", words.DayHeading(theirs.Day, today)), ("name", view.Organiser.Name));
    }

    /// <summary>What is recorded of the reader's answer.</summary>
    public static IHtmlContent Said(AnswerForm form, Reader r)
    {
        var date = ("date", (object?)(form.Mine.RespondedAt is { } at ? r.W.DayHeading(DateOnly.FromDateTime(r.Local(at).DateTime), r.Today) : ""));
        return form.Wanted is { } wanted && wanted != form.Pressed ? r.W.Html("invitee.confirm", ("answer", r.W["invitee.answer." + wanted]))
            : form.Mine.Response == Invitation.Waiting ? r.W.Html("invitee.said.waiting", ("place", r.W.Number(form.Standing.Place ?? 1)))
            : form.Mine.Response != Invitation.None ? r.W.Html("invitee.said." + form.Mine.Response, date)
            : r.W.Html(form.Mine.HoldsSeat ? "invitee.said.kept" : "invitee.said.none");
    }
}
