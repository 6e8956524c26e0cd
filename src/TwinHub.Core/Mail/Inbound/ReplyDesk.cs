using System.Text;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Calendar;
using TwinHub.Core.Data;
using TwinHub.Core.Mail.Inbound.Mime;
using TwinHub.Core.Webinars;

namespace TwinHub.Core.Mail.Inbound;

/// <summary>
/// Answers that calendars send (RFC 6047; invitations, rules 26 to 35). What comes from the invitee goes the way of every
/// answer; everything else changes nothing and leaves a line for the organiser.
/// </summary>
public sealed class ReplyDesk(ICalendarReader reader, AnswerService answers, MailOptions options)
{
    /// <summary>Characters kept of what somebody wrote beside an answer.</summary>
    private const int MaxComment = 500;

    /// <summary>Objects looked at; clients attach the same one once more.</summary>
    private const int MaxObjects = 10;

    /// <summary>What an object led to, the most telling last; what is not named here is a fault of the object.</summary>
    private static readonly string[] Telling =
    [
        InboundOutcomes.UnknownWebinar, InboundOutcomes.NotCounted, InboundOutcomes.Counter, InboundOutcomes.Delegated, InboundOutcomes.Foreign,
        InboundOutcomes.Unproven, InboundOutcomes.Spoofed, InboundOutcomes.Duplicate,
    ];

    /// <summary>What a mail's calendar objects lead to; at most one of them is an answer.</summary>
    internal async Task<InboundVerdict> Judge(TwinHubDb db, ReplyMail mail, CancellationToken cancel)
    {
        var verdict = new InboundVerdict(InboundOutcomes.NoCalendar);
        var telling = -2;
        foreach (var part in mail.Read.CalendarParts().Take(MaxObjects))
        {
            var (found, answer) = await Judge(db, mail, part, cancel);
            if (answer is not null)
            {
                return await Take(found, answer, cancel);
            }
            if (Array.IndexOf(Telling, found.Outcome) is var rank && rank > telling)
            {
                (verdict, telling) = (found, rank);
            }
        }
        return verdict;
    }

    /// <summary>Records the answer; <see cref="AnswerService"/> judges its age and writes the organiser's line.</summary>
    private async Task<InboundVerdict> Take(InboundVerdict verdict, Answer answer, CancellationToken cancel)
    {
        var taken = await answers.Answer(answer, cancel);
        return taken.Refusal switch
        {
            null => verdict with { Outcome = taken.Value.Outcome, IsLogged = true },
            { Code: RefusalCode.Closed } closed => verdict with { Outcome = closed.Wire, IsLogged = true },
            // Taken off, or the account closed, at this very moment.
            _ => verdict with { Outcome = InboundOutcomes.Foreign },
        };
    }

    private async Task<(InboundVerdict Verdict, Answer? Answer)> Judge(TwinHubDb db, ReplyMail mail, MimePart part, CancellationToken cancel)
    {
        var reading = reader.Read(Content(part));
        if (reading.Message is not { } message)
        {
            return (new(InboundDesk.Name(reading.Fault!.Value)), null);
        }
        if (await db.Webinars.AsNoTracking().SingleOrDefaultAsync(w => w.Uid == message.Uid, cancel) is not { } webinar)
        {
            return (new(InboundOutcomes.UnknownWebinar, CalendarText.Kept(message.Uid, MaxComment)), null);
        }
        var speaker = await new ReplySpeaker(db, options).Find(webinar, message, mail, cancel);
        if (speaker.Invitation is not { } invitation)
        {
            return (new(speaker.Fault!, speaker.Detail, webinar.Id, speaker.About) { Via = "calendar" }, null);
        }
        var comment = CalendarText.Kept(message.Comment, MaxComment);
        var verdict = new InboundVerdict(InboundOutcomes.Duplicate, comment, webinar.Id, invitation.Id) { Via = "calendar" };
        if (NoAnswer(message.Method ?? CalendarNames.Method(part.Parameter("method")), speaker.Answer) is { } other)
        {
            return (verdict with { Outcome = other }, null);
        }
        if (await IsRepeated(db, mail, invitation, part, cancel))
        {
            return (verdict, null);
        }
        var response = speaker.Answer!.Status.ToString().ToLowerInvariant();
        return (verdict with { Response = response }, new(invitation.Id, response, "calendar", new(message.Sequence, message.Stamp), comment, mail.Id));
    }

    /// <summary>What a proven invitee's message is if it is no answer: only three kinds are (rules 28, 33, 34). Null: it is one.</summary>
    private static string? NoAnswer(CalendarMethod? method, CalendarAnswer? answer) => (method, answer?.Status) switch
    {
        (CalendarMethod.Reply, ParticipationStatus.Accepted or ParticipationStatus.Tentative or ParticipationStatus.Declined) => null,
        (CalendarMethod.Reply, ParticipationStatus.Delegated) => InboundOutcomes.Delegated,
        (CalendarMethod.Counter, _) => InboundOutcomes.Counter,
        _ => InboundOutcomes.NotCounted,
    };

    /// <summary>
    /// A mail that came on two ways differs in its Received lines alone. Only one that spoke for this very invitation counts
    /// as the first: nobody can hold back an answer by sending its Message-ID before. Where the first one's bytes have gone with
    /// the weeks, the Message-ID alone tells.
    /// </summary>
    private async Task<bool> IsRepeated(TwinHubDb db, ReplyMail mail, Invitation invitation, MimePart part, CancellationToken cancel)
    {
        if (mail.MessageId is null)
        {
            return false;
        }
        var earlier = await db.InboundMails.Where(m => m.MessageId == mail.MessageId && m.Id != mail.Id && m.State == "done"
                && db.InvitationLog.Any(l => l.InboundId == m.Id && l.InvitationId == invitation.Id && l.Via == "calendar" && l.Response != null))
            .OrderBy(m => m.ReceivedAt).ThenBy(m => m.Id).Select(m => m.Content).FirstOrDefaultAsync(cancel);
        var content = Content(part);
        return earlier is { Length: 0 } || earlier is not null && MimeReader.Read(earlier, new()).Mail?.CalendarParts().Take(MaxObjects).Any(other => Content(other).AsSpan().SequenceEqual(content)) == true;
    }

    /// <summary>The object's bytes. UTF-8 stays as it is; another character set is undone here, where the mail tells it.</summary>
    private static byte[] Content(MimePart part)
    {
        var content = part.Content();
        return content.Length > CalendarLimits.Bytes || part.Parameter("charset")?.ToLowerInvariant() is null or "utf-8" or "us-ascii"
            ? content : Encoding.UTF8.GetBytes(part.Text() ?? "");
    }
}

/// <summary>A mail that may hold an answer.</summary>
/// <param name="Tokens">Of the rsvp addresses it was sent to.</param>
internal sealed record ReplyMail(Guid Id, string? MessageId, ReceivedMail Read, IReadOnlyList<string> Tokens);
