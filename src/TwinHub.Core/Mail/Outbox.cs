using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using TwinHub.Core.Data;
using TwinHub.Core.Live;

namespace TwinHub.Core.Mail;

/// <summary>Puts mails into the outbox in the transaction of their cause: final bytes, made once, and a fixed Message-ID.</summary>
public sealed class Outbox(RenderLetter render, MailOptions options, HubClock clock, TimeProvider time)
{
    /// <summary>The Message-ID of a mail, with its angle brackets.</summary>
    public string MessageId(Guid email) => $"<{email}@{options.From.Split('@')[1]}>";

    /// <summary>Queues letters inside the database's current transaction.</summary>
    /// <returns>The ids of the mails, in the order of the letters.</returns>
    public async Task<IReadOnlyList<Guid>> QueueAll(TwinHubDb db, IReadOnlyList<Letter> letters, CancellationToken cancel)
    {
        var ids = new List<Guid>(letters.Count);
        foreach (var letter in letters)
        {
            ids.Add(await Queue(db, letter, cancel));
        }
        return ids;
    }

    /// <summary>Queues a letter inside the database's current transaction.</summary>
    /// <returns>The id of the mail.</returns>
    public async Task<Guid> Queue(TwinHubDb db, Letter letter, CancellationToken cancel)
    {
        var id = Guid.CreateVersion7();
        var messageId = MessageId(id);
        var content = MimeMessage.Make(new(options.From, options.FromName), messageId, clock.GetUtcNow(), letter, await render(letter));
        var about = JsonSerializer.Serialize(new Dictionary<string, string>(letter.About) { ["kind"] = letter.Kind });
        await db.Database.ExecuteSqlAsync($"""
            insert into emails (id, message_id, recipient, kind, language, subject, about, reason, content, next_at, created_at)
            values ({id}, {messageId}, {letter.To}, {letter.Kind}, {letter.Language}, {letter.Subject}, {about}::jsonb, {letter.Reason}, {content}, {time.GetUtcNow()}, {clock.GetUtcNow()})
            """, cancel);
        await db.Tell(new(Notice.MailQueued, ""), cancel);
        return id;
    }
}
