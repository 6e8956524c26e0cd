using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Mail.Inbound.Mime;

namespace TwinHub.Core.Mail.Inbound;

/// <summary>Opens a mail within its limits and hands it on: a bounce to the one, a calendar message to the other. Nothing is ever sent in reply.</summary>
public sealed class InboundDesk(IDbContextFactory<TwinHubDb> dbs, BounceDesk bounces, ReplyDesk replies)
{
    /// <summary>Characters kept of a Message-ID: RFC 5322 ends lines at 998, and the index at 2,704 octets.</summary>
    private const int MaxMessageId = 500;

    /// <summary>What a mail leads to. Done again for the same mail it changes nothing more.</summary>
    public async Task<InboundVerdict> Judge(ArrivedMail mail, CancellationToken cancel)
    {
        var (read, fault) = MimeReader.Read(mail.Content, new());
        if (read is null)
        {
            return new(Name(fault!.Value));
        }
        var messageId = read.MessageId is { Length: > 0 and <= MaxMessageId } id ? id : null;
        await using var db = await dbs.CreateDbContextAsync(cancel);
        var verdict = await Answered(db, mail, cancel)
            ?? (read.DeliveryReports() is { Count: > 0 } reports
                ? await bounces.Judge(db, reports, RsvpTokens.Of(mail, read), cancel)
                : await replies.Judge(db, new(mail.Id, messageId, read, RsvpTokens.Of(mail, read)), cancel));
        return verdict with { MessageId = messageId };
    }

    /// <summary>A fault's name as an outcome, such as <c>too-many-parts</c>.</summary>
    public static string Name<T>(T fault) where T : struct, Enum =>
        string.Concat(fault.ToString().Select((letter, at) => char.IsUpper(letter) ? (at > 0 ? "-" : "") + char.ToLowerInvariant(letter) : letter.ToString()));

    /// <summary>The answer was recorded and the process died before it wrote that down here.</summary>
    private static async Task<InboundVerdict?> Answered(TwinHubDb db, ArrivedMail mail, CancellationToken cancel) =>
        await db.InvitationLog.Where(l => l.InboundId == mail.Id).OrderBy(l => l.Id).AsNoTracking().FirstOrDefaultAsync(cancel) is { } line
            ? new(line.Outcome, line.Detail, line.WebinarId, line.InvitationId) { IsLogged = true } : null;
}
