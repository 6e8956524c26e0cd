using TwinHub.Core;
using TwinHub.Core.Webinars.Reports;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>The three questions of a webinar that is over, on its page or behind a mailed link.</summary>
/// <param name="Said">What was answered or typed.</param>
/// <param name="ByLink">The link's token authorises: a form without cookies and so without an antiforgery token.</param>
/// <param name="Refused">Why the last answer was not taken.</param>
public sealed record SurveyForm(AfterView After, SurveyInput Said, string Action, bool ByLink = false, Refusal? Refused = null)
{
    public bool IsOpen => After.AnswerUntil is not null;

    /// <summary>The form for what is recorded, or for what was typed and refused.</summary>
    public static SurveyForm Of(AfterView after, string action, bool byLink, SurveyInput? typed, Refusal? refused) =>
        new(after, typed ?? new(after.Mine?.Useful, after.Mine?.TakesHome, after.Mine?.Better), action, byLink, refused);
}
