using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Live;

namespace TwinHub.Core.Webinars;

/// <summary>
/// Answers by page, link and calendar, under one rule (invitations, Decided). The webinar's row is locked first, so that two
/// answers at the same moment never share the last seat, and every answer leaves a line in the log.
/// </summary>
public sealed class AnswerService(IDbContextFactory<TwinHubDb> dbs, InvitationPost post, HubClock clock) : IDisposable
{
    /// <summary>Answers of this node at once. Those to one webinar wait for its row: hundreds at a moment must not wait with all of the node's connections in their hands.</summary>
    private const int AtOnce = 20;

    private readonly SemaphoreSlim _room = new(AtOnce);

    /// <summary>Records an answer.</summary>
    /// <returns>
    /// <c>not_found</c>: no invitation, or taken off. <c>closed</c>: the webinar is cancelled or over. A calendar reply that is
    /// too old is no refusal: it changes nothing and says so.
    /// </returns>
    public async Task<Outcome<Answered>> Answer(Answer answer, CancellationToken cancel)
    {
        if (!Webinars.Answer.IsResponse(answer.Response))
        {
            return Refusal.Invalid("response");
        }
        await _room.WaitAsync(cancel);
        try
        {
            return await Record(answer, cancel);
        }
        finally
        {
            _room.Release();
        }
    }

    public void Dispose() => _room.Dispose();

    private async Task<Outcome<Answered>> Record(Answer answer, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (await Lock(db, answer.InvitationId, cancel) is not { } found)
        {
            return Refusal.NotFound;
        }
        var held = found.Invitation.HoldsSeat;
        var outcome = await Judge(db, found.Webinar, found.Invitation, answer, cancel);
        db.InvitationLog.Add(new(found.Webinar.Id, found.Invitation.Id, clock.GetUtcNow(), outcome.Refusal?.Wire ?? outcome.Value.Outcome)
        {
            Via = answer.Via, Response = answer.Response, Detail = answer.Comment, InboundId = answer.InboundId,
        });
        if (held && !found.Invitation.HoldsSeat)
        {
            await Seats.Fill(db, post, found.Webinar, clock.GetUtcNow(), cancel);
        }
        await db.SaveAndTell(new(Notice.WebinarChanged, $"{found.Webinar.Id} answers"), cancel);
        await transaction.CommitAsync(cancel);
        return outcome;
    }

    private static async Task<(Webinar Webinar, Invitation Invitation)?> Lock(TwinHubDb db, Guid invitationId, CancellationToken cancel)
    {
        var webinar = await db.Webinars.FromSql($"select w.* from webinars w where w.id = (select webinar_id from invitations where id = {invitationId}) for update").SingleOrDefaultAsync(cancel);
        var invitation = webinar is null ? null : await WebinarAccess.Living(db).SingleOrDefaultAsync(i => i.Id == invitationId, cancel);
        return invitation is null ? null : (webinar!, invitation);
    }

    private async Task<Outcome<Answered>> Judge(TwinHubDb db, Webinar webinar, Invitation invitation, Answer answer, CancellationToken cancel)
    {
        if (webinar.State == Webinar.Draft)
        {
            return new Refusal(RefusalCode.Closed, "error.webinar.draft");
        }
        if (webinar.Closed(clock.GetUtcNow()) is { } closed)
        {
            return closed;
        }
        if (answer.Reply is { } reply)
        {
            if (Age(invitation, reply, answer.Response) is { } tooOld)
            {
                return new Answered(invitation.Response, tooOld);
            }
            invitation.TookReply(reply.Sequence, reply.Stamp, answer.Response);
        }
        return await Take(db, webinar, invitation, answer, cancel);
    }

    /// <summary>Rule 29: an answer to an older message, or written before the one that counts, changes nothing.</summary>
    private static string? Age(Invitation invitation, ReplyMark reply, string response) =>
        reply.Sequence < invitation.Sequence ? "stale"
        : invitation.ReplyStamp is not { } stamp || reply.Sequence != invitation.ReplySequence || reply.Stamp > stamp ? null
        : reply.Stamp == stamp ? response == invitation.ReplyResponse ? "duplicate" : null
        : "stale";

    private async Task<Outcome<Answered>> Take(TwinHubDb db, Webinar webinar, Invitation invitation, Answer answer, CancellationToken cancel)
    {
        var (held, waited) = (invitation.HoldsSeat, invitation.Response == Invitation.Waiting);
        var wanted = answer.Response == Invitation.Accepted && !held && !await HasSeat(db, webinar, cancel) ? Invitation.Waiting : answer.Response;
        invitation.Take(wanted, answer.Via, clock.GetUtcNow());
        if (wanted == Invitation.Waiting && !waited)
        {
            await post.Send(db, webinar, [invitation], (letters, mail) => letters.Waiting(mail), cancel);
        }
        return new Answered(wanted, wanted == Invitation.Waiting ? "waiting" : "recorded");
    }

    private static async Task<bool> HasSeat(TwinHubDb db, Webinar webinar, CancellationToken cancel) =>
        webinar.Capacity is null || await WebinarAccess.Living(db).CountAsync(i => i.WebinarId == webinar.Id && i.HoldsSeat, cancel) < webinar.Capacity;
}
