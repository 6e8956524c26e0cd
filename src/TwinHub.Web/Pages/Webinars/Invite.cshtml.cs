using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using TwinHub.Core.Calendar;
using TwinHub.Core.Mail;
using TwinHub.Core.People;
using TwinHub.Core.Webinars;

namespace TwinHub.Web.Pages.Webinars;

/// <summary>One webinar as a file for a calendar (METHOD:PUBLISH, RFC 5546, 3.2.1). The same UID as in the mails, so that a calendar keeps one event.</summary>
public sealed class InviteModel(Reader reader, WebinarReader webinars, ICalendarWriter calendar, RsvpAddresses addresses, MailOptions mail, SignInOptions options) : PageModel
{
    public async Task<IActionResult> OnGet(Guid id, CancellationToken cancel)
    {
        var found = await webinars.Find(reader.Id, id, cancel);
        if (found.Refusal is not null || found.Value.Webinar.State == Webinar.Draft)
        {
            return NotFound();
        }
        return File(calendar.Feed(found.Value.Title, [Event(found.Value)]), "text/calendar; charset=utf-8", "webinar.ics");
    }

    private CalendarEvent Event(WebinarView view) => new()
    {
        Uid = view.Webinar.Uid,
        Sequence = view.Webinar.Sequence,
        Stamp = reader.Now,
        Start = view.Webinar.StartsAt,
        End = view.Webinar.EndsAt,
        Summary = view.Title,
        Description = view.Webinar.Context,
        Location = (view.Mine?.Response == Invitation.Accepted ? view.Webinar.JoinUrl : null) ?? view.Webinar.Location,
        Url = new Uri($"{options.BaseUrl}/webinars/{view.Webinar.Id}"),
        Organizer = new(Address(view.Mine), view.Organiser.Name),
        Cancelled = view.Webinar.State == Webinar.Cancelled,
    };

    /// <summary>ORGANIZER as in the person's mails: it never changes for a living UID (invitations, Decided).</summary>
    private string Address(Invitation? mine) => mine?.RsvpToken is { } token && mail.ReplyDomain.Length > 0 ? addresses.Address(token) : mail.From;
}
