using TwinHub.Core.Calendar;
using TwinHub.Core.Mail;

namespace TwinHub.Core.Webinars;

/// <summary>The calendar part of a mail about a webinar (invitations, rules 9 to 20).</summary>
public sealed class WebinarCalendar(ICalendarWriter writer, HubClock clock)
{
    internal CalendarPart Part(CalendarMethod method, WebinarMail mail, WebinarText text, MailAddressing organiser) => new(CalendarNames.Wire(method), writer.Invitation(method, new()
    {
        Uid = mail.Webinar.Uid,
        Sequence = mail.Sequence,
        Stamp = clock.GetUtcNow(),
        Start = mail.Webinar.StartsAt,
        End = mail.Webinar.EndsAt,
        Summary = text.Title,
        Description = text.Description,
        Location = mail.Webinar.JoinUrl ?? mail.Webinar.Location,
        Url = new(text.Room),
        Organizer = new(organiser.From, organiser.FromName),
        Attendee = new(mail.Invitee.Email, mail.Invitee.Name, Status(mail.Invitation.Response)),
    }));

    /// <summary>A place on the waiting list is a wish to come that nothing holds yet.</summary>
    private static ParticipationStatus Status(string response) => response switch
    {
        Invitation.Accepted => ParticipationStatus.Accepted,
        Invitation.Declined => ParticipationStatus.Declined,
        Invitation.Tentative or Invitation.Waiting => ParticipationStatus.Tentative,
        _ => ParticipationStatus.NeedsAction,
    };
}
