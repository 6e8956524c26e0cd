using TwinHub.Core.Calendar;
using TwinHub.Core.Mail;
using TwinHub.Core.Networks;
using TwinHub.Core.People;
using TwinHub.Core.Text;
using TwinHub.Core.Webinars.Dates;

namespace TwinHub.Core.Webinars;

/// <summary>What a mail about a webinar is about, for one person.</summary>
/// <param name="Invitation">With the sequence this message carries already set.</param>
/// <param name="AnswerUrl">The person's own page for answering, the invitation or which dates suit: a GET shows, a POST records.</param>
/// <param name="References">Message-ID of the first mail about this invitation; null: this is the first.</param>
public sealed record WebinarMail(Webinar Webinar, Network Network, Person Organiser, Person Invitee, Invitation Invitation, int Sequence, string AnswerUrl, string? References);

/// <summary>Writes the mails about webinars: calendar messages by the rules of invitations.md, and those without a calendar part.</summary>
public sealed class WebinarLetters(RsvpAddresses addresses, WebinarCalendar calendar, SignInOptions options)
{
    /// <summary>Asks (METHOD:REQUEST, RFC 5546, 3.2.2).</summary>
    public Letter Request(WebinarMail mail) => Ask(mail, "invitation", "invitation");

    /// <summary>The time has changed: asks anew.</summary>
    public Letter Moved(WebinarMail mail) => Ask(mail, "moved", "update");

    /// <summary>Something else has changed; the answer given stays.</summary>
    public Letter Changed(WebinarMail mail) => Ask(mail, "changed", "update");

    /// <summary>Takes the event out of the calendar (METHOD:CANCEL, RFC 5546, 3.2.5): the webinar is cancelled, or this person is taken off.</summary>
    public Letter Cancelled(WebinarMail mail)
    {
        var text = Text(mail);
        return Letter(mail, text, mail.Invitation.RemovedAt is null ? "cancelled" : "removed", "cancellation") with
        {
            Facts = [.. text.Times],
            Calendar = calendar.Part(CalendarMethod.Cancel, mail, text, Sender(mail)),
        };
    }

    /// <summary>All seats are taken; the person waits for one.</summary>
    public Letter Waiting(WebinarMail mail) => Seat(mail, "waiting", Invitation.Waiting);

    /// <summary>A seat became free for who waited.</summary>
    public Letter Promoted(WebinarMail mail) => Seat(mail, "promoted", Invitation.Accepted);

    /// <summary>Says again what is coming: the room for who accepted, the answer page for everybody else.</summary>
    /// <param name="step">Such as <c>7d</c>; the ladder is a setting, and a step without words of its own is a plain reminder.</param>
    /// <param name="roomUrl">The person's own way into the room: a GET shows, a POST enters.</param>
    /// <param name="isLate">"In one hour" would not be true any more.</param>
    public Letter Reminder(WebinarMail mail, string step, string roomUrl, string unsubscribeUrl, bool isLate = false)
    {
        var text = Text(mail);
        var (accepted, waiting) = (mail.Invitation.Response == Invitation.Accepted, mail.Invitation.Response == Invitation.Waiting);
        var (change, answers) = (Change(mail, text), Answers(mail, text));
        return Letter(mail, text, isLate ? "reminder" : Said(step), "webinar-reminder", $"reminder.{(accepted ? "accepted" : waiting ? "waiting" : "open")}") with
        {
            Facts = [.. text.Times, .. text.Places(meeting: accepted)],
            Button = accepted ? new(text.Words["webinar-mail.join"], roomUrl) : waiting ? change : answers[0],
            Links = accepted ? [change] : waiting ? [] : [.. answers.Skip(1)],
            Unsubscribe = new(text.Words["webinar-mail.stop"], unsubscribeUrl),
            About = About(mail, ("step", step)),
            Reason = MailReason.Reminder(mail.Invitation.Id, mail.Webinar.StartsAt),
        };
    }

    /// <summary>A friendly question to who has not answered; not sent any more once they have.</summary>
    public Letter Nudge(WebinarMail mail)
    {
        var text = Text(mail);
        var answers = Answers(mail, text);
        return Letter(mail, text, "nudge", "nudge") with
        {
            Facts = [.. text.Times],
            Button = answers[0],
            Links = [.. answers.Skip(1)],
            Reason = MailReason.Response(mail.Invitation.Id, Invitation.None),
        };
    }

    /// <summary>Asks which of the proposed dates suit. It is no invitation yet: calendars learn nothing of it.</summary>
    public Letter Dates(WebinarMail mail, IReadOnlyList<ProposedDate> dates)
    {
        var text = Text(mail);
        return Letter(mail, text, "dates", "other") with
        {
            Facts = [text.Proposed(dates), .. text.Contents],
            Button = new(text.Words["webinar-mail.dates.button"], mail.AnswerUrl),
            Why = text.Sentence("webinar-mail.dates.why"),
            Reason = MailReason.Dates(mail.Invitation.Id),
        };
    }

    private static string Said(string step) => Texts.Shared.All.ContainsKey($"webinar-mail.reminder-{step}.subject") ? $"reminder-{step}" : "reminder";

    private Letter Ask(WebinarMail mail, string what, string kind)
    {
        var text = Text(mail);
        var answers = Answers(mail, text);
        return Letter(mail, text, what, kind) with
        {
            Facts = [.. text.Times, .. text.Places(meeting: true), .. text.Contents],
            Button = answers[0],
            Links = [.. answers.Skip(1)],
            Calendar = calendar.Part(CalendarMethod.Request, mail, text, Sender(mail)),
            Reason = MailReason.Invitation(mail.Invitation.Id),
        };
    }

    private Letter Seat(WebinarMail mail, string what, string response)
    {
        var text = Text(mail);
        return Letter(mail, text, what, "waiting-list") with
        {
            Facts = [.. text.Times],
            Button = Change(mail, text),
            Reason = MailReason.Response(mail.Invitation.Id, response),
        };
    }

    private Letter Letter(WebinarMail mail, WebinarText text, string what, string kind, string? opening = null) => new(mail.Invitee.Email, text.Name, mail.Invitee.Language, kind)
    {
        Subject = text.Subject($"webinar-mail.{what}.subject"),
        Paragraphs = [text.Sentence($"webinar-mail.{opening ?? $"{what}.opening"}")],
        Why = text.Sentence("webinar-mail.why"),
        From = Sender(mail),
        References = mail.References,
        About = About(mail),
    };

    private MailAddressing Sender(WebinarMail mail) => addresses.Sender(mail.Invitation, mail.Organiser);

    private WebinarText Text(WebinarMail mail) => new(mail, $"{options.BaseUrl}/webinars/{mail.Webinar.Id}/room");

    private static LetterButton[] Answers(WebinarMail mail, WebinarText text) =>
        [.. new[] { Invitation.Accepted, Invitation.Tentative, Invitation.Declined }.Select(answer => new LetterButton(text.Words[$"webinar-mail.answer.{answer}"], $"{mail.AnswerUrl}?answer={answer}"))];

    private static LetterButton Change(WebinarMail mail, WebinarText text) => new(text.Words["webinar-mail.answer.change"], mail.AnswerUrl);

    private static Dictionary<string, string> About(WebinarMail mail, params IEnumerable<(string Name, string Value)> more) =>
        more.Prepend(("webinarId", mail.Webinar.Id.ToString())).ToDictionary();
}
