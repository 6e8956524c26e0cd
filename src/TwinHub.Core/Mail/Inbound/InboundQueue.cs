using Microsoft.EntityFrameworkCore;
using Npgsql;
using TwinHub.Core.Data;
using TwinHub.Core.Live;

namespace TwinHub.Core.Mail.Inbound;

/// <summary>The mails that came in as the working off sees them: claim the next one, then write down the one outcome it has.</summary>
public sealed class InboundQueue(NpgsqlDataSource source, IDbContextFactory<TwinHubDb> dbs, TimeProvider time, HubClock clock)
{
    /// <summary>How long a claimed mail stays with a node that has died: each takes seconds at most (invitations, rule 37).</summary>
    private static readonly TimeSpan Lease = TimeSpan.FromMinutes(1);

    /// <summary>The next due mail, now this node's until the lease ends; null: none is due. An attempt counts from here on, also one that ends with the process.</summary>
    public async Task<ArrivedMail?> Claim(CancellationToken cancel)
    {
        var now = time.GetUtcNow();
        await using var command = source.CreateCommand("""
            update inbound_mails set attempts = attempts + 1, next_at = $2
            where id = (select id from inbound_mails where state = 'waiting' and next_at <= $1 order by next_at, id limit 1 for update skip locked)
            returning id, content, envelope_from, envelope_to, attempts
            """);
        command.Parameters.AddWithValue(now);
        command.Parameters.AddWithValue(now + Lease);
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await row.ReadAsync(cancel)
            ? new(row.GetGuid(0), row.GetFieldValue<byte[]>(1), row.GetString(2), row.GetString(3), row.GetInt32(4)) : null;
    }

    /// <summary>Writes down the outcome, and the line for the organiser in the same transaction, unless another node has claimed the mail since.</summary>
    public async Task Settle(ArrivedMail mail, InboundVerdict verdict, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        await using var transaction = await db.Database.BeginTransactionAsync(cancel);
        if (!await Close(db, mail, verdict, cancel))
        {
            return;
        }
        if (verdict.Email is { } email)
        {
            await Bounce(db, email, verdict.Detail, cancel);
        }
        if (verdict is { WebinarId: { } webinar, IsLogged: false })
        {
            db.InvitationLog.Add(new(webinar, verdict.InvitationId, clock.GetUtcNow(), verdict.Outcome)
            {
                Via = verdict.Via, Response = verdict.Response, Detail = verdict.Detail, InboundId = mail.Id,
            });
            await db.SaveAndTell(new(Notice.WebinarChanged, $"{webinar} log"), cancel);
        }
        await transaction.CommitAsync(cancel);
    }

    /// <summary>Puts a mail that went wrong back until later, or gives it up: it stays stored either way.</summary>
    /// <param name="pause">Null: it is given up.</param>
    public async Task Fault(ArrivedMail mail, string detail, TimeSpan? pause, CancellationToken cancel)
    {
        await using var db = await dbs.CreateDbContextAsync(cancel);
        if (pause is null)
        {
            await Close(db, mail, new(InboundOutcomes.Fault, detail) { State = "failed" }, cancel);
            return;
        }
        var next = time.GetUtcNow() + pause.Value;
        await Mine(db, mail).ExecuteUpdateAsync(set => set.SetProperty(m => m.NextAt, next), cancel);
    }

    private async Task<bool> Close(TwinHubDb db, ArrivedMail mail, InboundVerdict verdict, CancellationToken cancel)
    {
        DateTimeOffset? now = clock.GetUtcNow();
        return await Mine(db, mail).ExecuteUpdateAsync(set => set.SetProperty(m => m.State, verdict.State).SetProperty(m => m.Outcome, verdict.Outcome).SetProperty(m => m.Detail, verdict.Detail)
            .SetProperty(m => m.WebinarId, verdict.WebinarId).SetProperty(m => m.MessageId, verdict.MessageId).SetProperty(m => m.SettledAt, now), cancel) == 1;
    }

    private static IQueryable<InboundMail> Mine(TwinHubDb db, ArrivedMail mail) =>
        db.InboundMails.Where(m => m.Id == mail.Id && m.State == "waiting" && m.Attempts == mail.Attempts);

    /// <summary>A mail under way again after a crash is not sent once more: it came back already.</summary>
    private static Task<int> Bounce(TwinHubDb db, Guid email, string? detail, CancellationToken cancel) => db.Database.ExecuteSqlAsync($"""
        update emails set state = 'bounced', last_error = {detail}, lease_until = null where id = {email} and state in ('queued', 'sending', 'sent')
        """, cancel);
}

/// <summary>A mail that was claimed.</summary>
/// <param name="Attempts">The present one included.</param>
public sealed record ArrivedMail(Guid Id, byte[] Content, string EnvelopeFrom, string EnvelopeTo, int Attempts);

/// <summary>The one outcome of a mail.</summary>
/// <param name="Detail">The writer's own words, or whose address it was.</param>
public sealed record InboundVerdict(string Outcome, string? Detail = null, Guid? WebinarId = null, Guid? InvitationId = null)
{
    public string State { get; init; } = "done";
    public string? MessageId { get; init; }

    /// <summary>What was answered.</summary>
    public string? Response { get; init; }

    /// <summary><c>calendar</c>; null: not an invitee's doing.</summary>
    public string? Via { get; init; }

    /// <summary>The hub's mail that came back.</summary>
    public Guid? Email { get; init; }

    /// <summary>The organiser's line is written already, with the answer itself.</summary>
    public bool IsLogged { get; init; }
}
