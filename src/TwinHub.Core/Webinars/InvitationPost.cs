using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Mail;
using TwinHub.Core.People;
using TwinHub.Core.Webinars.Dates;

namespace TwinHub.Core.Webinars;

/// <summary>Puts mails about a webinar into the outbox, one a person, in the transaction of their cause.</summary>
public sealed class InvitationPost(Outbox outbox, WebinarLetters letters, SignInOptions options, TimeProvider time)
{
    /// <summary>Where a link leads, and what it is good for.</summary>
    private static readonly (string Purpose, string Path) Answers = (Secret.Answer, "invitations"), Dates = (Secret.Date, "dates");

    /// <summary>Writes a mail without a calendar part to each.</summary>
    public Task<IReadOnlyList<Guid>> Send(TwinHubDb db, Webinar webinar, IReadOnlyList<Invitation> invitations, Func<WebinarLetters, WebinarMail, Letter> letter, CancellationToken cancel) =>
        Queue(db, webinar, invitations, letter, Answers, cancel);

    /// <summary>Asks each which of a draft's dates suit: the link in the mail is for those dates and answers no invitation.</summary>
    public Task<IReadOnlyList<Guid>> SendDates(TwinHubDb db, Webinar webinar, IReadOnlyList<Invitation> invitations, IReadOnlyList<ProposedDate> dates, CancellationToken cancel) =>
        Queue(db, webinar, invitations, (letters, mail) => letters.Dates(mail, dates), Dates, cancel);

    /// <summary>Writes a calendar message to each and notes it as the newest; it carries the webinar's present sequence.</summary>
    public async Task SendCalendar(TwinHubDb db, Webinar webinar, IReadOnlyList<Invitation> invitations, Func<WebinarLetters, WebinarMail, Letter> letter, CancellationToken cancel)
    {
        var mails = await Queue(db, webinar, invitations, letter, Answers, cancel);
        for (var i = 0; i < invitations.Count; i++)
        {
            invitations[i].Wrote(webinar.Sequence, mails[i]);
        }
    }

    private async Task<IReadOnlyList<Guid>> Queue(
        TwinHubDb db, Webinar webinar, IReadOnlyList<Invitation> invitations, Func<WebinarLetters, WebinarMail, Letter> letter, (string Purpose, string Path) link, CancellationToken cancel)
    {
        if (invitations.Count == 0)
        {
            return [];
        }
        var people = invitations.Select(i => i.PersonId).Append(webinar.OrganiserId).ToList();
        var known = await db.People.Where(p => people.Contains(p.Id)).AsNoTracking().ToDictionaryAsync(p => p.Id, cancel);
        var network = await db.Networks.AsNoTracking().SingleAsync(n => n.Id == webinar.NetworkId, cancel);
        // Written one by one as the outbox takes them: thousands of finished letters need not be in memory at once.
        var written = invitations.Select(invitation => letter(letters, new(
            webinar, network, known[webinar.OrganiserId], known[invitation.PersonId], invitation, webinar.Sequence, Link(db, invitation, link),
            invitation.FirstEmailId is { } first ? outbox.MessageId(first) : null)));
        return await outbox.QueueAll(db, written, cancel);
    }

    /// <summary>A new link for every mail: only hashes are kept, and all of them go on working until the webinar is over.</summary>
    private string Link(TwinHubDb db, Invitation invitation, (string Purpose, string Path) link) =>
        $"{options.BaseUrl}/{link.Path}/{LinkedInvitation.NewToken(db, invitation.Id, link.Purpose, time.GetUtcNow())}";
}
