using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Calendar;
using TwinHub.Core.Data;
using TwinHub.Core.Webinars;

namespace TwinHub.Core.Mail.Inbound;

/// <summary>
/// Whose message it is (invitations, rules 26, 32, 34 and Decided). The address it was sent to proves it, if it names that
/// address's person; without one, only the own mail server's word that the domain in From vouches for it.
/// </summary>
internal sealed class ReplySpeaker(TwinHubDb db, MailOptions options)
{
    public async Task<Speaker> Find(Webinar webinar, CalendarMessage message, ReplyMail mail, CancellationToken cancel)
    {
        var invitees = await Invitees(webinar, message, mail, cancel);
        var holders = invitees.Where(one => one.HasToken).ToList();
        return holders.Count > 0 ? ByToken(holders, invitees, message)
            : await Stranger(webinar, mail, cancel) is { } stranger
                ? new(null, null, invitees.Count > 0 ? InboundOutcomes.Spoofed : InboundOutcomes.Foreign, invitees.Select(one => (Guid?)one.Invitation.Id).FirstOrDefault(), stranger)
            : ByFrom(invitees, message, mail);
    }

    private static Speaker ByToken(List<Invitee> holders, IReadOnlyList<Invitee> invitees, CalendarMessage message)
    {
        foreach (var holder in holders)
        {
            if (Named(message, holder.Email) is { } answer)
            {
                return new(holder.Invitation, answer);
            }
        }
        if (message.Method is not (null or CalendarMethod.Reply))
        {
            // No answer to judge: it is shown as the holder's word and changes nothing.
            return new(holders[0].Invitation, null);
        }
        var other = invitees.FirstOrDefault(one => Named(message, one.Email) is not null);
        return other is not null ? new(null, null, InboundOutcomes.Spoofed, other.Invitation.Id, holders[0].Email)
            : message.Attendees.Count == 0 ? new(holders[0].Invitation, null)
            : new(null, null, InboundOutcomes.Foreign, holders[0].Invitation.Id, message.Attendees[0].Address);
    }

    private Speaker ByFrom(IReadOnlyList<Invitee> invitees, CalendarMessage message, ReplyMail mail)
    {
        var first = mail.Read.From is [var writer, ..] ? writer.Address.ToLowerInvariant() : null;
        var from = mail.Read.From.Count == 1 ? first : null;
        var named = invitees.FirstOrDefault(one => one.Email == from && Named(message, one.Email) is not null)
            ?? invitees.FirstOrDefault(one => Named(message, one.Email) is not null);
        var shown = CalendarText.Kept(first, CalendarLimits.Name);
        return named is null ? new(null, null, InboundOutcomes.Foreign, null, message.Attendees.Select(one => one.Address).FirstOrDefault() ?? shown)
            : named.Email == from && mail.Read.AuthenticationResults(options.AuthservId)?.IsDmarcPass == true
                ? new(named.Invitation, Named(message, named.Email))
                : new(null, null, InboundOutcomes.Unproven, named.Invitation.Id, shown);
    }

    /// <summary>Those of the webinar whose address the message was sent to or names.</summary>
    private async Task<IReadOnlyList<Invitee>> Invitees(Webinar webinar, CalendarMessage message, ReplyMail mail, CancellationToken cancel)
    {
        var (named, living) = (message.Attendees.Select(one => one.Address).ToList(), Living(webinar, mail));
        var found = await (from i in WebinarAccess.Living(db)
                           join p in db.People on i.PersonId equals p.Id
                           where i.WebinarId == webinar.Id
                           let hasToken = living.Any(a => a.PersonId == p.Id && (a.ReplacedAt == null || a.Token == i.RsvpToken))
                           where hasToken || named.Contains(p.Email)
                           orderby i.Id
                           select new { Invitation = i, p.Email, HasToken = hasToken }).AsNoTracking().ToListAsync(cancel);
        return [.. found.Select(one => new Invitee(one.Invitation, one.Email, one.HasToken))];
    }

    /// <summary>The address of somebody whose rsvp address is good but who is not invited here, or no more; null: nobody.</summary>
    private Task<string?> Stranger(Webinar webinar, ReplyMail mail, CancellationToken cancel) =>
        Living(webinar, mail).Where(a => !db.Invitations.Any(i => i.WebinarId == webinar.Id && i.PersonId == a.PersonId && i.RemovedAt == null))
            .Join(db.People, a => a.PersonId, p => p.Id, (a, p) => p.Email).FirstOrDefaultAsync(cancel);

    private IQueryable<RsvpAddress> Living(Webinar webinar, ReplyMail mail) =>
        db.RsvpAddresses.Where(a => mail.Tokens.Contains(a.Token) && a.NetworkId == webinar.NetworkId && a.RevokedAt == null);

    private static CalendarAnswer? Named(CalendarMessage message, string email) => message.Attendees.FirstOrDefault(one => one.Address == email);

    private sealed record Invitee(Invitation Invitation, string Email, bool HasToken);
}

/// <summary>Who speaks, and which of the attendees that is; or why nobody does.</summary>
/// <param name="Answer">What the message says of the invitee; null: it names only others.</param>
/// <param name="About">Whose invitation was meant.</param>
internal sealed record Speaker(Invitation? Invitation, CalendarAnswer? Answer, string? Fault = null, Guid? About = null, string? Detail = null);
