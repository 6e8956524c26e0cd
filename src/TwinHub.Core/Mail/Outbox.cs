using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using NpgsqlTypes;
using TwinHub.Core.Data;
using TwinHub.Core.Live;

namespace TwinHub.Core.Mail;

/// <summary>Puts mails into the outbox in the transaction of their cause: final bytes, made once, and a fixed Message-ID.</summary>
public sealed class Outbox(RenderLetter render, MailOptions options, HubClock clock, TimeProvider time)
{
    /// <summary>Rows a statement: few round trips, and no more finished mails in memory at once.</summary>
    private const int Batch = 200;

    /// <summary>The Message-ID of a mail, with its angle brackets.</summary>
    public string MessageId(Guid email) => $"<{email}@{options.From.Split('@')[1]}>";

    /// <summary>Queues letters inside the database's current transaction. They are taken one by one and need not exist before.</summary>
    /// <returns>The ids of the mails, in the order of the letters.</returns>
    public async Task<IReadOnlyList<Guid>> QueueAll(TwinHubDb db, IEnumerable<Letter> letters, CancellationToken cancel)
    {
        var ids = new List<Guid>();
        foreach (var some in letters.Chunk(Batch))
        {
            var rows = new List<Row>(some.Length);
            foreach (var letter in some)
            {
                rows.Add(await Make(letter));
            }
            await Insert(db, rows, cancel);
            ids.AddRange(rows.Select(row => row.Id));
        }
        if (ids.Count > 0)
        {
            await db.Tell(new(Notice.MailQueued, ""), cancel);
        }
        return ids;
    }

    /// <summary>Queues a letter inside the database's current transaction.</summary>
    /// <returns>The id of the mail.</returns>
    public async Task<Guid> Queue(TwinHubDb db, Letter letter, CancellationToken cancel) => (await QueueAll(db, [letter], cancel))[0];

    private async Task<Row> Make(Letter letter)
    {
        var id = Guid.CreateVersion7();
        var from = letter.From ?? new(options.From, options.FromName);
        return new(id, letter, from.From == options.From ? null : from.From, MimeMessage.Make(from, MessageId(id), clock.GetUtcNow(), letter, await render(letter)));
    }

    private async Task Insert(TwinHubDb db, IReadOnlyList<Row> rows, CancellationToken cancel)
    {
        var transaction = db.Database.CurrentTransaction ?? throw new InvalidOperationException("A mail is queued in the transaction of its cause.");
        await using var command = new NpgsqlCommand("""
            insert into emails (id, message_id, recipient, kind, language, subject, about, reason, envelope_from, content, next_at, created_at)
            select id, message_id, recipient, kind, language, subject, about::jsonb, reason, envelope_from, content, $11, $12
            from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) as n(id, message_id, recipient, kind, language, subject, about, reason, envelope_from, content)
            """, (NpgsqlConnection)db.Database.GetDbConnection(), (NpgsqlTransaction)transaction.GetDbTransaction());
        Column(rows, row => row.Id, NpgsqlDbType.Uuid);
        Column(rows, row => MessageId(row.Id), NpgsqlDbType.Text);
        Column(rows, row => row.Letter.To, NpgsqlDbType.Text);
        Column(rows, row => row.Letter.Kind, NpgsqlDbType.Text);
        Column(rows, row => row.Letter.Language, NpgsqlDbType.Text);
        Column(rows, row => row.Letter.Subject, NpgsqlDbType.Text);
        Column(rows, row => About(row.Letter), NpgsqlDbType.Text);
        Column(rows, row => row.Letter.Reason, NpgsqlDbType.Text);
        Column(rows, row => row.EnvelopeFrom, NpgsqlDbType.Text);
        Column(rows, row => row.Content, NpgsqlDbType.Bytea);
        command.Parameters.AddWithValue(time.GetUtcNow());
        command.Parameters.AddWithValue(clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(cancel);

        void Column<T>(IEnumerable<Row> from, Func<Row, T> value, NpgsqlDbType type) =>
            command.Parameters.Add(new() { Value = from.Select(value).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | type });
    }

    private static string About(Letter letter) => JsonSerializer.Serialize(new Dictionary<string, string>(letter.About) { ["kind"] = letter.Kind });

    private sealed record Row(Guid Id, Letter Letter, string? EnvelopeFrom, byte[] Content);
}
