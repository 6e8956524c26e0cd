using System.Security.Cryptography;
using Npgsql;
using TwinHub.Core.Calendar;
using TwinHub.Core.Live;

namespace TwinHub.Core.Mail.Inbound;

/// <summary>Keeps what a mail server hands over, before anything is made of it: once it is here, the server may forget it.</summary>
public sealed class InboundStore(NpgsqlDataSource source, TimeProvider time, HubClock clock)
{
    /// <summary>Characters kept of an envelope's addresses.</summary>
    private const int MaxEnvelope = 2_000;

    /// <summary>Stores a mail and wakes the working off. The same bytes again change nothing.</summary>
    public async Task Store(ReadOnlyMemory<byte> content, string? envelopeFrom, string? envelopeTo, CancellationToken cancel)
    {
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new NpgsqlBatchCommand("""
            insert into inbound_mails (id, digest, content, envelope_from, envelope_to, received_at, next_at)
            values ($1, $2, $3, $4, $5, $6, $7) on conflict (digest) do nothing
            """)
        {
            Parameters =
            {
                new() { Value = Guid.CreateVersion7() }, new() { Value = SHA256.HashData(content.Span) }, new() { Value = content },
                new() { Value = CalendarText.Kept(envelopeFrom, MaxEnvelope) ?? "" }, new() { Value = CalendarText.Kept(envelopeTo, MaxEnvelope) ?? "" },
                new() { Value = clock.GetUtcNow() }, new() { Value = time.GetUtcNow() },
            },
        });
        batch.BatchCommands.Add(LiveNotifier.Command(new(Notice.MailArrived, "")));
        await batch.ExecuteNonQueryAsync(cancel);
    }
}
