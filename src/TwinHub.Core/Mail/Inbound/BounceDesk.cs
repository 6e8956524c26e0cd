using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Calendar;
using TwinHub.Core.Data;
using TwinHub.Core.Mail.Inbound.Mime;
using TwinHub.Core.Webinars;

namespace TwinHub.Core.Mail.Inbound;

/// <summary>Reports of mail servers about mails of the hub (RFC 3464): what came back for good is marked, what is late is not (invitations, rule 36).</summary>
public sealed class BounceDesk
{
    private const int MaxDetail = 500;

    public async Task<InboundVerdict> Judge(TwinHubDb db, IReadOnlyList<DeliveryReport> reports, IReadOnlyList<string> tokens, CancellationToken cancel)
    {
        var email = await Find(db, reports, tokens, cancel);
        var told = email is null ? reports : About(reports, email.Recipient);
        var final = told.FirstOrDefault(report => report.IsFinal);
        var report = final ?? told.FirstOrDefault(IsDelay) ?? told[0];
        var detail = CalendarText.Kept($"{report.Status} {report.Diagnostic}", MaxDetail);
        if (email is null)
        {
            return new(InboundOutcomes.UnknownMail, detail);
        }
        var outcome = final is not null ? InboundOutcomes.Bounced : IsDelay(report) ? InboundOutcomes.Delayed : InboundOutcomes.NotCounted;
        var invitation = await Invitation(db, email.Id, cancel);
        return new(outcome, detail, invitation?.WebinarId, invitation?.Id)
        {
            Email = final is null ? null : email.Id,
            // What is not late and not lost is nothing to tell the organiser.
            IsLogged = outcome == InboundOutcomes.NotCounted,
        };
    }

    /// <summary>By the mail that came back; where a server has cut it off or renamed it, the newest one from the address the report was sent to.</summary>
    private static async Task<Email?> Find(TwinHubDb db, IReadOnlyList<DeliveryReport> reports, IReadOnlyList<string> tokens, CancellationToken cancel)
    {
        var returned = reports.Select(report => report.MessageId).OfType<string>().FirstOrDefault();
        return await db.Emails.AsNoTracking().SingleOrDefaultAsync(e => e.MessageId == returned, cancel) ?? await db.Emails.Where(e => db.Invitations.Any(i => i.EmailId == e.Id && tokens.Contains(i.RsvpToken!)))
            .OrderByDescending(e => e.CreatedAt).ThenByDescending(e => e.Id).AsNoTracking().FirstOrDefaultAsync(cancel);
    }

    /// <summary>The invitation a mail of the hub is about; null: it is about something else.</summary>
    private static Task<Invitation?> Invitation(TwinHubDb db, Guid email, CancellationToken cancel) => db.Invitations.FromSql($"""
        select i.* from emails e join people p on p.email = e.recipient join invitations i on i.person_id = p.id
        where e.id = {email} and (e.id in (i.email_id, i.first_email_id) or e.about ->> 'webinarId' = i.webinar_id::text)
        """).OrderBy(i => i.Id).AsNoTracking().FirstOrDefaultAsync(cancel);

    /// <summary>A mail that was forwarded is reported under other names: then every report is about it.</summary>
    private static IReadOnlyList<DeliveryReport> About(IReadOnlyList<DeliveryReport> reports, string recipient)
    {
        var own = reports.Where(report => Same(report.Recipient, recipient) || Same(report.Original, recipient)).ToList();
        return own.Count > 0 ? own : reports;
    }

    private static bool Same(string? address, string recipient) => recipient.Equals(address, StringComparison.OrdinalIgnoreCase);

    private static bool IsDelay(DeliveryReport report) => report.Action == "delayed" || report.Status.StartsWith("4.", StringComparison.Ordinal);
}
