using TwinHub.Core.Mail;
using TwinHub.Core.Networks;
using TwinHub.Core.People;

namespace TwinHub.Core.Webinars;

/// <summary>What a mail about a webinar is about, for one person.</summary>
/// <param name="Invitation">With the sequence this message carries already set.</param>
/// <param name="AnswerUrl">The person's own page for answering: a GET shows, a POST records.</param>
/// <param name="References">Message-ID of the first mail about this invitation; null: this is the first.</param>
public sealed record WebinarMail(Webinar Webinar, Network Network, Person Organiser, Person Invitee, Invitation Invitation, int Sequence, string AnswerUrl, string? References);

/// <summary>Writes the mails about webinars: calendar messages by the rules of invitations.md, and those without a calendar part.</summary>
public sealed class WebinarLetters(MailOptions options, HubClock clock)
{
    /// <summary>Asks (METHOD:REQUEST, RFC 5546, 3.2.2).</summary>
    public Letter Request(WebinarMail mail) => throw new NotSupportedException($"{options} {clock} {mail}");

    /// <summary>The time has changed: asks anew.</summary>
    public Letter Moved(WebinarMail mail) => Request(mail);

    /// <summary>Something else has changed; the answer given stays.</summary>
    public Letter Changed(WebinarMail mail) => Request(mail);

    /// <summary>Takes the event out of the calendar (METHOD:CANCEL, RFC 5546, 3.2.5): the webinar is cancelled, or this person is taken off.</summary>
    public Letter Cancelled(WebinarMail mail) => Request(mail);

    /// <summary>All seats are taken; the person waits for one.</summary>
    public Letter Waiting(WebinarMail mail) => Request(mail);

    /// <summary>A seat became free for who waited.</summary>
    public Letter Promoted(WebinarMail mail) => Request(mail);

    /// <summary>Says again what is coming: the room for who accepted, the answer page for everybody else.</summary>
    /// <param name="step"><c>7d</c>, <c>1d</c> or <c>1h</c>.</param>
    public Letter Reminder(WebinarMail mail, string step, string roomUrl, string unsubscribeUrl) => Request(mail);
}
