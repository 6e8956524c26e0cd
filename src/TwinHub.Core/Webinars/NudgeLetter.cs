using TwinHub.Core.Mail;

namespace TwinHub.Core.Webinars;

/// <summary>A friendly question to who has not answered, in their language and their time.</summary>
public static class NudgeLetter
{
    public static Letter Of(WebinarMail mail)
    {
        var (invitee, webinar) = (mail.Invitee, mail.Webinar);
        var words = Text.Texts.Shared.For(invitee.Language);
        var at = TimeZoneInfo.ConvertTime(webinar.StartsAt, TimeZoneInfo.FindSystemTimeZoneById(invitee.TimeZone));
        var title = Webinar.FullTitle(mail.Network.Tag, webinar.Title);
        return new(invitee.Email, invitee.Name, invitee.Language, "nudge")
        {
            Subject = words.Say("mail.nudge.subject", ("title", title)),
            Paragraphs =
            [
                words.Isolated("mail.nudge.question", ("organiser", mail.Organiser.Name), ("title", webinar.Title),
                    ("day", words.LongDate(DateOnly.FromDateTime(at.DateTime))), ("time", words.ClockIn(TimeOnly.FromDateTime(at.DateTime), invitee.TimeZone))),
                words["mail.nudge.any-answer"],
            ],
            Button = new(words["mail.nudge.button"], mail.AnswerUrl),
            Why = words.Say("mail.nudge.why", ("organiser", mail.Organiser.Name)),
            About = new Dictionary<string, string> { ["webinar"] = webinar.Id.ToString(), ["invitation"] = mail.Invitation.Id.ToString() },
            References = mail.References,
        };
    }
}
